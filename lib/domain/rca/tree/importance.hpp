// Exact probabilities of a decision diagram, and what each event contributes to them.
#pragma once

#include <optional>
#include <vector>

#include "domain/rca/tree/diagram.hpp"

namespace nines::rca::tree {

/// P(f) by one pass, P = p P(high) + (1-p) P(low). `chance` is by level. O(nodes).
double probability_of(const Diagram& bdd, NodeId function, const std::vector<double>& chance);

/// Of one event, with P = P(f), p its probability, P1 and P0 those of f where it has and has not
/// occurred. Ratios are missing where P is 0.
struct Importance {
  double birnbaum = 0;  ///< P1 - P0; below 0 where the event prevents f
  double if_occurred = 0, if_not = 0;      ///< P1, P0
  std::optional<double> criticality;       ///< p (P1 - P0) / P
  std::optional<double> posterior;         ///< p P1 / P: the event, given f (diagnostic)
  std::optional<double> fussell_vesely;    ///< (P - P0) / P
  std::optional<double> risk_achievement;  ///< P1 / P
  std::optional<double> risk_reduction;    ///< P / P0; missing also where P0 is 0: infinite
};

/// Of every level, by one pass up and one down: O(nodes) for all of them together, and one more
/// pass for each event without which f is next to impossible (there P - p (P1 - P0) has no digits).
std::vector<Importance> importance_of(const Diagram& bdd, NodeId function,
                                      const std::vector<double>& chance);

}  // namespace nines::rca::tree
