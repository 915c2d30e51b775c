// Minimal cut sets as a ZBDD: made, counted by order and listed by probability, never enumerated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/wide.hpp"
#include "domain/rca/tree/bdd.hpp"

namespace nines::rca::tree {

/// A family of sets of levels. For a function that more failures cannot mend these are the minimal
/// cut sets; for any other the minimal p-cuts: the smallest sets of events that make it true when
/// no other event occurs.
class CutSets {
 public:
  /// Rauzy's minimal solutions: M(x, hi, lo) = (x, M(hi) without M(lo), M(lo)), where `without`
  /// drops the sets that hold one of the other family. Nothing when that takes more than `nodes`.
  static std::optional<CutSets> of(const Diagram& bdd, NodeId function, std::size_t nodes);

  const Diagram& diagram() const { return diagram_; }
  NodeId root() const { return root_; }

 private:
  explicit CutSets(std::size_t nodes);
  NodeId without(NodeId a, NodeId b);
  bool settle(NodeId a, NodeId& b, NodeId& result);
  NodeId make(std::uint32_t level, NodeId high, NodeId low) {
    return high == kZero ? low : diagram_.make(level, high, low);
  }

  struct Frame {
    NodeId a, b;
    NodeId high, low;
    std::uint8_t stage;
  };

  Diagram diagram_;
  ResultCache cache_;
  std::vector<Frame> stack_;
  std::size_t steps_left_;
  NodeId root_ = kZero;
};

/// A count that may have passed 2^128.
struct Count {
  WideUnsigned value = 0;
  bool more = false;  ///< `value` is all that fits: there are more

  Count& operator+=(const Count& other);
  friend bool operator==(const Count&, const Count&) = default;
};
/// Decimal digits; "more than 340282366920938463463374607431768211455".
std::string to_string(const Count& count);

struct OrderCounts {
  Count total;
  std::vector<Count> by_order;  ///< [k]: sets of k events; [0] is 1 when the top always occurs
};
/// O(nodes * orders). Nothing when orders spread so far that this would not fit in memory.
std::optional<OrderCounts> count_by_order(const CutSets& sets);

struct CutSet {
  std::vector<std::uint32_t> levels;  ///< rising
  double probability = 0;             ///< product over its events
};
/// The `most` most probable, by falling probability, then by order, then by levels; best first, with
/// the largest product below each node as bound. `chance` is by level.
std::vector<CutSet> most_probable(const CutSets& sets, const std::vector<double>& chance,
                                  std::size_t most);

/// The sum of the sets' probabilities: an upper bound, and good while it is small.
double rare_event_sum(const CutSets& sets, const std::vector<double>& chance);

}  // namespace nines::rca::tree
