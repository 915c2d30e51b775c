// The binary decision diagram of a fault tree: its top as a function of its basic events.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/rca/tree/diagram.hpp"
#include "domain/rca/tree/model.hpp"

namespace nines::rca::tree {

/// Reduced and ordered, no complement edges. Operations work on a stack of their own: depth is
/// limited by the nodes, never by the machine's stack. Every operation is O(|f| |g|).
class Bdd {
 public:
  /// `nodes`: how many may be made before `full`; the steps of work are held to a multiple of it.
  explicit Bdd(std::size_t nodes);

  NodeId variable(std::uint32_t level) { return diagram_.make(level, kOne, kZero); }
  NodeId both(NodeId f, NodeId g) { return apply(kAnd, f, g); }
  NodeId either(NodeId f, NodeId g) { return apply(kOr, f, g); }
  NodeId differ(NodeId f, NodeId g) { return apply(kXor, f, g); }
  NodeId negation(NodeId f) { return apply(kXor, f, kOne); }
  /// `f` where the variable of `level` is known.
  NodeId restricted(NodeId f, std::uint32_t level, bool value);

  const Diagram& diagram() const { return diagram_; }
  bool full() const { return diagram_.full(); }

 private:
  enum Operation : std::uint32_t { kAnd, kOr, kXor };
  struct Frame {
    NodeId f, g;
    std::uint32_t level;
    NodeId high, low;
    std::uint8_t stage;  ///< children asked for
  };
  NodeId apply(Operation op, NodeId f, NodeId g);
  /// What is known without a look at the children.
  bool settle(Operation op, NodeId& f, NodeId& g, NodeId& result);
  void push(NodeId f, NodeId g);

  Diagram diagram_;
  ResultCache cache_;
  std::vector<Frame> stack_;
  std::size_t steps_left_;
};

/// A gate or event that is known: what follows is asked where it has this value.
struct Known {
  Ref ref;
  bool value = false;
};

struct Compiled {
  Bdd bdd;
  std::vector<std::uint32_t> events;  ///< by level
  NodeId top = kZero;                 ///< with known events in their place
  NodeId known = kOne;                ///< that all known gates have their values
};

/// The function of `top` with the variables in the order of `events`; known events are constants.
/// Nothing when that takes more than `nodes`.
std::optional<Compiled> compile(const FaultTree& tree, std::uint32_t top,
                                const std::vector<std::uint32_t>& events,
                                const std::vector<Known>& known, std::size_t nodes);

}  // namespace nines::rca::tree
