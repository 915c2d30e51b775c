// A hash table of nodes, and a cache of results, both by multiplication and open addressing.
#include "domain/rca/tree/diagram.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

constexpr std::size_t kFirstTable = 1 << 10;
constexpr std::size_t kFirstCache = 1 << 10;
constexpr std::size_t kMostCached = std::size_t{1} << 22;  // 48 MiB

std::size_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t h = (a * 0x9E3779B97F4A7C15U) ^ (b * 0xC2B2AE3D27D4EB4FU);
  h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9U;
  h ^= c * 0x94D049BB133111EBU;
  h = (h ^ (h >> 32)) * 0x9E3779B97F4A7C15U;
  return static_cast<std::size_t>(h >> 20);
}

}  // namespace

Diagram::Diagram(std::size_t limit)
    : limit_(std::min(limit, kMostNodes)), table_(kFirstTable, kZero) {
  nodes_.reserve(kFirstTable / 2);
  nodes_.push_back({kNoLevel, kZero, kZero});
  nodes_.push_back({kNoLevel, kOne, kOne});
}

NodeId Diagram::make(std::uint32_t level, NodeId high, NodeId low) {
  if (full_) return kZero;
  const auto mask = table_.size() - 1;
  auto slot = mixed(level, high, low) & mask;
  while (table_[slot] != kZero) {
    const auto& node = nodes_[table_[slot]];
    if (node.level == level && node.high == high && node.low == low) return table_[slot];
    slot = (slot + 1) & mask;
  }
  if (nodes_.size() >= limit_) {
    full_ = true;
    return kZero;
  }
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.push_back({level, high, low});
  table_[slot] = id;
  if (nodes_.size() * 2 > table_.size()) grow();
  return id;
}

void Diagram::grow() {
  table_.assign(table_.size() * 2, kZero);
  const auto mask = table_.size() - 1;
  for (NodeId id = 2; id < nodes_.size(); ++id) {
    const auto& node = nodes_[id];
    auto slot = mixed(node.level, node.high, node.low) & mask;
    while (table_[slot] != kZero) slot = (slot + 1) & mask;
    table_[slot] = id;
  }
}

std::vector<NodeId> Diagram::reachable(NodeId root) const {
  std::vector<NodeId> ids;
  if (root <= kOne) return ids;
  std::vector<bool> met(root + 1, false);
  met[root] = true;
  std::size_t count = 0;
  for (NodeId id = root; id > kOne; --id) {
    if (!met[id]) continue;
    ++count;
    met[nodes_[id].high] = met[nodes_[id].low] = true;
  }
  ids.reserve(count);
  for (NodeId id = 2; id <= root; ++id)
    if (met[id]) ids.push_back(id);
  return ids;
}

ResultCache::ResultCache() : entries_(kFirstCache, Entry{kNothing, kNothing, kNothing}) {}

std::size_t ResultCache::slot(std::uint32_t a, NodeId b) const {
  return mixed(a, b, 0) & (entries_.size() - 1);
}

NodeId ResultCache::find(std::uint32_t operation, NodeId a, NodeId b) const {
  const auto key = a | operation << 29;
  const auto& entry = entries_[slot(key, b)];
  return entry.a == key && entry.b == b ? entry.result : kNothing;
}

void ResultCache::keep(std::uint32_t operation, NodeId a, NodeId b, NodeId result) {
  const auto key = a | operation << 29;
  auto& entry = entries_[slot(key, b)];
  const bool forgets = entry.b != kNothing && (entry.a != key || entry.b != b);
  entry = {key, b, result};
  if (forgets && ++forgotten_ > entries_.size() / 2) fit(entries_.size() + 1);
}

void ResultCache::fit(std::size_t nodes) {
  if (nodes <= entries_.size() || entries_.size() >= kMostCached) return;
  auto size = entries_.size();
  while (size < nodes && size < kMostCached) size *= 2;
  resize(size);
}

void ResultCache::resize(std::size_t size) {
  std::vector<Entry> old(size, Entry{kNothing, kNothing, kNothing});
  old.swap(entries_);
  for (const auto& entry : old)
    if (entry.b != kNothing) entries_[slot(entry.a, entry.b)] = entry;
  forgotten_ = 0;
}

}  // namespace nines::rca::tree
