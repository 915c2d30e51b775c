// Tries orders of variables under rising limits of nodes, and takes the first diagram that fits.
#include "domain/rca/tree/search.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

constexpr std::size_t kFirstBudget = std::size_t{1} << 15;
constexpr std::size_t kBudgetGrowth = 16;
constexpr Order kTried[] = {Order::ascending, Order::document, Order::events_first,
                            Order::descending};

}  // namespace

std::optional<Fitting> compile_fitting(const FaultTree& tree, std::uint32_t top,
                                       const std::vector<Known>& known, std::size_t nodes) {
  // No diagram is smaller than its variables: less would only be tried in vain.
  const auto first = std::max(kFirstBudget, 4 * (tree.events.size() + tree.gates.size()));
  for (auto budget = std::min(first, nodes);; budget = std::min(budget * kBudgetGrowth, nodes)) {
    for (const auto order : kTried)
      if (auto compiled = compile(tree, top, order_events(tree, top, order), known, budget))
        return Fitting{*std::move(compiled), order};
    if (budget >= nodes) return std::nullopt;
  }
}

}  // namespace nines::rca::tree
