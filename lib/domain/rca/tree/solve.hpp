// Solves a fault tree exactly: probability, cut sets counted by order, importance of each event.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "domain/rca/tree/cut_sets.hpp"
#include "domain/rca/tree/importance.hpp"
#include "domain/rca/tree/model.hpp"
#include "domain/rca/tree/search.hpp"

namespace nines::rca::tree {

struct SolveLimits {
  std::optional<double> hours;       ///< how long rates act
  std::size_t listed = 10;           ///< cut sets that are listed
  std::size_t nodes = kNodeBudget;   ///< of each diagram
};

struct ListedSet {
  std::vector<std::uint32_t> events;  ///< by index
  std::optional<double> probability;  ///< product over its events; missing where any is unknown
};

struct EventImportance {
  std::uint32_t event = 0;
  double probability = 0;
  Importance measures;
};

/// What is missing says why: no order (no diagram fits the nodes), `unknown` events, or no cut sets.
struct Solution {
  bool coherent = true;         ///< else cut sets are minimal p-cuts, and importance has signs
  std::optional<Order> order;   ///< of the diagram that fitted; nothing: none did
  std::size_t bdd_nodes = 0;    ///< of the top
  std::size_t set_nodes = 0;
  std::vector<std::uint32_t> unknown;  ///< events under the top whose probability is not known
  std::optional<double> probability;   ///< of the top, exact
  std::optional<OrderCounts> cut_sets;
  /// Sum over the cut sets: an upper bound of coherent tops. Missing where it says nothing: at 1.
  std::optional<double> rare_event_sum;
  std::vector<ListedSet> most_probable;     ///< by order where probabilities are unknown
  std::vector<EventImportance> importance;  ///< by falling criticality (without its sign)
};

/// For trees without errors and groups (`check_tree`, `expand_groups`). Memory is limited by the
/// nodes, time by a multiple of them.
Solution solve(const FaultTree& tree, std::uint32_t top, const SolveLimits& limits);

}  // namespace nines::rca::tree
