// Nodes of decision diagrams, each kept once, up to a limit; shared by BDD and ZBDD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nines::rca::tree {

using NodeId = std::uint32_t;

inline constexpr NodeId kZero = 0;  ///< BDD: false; ZBDD: no set
inline constexpr NodeId kOne = 1;   ///< BDD: true; ZBDD: the empty set alone
inline constexpr std::uint32_t kNoLevel = 0xFFFFFFFF;

/// Above this no node can be told from an operation in a cache entry.
inline constexpr std::size_t kMostNodes = std::size_t{1} << 29;

struct DiagramNode {
  std::uint32_t level;  ///< place of its variable in the order; kNoLevel for the terminals
  NodeId high, low;     ///< with the variable, and without
};

/// Children are made before their parents, so that every pass over a diagram is a loop over rising
/// or falling ids. Twelve bytes a node, four to eight for finding it again. Once `limit` nodes are
/// there, `make` gives kZero and `full` is true for good: results are then worthless.
class Diagram {
 public:
  explicit Diagram(std::size_t limit);

  /// The node of these three, which must exist or is made. The caller applies the rule of its kind
  /// (BDD: equal children; ZBDD: high is kZero) before.
  NodeId make(std::uint32_t level, NodeId high, NodeId low);

  const DiagramNode& operator[](NodeId id) const { return nodes_[id]; }
  std::size_t size() const { return nodes_.size(); }
  bool full() const { return full_; }
  /// Ends all work early, as if the nodes were used up.
  void give_up() { full_ = true; }

  /// Ids that `root` leads to, itself included, rising; the terminals are left out.
  std::vector<NodeId> reachable(NodeId root) const;

 private:
  void grow();

  std::size_t limit_;
  bool full_ = false;
  std::vector<DiagramNode> nodes_;
  std::vector<NodeId> table_;  ///< open addressing; kZero = free
};

/// Remembers results of (operation, a, b), and forgets when two keys meet. Grows with the diagram, and
/// when it forgets much: few nodes can make very many pairs, and to compute those anew is exponential.
class ResultCache {
 public:
  ResultCache();
  /// kNothing when it is not known. `operation` is below 8.
  static constexpr NodeId kNothing = 0xFFFFFFFF;
  NodeId find(std::uint32_t operation, NodeId a, NodeId b) const;
  void keep(std::uint32_t operation, NodeId a, NodeId b, NodeId result);
  /// Makes room for a diagram of that many nodes.
  void fit(std::size_t nodes);

 private:
  struct Entry {
    std::uint32_t a;  ///< with the operation in its highest three bits
    NodeId b, result;
  };
  std::size_t slot(std::uint32_t a, NodeId b) const;
  void resize(std::size_t size);
  std::vector<Entry> entries_;
  std::size_t forgotten_ = 0;
};

}  // namespace nines::rca::tree
