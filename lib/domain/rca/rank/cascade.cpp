// Roots of a cascade: the deepest services that moved with the symptom.
#include "domain/rca/rank/cascade.hpp"

#include <algorithm>
#include <cmath>

namespace nines::rca {
namespace {

/// Noise may halve what a callee seems to have moved.
constexpr double kDilution = 2;
/// Nodes whose callers are followed for evidence, those that moved most first; a real cascade has
/// far fewer.
constexpr std::size_t kMostTraced = 200;

using Edges = std::vector<std::vector<std::uint32_t>>;

bool may_pass(const CascadeNode& node) { return node.moved || !node.measured; }

bool explains(const CascadeNode& caller, const CascadeNode& callee, bool additive) {
  if (!may_pass(caller) || !may_pass(callee)) return false;
  if (!additive || !caller.measured || !callee.measured) return true;
  return callee.relative * kDilution >= caller.relative;
}

/// Calls along which a movement can have come up.
Edges explaining_edges(const CallGraph& graph, const std::vector<CascadeNode>& nodes,
                       bool additive) {
  Edges edges(graph.nodes.size());
  for (std::uint32_t caller = 0; caller < edges.size(); ++caller)
    for (const auto callee : graph.callees[caller])
      if (callee != caller && explains(nodes[caller], nodes[callee], additive))
        edges[caller].push_back(callee);
  return edges;
}

Edges reversed(const Edges& edges) {
  Edges back(edges.size());
  for (std::uint32_t from = 0; from < edges.size(); ++from)
    for (const auto to : edges[from]) back[to].push_back(from);
  return back;
}

std::vector<std::uint32_t> reachable(const Edges& edges, std::uint32_t start,
                                     std::vector<bool>& seen) {
  std::vector<std::uint32_t> found = {start};
  seen.assign(edges.size(), false);
  seen[start] = true;
  for (std::size_t at = 0; at < found.size(); ++at)
    for (const auto to : edges[found[at]])
      if (!seen[to]) {
        seen[to] = true;
        found.push_back(to);
      }
  return found;
}

/// Per component: whether something that moved lies below it.
std::vector<bool> moved_below(const Edges& edges, const std::vector<CascadeNode>& nodes,
                              const Components& components) {
  std::vector<bool> below(components.members.size(), false),
      holds(components.members.size(), false);
  // A component comes after all that it leads to.
  for (std::size_t i = 0; i < components.members.size(); ++i)
    for (const auto node : components.members[i]) {
      if (nodes[node].moved) holds[i] = true;
      for (const auto to : edges[node]) {
        const auto other = components.of[to];
        if (other != i && (holds[other] || below[other])) below[i] = true;
      }
    }
  return below;
}

double strength(const CascadeNode& node) { return std::log1p(std::max(0.0, node.spreads)); }

}  // namespace

std::vector<CascadePlace> trace_cascade(const CallGraph& graph,
                                        const std::vector<CascadeNode>& nodes, std::uint32_t target,
                                        bool additive) {
  std::vector<CascadePlace> places(graph.nodes.size());
  std::vector<bool> seen;
  const auto called = reachable(graph.callees, target, seen);
  const auto edges = explaining_edges(graph, nodes, additive);
  const auto components = components_of(edges);
  const auto below = moved_below(edges, nodes, components);
  for (const auto node : called) {
    const bool deepest = nodes[node].moved && !below[components.of[node]];
    places[node].role = deepest ? CascadePlace::Role::behind_gap : CascadePlace::Role::called;
  }
  for (const auto node : reachable(edges, target, seen))
    if (nodes[node].moved)
      places[node].role =
          below[components.of[node]] ? CascadePlace::Role::on_path : CascadePlace::Role::root;
  std::vector<std::uint32_t> moved;
  for (const auto node : called) {
    if (places[node].role == CascadePlace::Role::called) continue;
    moved.push_back(node);
    places[node].evidence = strength(nodes[node]);
  }
  std::stable_sort(moved.begin(), moved.end(), [&](std::uint32_t a, std::uint32_t b) {
    return nodes[a].spreads > nodes[b].spreads;
  });
  const auto callers = reversed(edges);
  for (std::size_t i = 0; i < std::min(moved.size(), kMostTraced); ++i) {
    auto& place = places[moved[i]];
    for (const auto node : reachable(callers, moved[i], seen)) {
      if (node == moved[i] || !nodes[node].moved) continue;
      place.explains.push_back(node);
      place.evidence += strength(nodes[node]);
    }
    std::sort(place.explains.begin(), place.explains.end());
  }
  return places;
}

}  // namespace nines::rca
