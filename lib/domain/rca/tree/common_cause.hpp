// Common-cause groups written out as independent events, before a tree is solved.
#pragma once

#include <optional>

#include "domain/rca/tree/model.hpp"

namespace nines::rca::tree {

/// Each member becomes an `or` gate of its name over one event for each set of members that fail
/// together with it ("[a]" alone, "[a b]" both by one cause); the result has no groups. Of n members
/// of total probability Q, any k given ones fail together by one cause with
///   beta:  Q_1 = (1-beta) Q, Q_n = beta Q;
///   MGL:   Q_k = rho_1...rho_k (1-rho_{k+1}) Q / C(n-1,k-1), rho_1 = 1, rho_2 = beta, ...;
///   alpha: Q_k = k alpha_k Q / (C(n-1,k-1) sum of j alpha_j), for tests that are not staggered
/// (NUREG/CR-5485; the same in the Open-PSA MEF). For groups that `check_tree` accepts.
/// O(sum of 2^n) events for MGL and alpha, O(n) for beta. Without groups: the tree itself.
FaultTree expand_groups(FaultTree tree, std::optional<double> hours);

}  // namespace nines::rca::tree
