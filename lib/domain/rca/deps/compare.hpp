// What is seen of dependencies against what is declared, and what is hurt together.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/rca/deps/span_graph.hpp"

namespace nines::rca {

struct DependencyRow {
  enum class Kind { known, hidden, stale, unseen };
  Kind kind = Kind::known;
  CallEdge edge;
  bool by_traces = false, by_network = false;
};
std::string_view to_string(DependencyRow::Kind kind);

using EdgeSet = std::set<std::pair<std::string, std::string>>;

/// Hidden: seen and not declared. Declared and not seen is stale where both ends are seen at all
/// and so much time was looked at as is asked; else only unseen. Hidden ones first, then by name.
std::vector<DependencyRow> compare_dependencies(const std::vector<CallEdge>& traces,
                                                const EdgeSet& network, const EdgeSet& declared,
                                                bool looked_long_enough);

struct CoImpact {
  std::string a, b;
  std::size_t together = 0, with_a = 0, with_b = 0, incidents = 0;
  double lift = 0;  ///< how many times as often as if they had nothing to do with each other
  double p = 1;     ///< Fisher's exact test, one-sided
  double q = 1;     ///< after Benjamini and Hochberg, over all pairs tested
};
/// Pairs of services that were hurt together in at least this many incidents are tested.
inline constexpr std::size_t kLeastSupport = 3;
/// The services of each incident in; pairs with q at most 0.05 out, the strongest first.
std::vector<CoImpact> find_co_impact(const std::vector<std::set<std::string>>& incidents);

}  // namespace nines::rca
