// Birnbaum's importance of all events at once, and the measures that follow from it.
#include "domain/rca/tree/importance.hpp"

#include <algorithm>

namespace nines::rca::tree {
namespace {

/// Below this part of P, what is left without an event is computed by itself.
constexpr double kCancelled = 1e-4;
/// Visits of nodes spent on that; in a tree where nearly all events are indispensable more would be
/// slow, and the difference of two near numbers must do.
constexpr std::size_t kMostVisits = 200'000'000;

std::vector<double> probabilities(const Diagram& bdd, const std::vector<NodeId>& ids,
                                  const std::vector<double>& chance) {
  std::vector<double> by_node(ids.empty() ? 2 : static_cast<std::size_t>(ids.back()) + 1, 0);
  by_node[kOne] = 1;
  for (const auto id : ids) {
    const auto& node = bdd[id];
    const double p = chance[node.level];
    by_node[id] = p * by_node[node.high] + (1 - p) * by_node[node.low];
  }
  return by_node;
}

Importance measures(double whole, double p, double birnbaum, double without) {
  Importance one;
  one.birnbaum = birnbaum;
  one.if_not = std::clamp(without, 0.0, 1.0);
  one.if_occurred = std::clamp(whole + (1 - p) * birnbaum, 0.0, 1.0);
  if (whole <= 0) return one;
  one.criticality = p * birnbaum / whole;
  one.posterior = std::clamp(p * one.if_occurred / whole, 0.0, 1.0);
  one.fussell_vesely = (whole - one.if_not) / whole;
  one.risk_achievement = one.if_occurred / whole;
  if (one.if_not > 0) one.risk_reduction = whole / one.if_not;
  return one;
}

}  // namespace

double probability_of(const Diagram& bdd, NodeId function, const std::vector<double>& chance) {
  return probabilities(bdd, bdd.reachable(function), chance)[function];
}

std::vector<Importance> importance_of(const Diagram& bdd, NodeId function,
                                      const std::vector<double>& chance) {
  const auto ids = bdd.reachable(function);
  const auto by_node = probabilities(bdd, ids, chance);
  const double whole = by_node[function];
  std::vector<double> reach(by_node.size(), 0), birnbaum(chance.size(), 0);
  reach[function] = 1;
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    const auto& node = bdd[*id];
    const double p = chance[node.level];
    birnbaum[node.level] += reach[*id] * (by_node[node.high] - by_node[node.low]);
    reach[node.high] += p * reach[*id];
    reach[node.low] += (1 - p) * reach[*id];
  }
  std::vector<Importance> all;
  std::size_t visits = 0;
  auto changed = chance;
  for (std::size_t level = 0; level < chance.size(); ++level) {
    double without = whole - chance[level] * birnbaum[level];
    if (without < kCancelled * whole && chance[level] > 0 && visits < kMostVisits) {
      changed[level] = 0;
      without = probabilities(bdd, ids, changed)[function];
      changed[level] = chance[level];
      visits += ids.size();
    }
    all.push_back(measures(whole, chance[level], birnbaum[level], without));
  }
  return all;
}

}  // namespace nines::rca::tree
