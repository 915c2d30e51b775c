// The Merkle tree over the log (RFC 6962): roots, and proofs that a stranger can check.
//
// A leaf is the hash of an event's header, in the order of arrival. The functions need the tree
// only through `Nodes`, so a store can keep some of its nodes and compute the rest.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace nines::log {

Hash256 merkle_leaf(std::string_view data);                      ///< SHA-256(0x00 || data)
Hash256 merkle_node(const Hash256& left, const Hash256& right);  ///< SHA-256(0x01 || left || right)

/// The node over the 2^level leaves that begin at leaf number x 2^level; level 0 is a leaf's hash.
using MerkleNodes = std::function<Hash256(int level, std::uint64_t number)>;

/// The root over the first `size` leaves; of none it is SHA-256 of nothing.
Hash256 merkle_root(std::uint64_t size, const MerkleNodes& nodes);

/// The path that leads from a leaf to the root (RFC 6962 2.1.1). index < size.
std::vector<Hash256> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                     const MerkleNodes& nodes);
bool proves_inclusion(const Hash256& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash256>& proof, const Hash256& root);

/// That the tree of `size` leaves begins with the tree of `old_size` (RFC 6962 2.1.2).
/// 0 < old_size <= size.
std::vector<Hash256> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                       const MerkleNodes& nodes);
bool proves_consistency(std::uint64_t old_size, const Hash256& old_root, std::uint64_t size,
                        const Hash256& root, const std::vector<Hash256>& proof);

/// The right edge of a growing tree: all it takes to append a leaf and to know the root, in
/// O(log size).
class MerkleFrontier {
 public:
  /// Called for each node that a new leaf completes.
  using OnNode = std::function<void(int level, std::uint64_t number, const Hash256& hash)>;

  void append(const Hash256& leaf, const OnNode& on_node = nullptr);
  std::uint64_t size() const { return size_; }
  Hash256 root() const;

  std::string to_bytes() const;  ///< size, then the hashes
  static std::optional<MerkleFrontier> from_bytes(std::string_view bytes);

  friend bool operator==(const MerkleFrontier&, const MerkleFrontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash256> edge_;  ///< complete subtrees from left (largest) to right
};

}  // namespace nines::log
