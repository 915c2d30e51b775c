// RFC 6962 section 2.1, written over complete subtrees.
#include "domain/log/merkle.hpp"

#include <bit>
#include <cstring>

namespace nines::log {
namespace {

/// The largest power of two below n; n > 1.
std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }

/// The hash over leaves [begin, begin + count); begin is a multiple of every complete part.
Hash256 range_hash(std::uint64_t begin, std::uint64_t count, const MerkleNodes& nodes) {
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return nodes(level, begin >> level);
  }
  const auto left = split_of(count);
  return merkle_node(range_hash(begin, left, nodes), range_hash(begin + left, count - left, nodes));
}

void path(std::uint64_t index, std::uint64_t begin, std::uint64_t count, const MerkleNodes& nodes,
          std::vector<Hash256>& out) {
  if (count == 1) return;
  const auto left = split_of(count);
  if (index < left) {
    path(index, begin, left, nodes, out);
    out.push_back(range_hash(begin + left, count - left, nodes));
  } else {
    path(index - left, begin + left, count - left, nodes, out);
    out.push_back(range_hash(begin, left, nodes));
  }
}

void subproof(std::uint64_t old_count, std::uint64_t begin, std::uint64_t count, bool whole,
              const MerkleNodes& nodes, std::vector<Hash256>& out) {
  if (old_count == count) {
    if (!whole) out.push_back(range_hash(begin, count, nodes));
    return;
  }
  const auto left = split_of(count);
  if (old_count <= left) {
    subproof(old_count, begin, left, whole, nodes, out);
    out.push_back(range_hash(begin + left, count - left, nodes));
  } else {
    subproof(old_count - left, begin + left, count - left, false, nodes, out);
    out.push_back(range_hash(begin, left, nodes));
  }
}

}  // namespace

Hash256 merkle_leaf(std::string_view data) {
  return Sha256().add(std::string_view("\0", 1)).add(data).finish();
}

Hash256 merkle_node(const Hash256& left, const Hash256& right) {
  return Sha256().add(std::string_view("\1", 1)).add(left).add(right).finish();
}

Hash256 merkle_root(std::uint64_t size, const MerkleNodes& nodes) {
  return size == 0 ? sha256("") : range_hash(0, size, nodes);
}

std::vector<Hash256> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                     const MerkleNodes& nodes) {
  std::vector<Hash256> proof;
  path(index, 0, size, nodes, proof);
  return proof;
}

// RFC 9162 2.1.3.2.
bool proves_inclusion(const Hash256& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash256>& proof, const Hash256& root) {
  if (index >= size) return false;
  auto node = index;
  auto last = size - 1;
  auto hash = leaf;
  for (const auto& step : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = merkle_node(step, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = merkle_node(hash, step);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

std::vector<Hash256> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                       const MerkleNodes& nodes) {
  std::vector<Hash256> proof;
  subproof(old_size, 0, size, true, nodes, proof);
  return proof;
}

// RFC 9162 2.1.4.2.
bool proves_consistency(std::uint64_t old_size, const Hash256& old_root, std::uint64_t size,
                        const Hash256& root, const std::vector<Hash256>& proof) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  auto steps = proof;
  if (std::has_single_bit(old_size)) steps.insert(steps.begin(), old_root);
  if (steps.empty()) return false;
  auto node = old_size - 1;
  auto last = size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  auto old_hash = steps.front();
  auto hash = steps.front();
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_hash = merkle_node(steps[i], old_hash);
      hash = merkle_node(steps[i], hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = merkle_node(hash, steps[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

void MerkleFrontier::append(const Hash256& leaf, const OnNode& on_node) {
  auto hash = leaf;
  auto number = size_;
  int level = 0;
  if (on_node) on_node(level, number, hash);
  for (; (number & 1) != 0; ++level) {
    hash = merkle_node(edge_.back(), hash);
    edge_.pop_back();
    number >>= 1;
    if (on_node) on_node(level + 1, number, hash);
  }
  edge_.push_back(hash);
  ++size_;
}

Hash256 MerkleFrontier::root() const {
  if (edge_.empty()) return sha256("");
  auto hash = edge_.back();
  for (auto i = edge_.size() - 1; i-- > 0;) hash = merkle_node(edge_[i], hash);
  return hash;
}

std::string MerkleFrontier::to_bytes() const {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(size_ >> shift & 0xFF);
  for (const auto& hash : edge_) bytes += as_text(hash);
  return bytes;
}

std::optional<MerkleFrontier> MerkleFrontier::from_bytes(std::string_view bytes) {
  MerkleFrontier frontier;
  if (bytes.size() < 8) return std::nullopt;
  for (int i = 0; i < 8; ++i)
    frontier.size_ =
        frontier.size_ << 8 | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
  bytes.remove_prefix(8);
  if (bytes.size() != 32 * static_cast<std::size_t>(std::popcount(frontier.size_)))
    return std::nullopt;
  for (; !bytes.empty(); bytes.remove_prefix(32)) {
    Hash256 hash;
    std::memcpy(hash.data(), bytes.data(), hash.size());
    frontier.edge_.push_back(hash);
  }
  return frontier;
}

}  // namespace nines::log
