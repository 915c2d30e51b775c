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
  for (auto budget = std::min(kFirstBudget, nodes);; budget = std::min(budget * kBudgetGrowth, nodes)) {
    for (const auto order : kTried)
      if (auto compiled = compile(tree, top, order_events(tree, top, order), known, budget))
        return Fitting{*std::move(compiled), order};
    if (budget >= nodes) return std::nullopt;
  }
}

}  // namespace nines::rca::tree
