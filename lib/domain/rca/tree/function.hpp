// One function in a decision diagram with what its levels stand for: shared by solve and observe.
#pragma once

#include <vector>

#include "domain/rca/tree/bdd.hpp"
#include "domain/rca/tree/cut_sets.hpp"
#include "domain/rca/tree/solve.hpp"

namespace nines::rca::tree {

struct Chances {
  std::vector<double> by_level;        ///< 1/2 for what is unknown: then order decides
  std::vector<std::uint32_t> unknown;  ///< events
};
Chances chances_of(const FaultTree& tree, const std::vector<std::uint32_t>& events,
                   std::optional<double> hours);

std::vector<ListedSet> list_sets(const CutSets& sets, const std::vector<std::uint32_t>& events,
                                 const Chances& chances, std::size_t most);

/// Levels that `function` depends on.
std::vector<bool> support_of(const Diagram& bdd, NodeId function, std::size_t levels);

}  // namespace nines::rca::tree
