// Everything that can be wrong with a fault tree whose names are resolved, in one pass.
#pragma once

#include <optional>

#include "domain/rca/tree/model.hpp"
#include "domain/rca/tree/problem.hpp"

namespace nines::rca::tree {

/// Errors make a tree unsolvable: cycles (each named by its path), a number of inputs or a k that
/// the gate cannot have, chances outside 0 to 1, no top or several, groups that cannot be expanded.
/// Warnings: what is under no gate, events of unknown probability. `hours` is how long rates act.
/// O(gates + inputs), without recursion.
Problems check_tree(const FaultTree& tree, std::optional<double> hours);

/// A note for each group of events of one kind, zone or deployment whose joint failure passes an
/// `and` or `atleast` gate that keeps separate failures away, where no common-cause group holds
/// them: without one a redundancy looks far better than it is.
Problems propose_groups(const FaultTree& tree);

/// Members of a group that is expanded into all subsets (MGL, alpha), and into two kinds (beta).
inline constexpr std::size_t kMostMembers = 8, kMostBetaMembers = 64;

}  // namespace nines::rca::tree
