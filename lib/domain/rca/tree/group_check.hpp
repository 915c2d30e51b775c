// What must hold of common-cause groups before they can be expanded.
#pragma once

#include "domain/rca/tree/model.hpp"
#include "domain/rca/tree/problem.hpp"

namespace nines::rca::tree {

/// Adds an error for each group with too few or too many members, a member twice or in two groups,
/// factors that its model does not take, or members of different probability.
void check_groups(const FaultTree& tree, std::optional<double> hours, Problems& problems);

}  // namespace nines::rca::tree
