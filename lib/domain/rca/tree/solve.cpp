// Solves a fault tree exactly: one diagram for the probability, one for the cut sets.
#include "domain/rca/tree/solve.hpp"

#include <algorithm>
#include <cmath>

#include "domain/rca/tree/function.hpp"

namespace nines::rca::tree {

Chances chances_of(const FaultTree& tree, const std::vector<std::uint32_t>& events,
                   std::optional<double> hours) {
  Chances chances;
  for (const auto event : events) {
    const auto chance = probability_of(tree.events[event], hours);
    chances.by_level.push_back(chance.value_or(0.5));
    if (!chance) chances.unknown.push_back(event);
  }
  std::sort(chances.unknown.begin(), chances.unknown.end());
  return chances;
}

std::vector<ListedSet> list_sets(const CutSets& sets, const std::vector<std::uint32_t>& events,
                                 const Chances& chances, std::size_t most) {
  // With one probability unknown no product can be compared with another: the smallest come first.
  const bool known = chances.unknown.empty();
  const auto chance = known ? chances.by_level : std::vector<double>(chances.by_level.size(), 0.5);
  std::vector<ListedSet> listed;
  for (const auto& set : most_probable(sets, chance, most)) {
    ListedSet one;
    for (const auto level : set.levels) one.events.push_back(events[level]);
    std::sort(one.events.begin(), one.events.end());
    if (known) one.probability = set.probability;
    listed.push_back(std::move(one));
  }
  return listed;
}

std::vector<bool> support_of(const Diagram& bdd, NodeId function, std::size_t levels) {
  std::vector<bool> support(levels, false);
  for (const auto id : bdd.reachable(function)) support[bdd[id].level] = true;
  return support;
}

Solution solve(const FaultTree& tree, std::uint32_t top, const SolveLimits& limits) {
  Solution solution;
  solution.coherent = is_coherent(tree, top);
  const auto fitting = compile_fitting(tree, top, {}, limits.nodes);
  if (!fitting) return solution;
  const auto& [bdd, events, function, known] = fitting->compiled;
  const auto& diagram = bdd.diagram();
  const auto chances = chances_of(tree, events, limits.hours);
  solution.order = fitting->order;
  solution.bdd_nodes = diagram.reachable(function).size();
  solution.unknown = chances.unknown;
  if (chances.unknown.empty()) {
    solution.probability = probability_of(diagram, function, chances.by_level);
    const auto measures = importance_of(diagram, function, chances.by_level);
    for (std::size_t level = 0; level < events.size(); ++level)
      solution.importance.push_back({events[level], chances.by_level[level], measures[level]});
    std::sort(solution.importance.begin(), solution.importance.end(),
              [](const EventImportance& a, const EventImportance& b) {
                const double x = std::abs(a.probability * a.measures.birnbaum),
                             y = std::abs(b.probability * b.measures.birnbaum);
                return x != y ? x > y : a.event < b.event;
              });
  }
  const auto sets = CutSets::of(diagram, function, limits.nodes);
  if (!sets) return solution;
  solution.set_nodes = sets->diagram().reachable(sets->root()).size();
  solution.cut_sets = count_by_order(*sets);
  solution.most_probable = list_sets(*sets, events, chances, limits.listed);
  if (chances.unknown.empty() && solution.coherent)
    if (const double sum = rare_event_sum(*sets, chances.by_level); sum < 1)
      solution.rare_event_sum = sum;
  return solution;
}

}  // namespace nines::rca::tree
