// Breadth first, so that the shortest path is the one that is told.
#include "domain/incident/service_graph.hpp"

#include <algorithm>
#include <set>

namespace nines::incident {

void ServiceGraph::add(const std::string& dependant, const std::string& dependency) {
  down_[dependant].push_back(dependency);
  up_[dependency].push_back(dependant);
}

void ServiceGraph::walk(const Edges& edges, const std::string& from, int steps, bool down,
                        std::vector<Relation>& found) {
  std::set<std::string> seen{from};
  std::vector<Relation> edge{{from, from, 0}};
  for (int step = 1; step <= steps; ++step) {
    std::vector<Relation> next;
    for (const auto& at : edge) {
      const auto out = edges.find(at.service);
      if (out == edges.end()) continue;
      for (const auto& other : out->second)
        if (seen.insert(other).second)
          next.push_back({other, down ? at.path + " -> " + other : other + " -> " + at.path, step});
    }
    found.insert(found.end(), next.begin(), next.end());
    edge = std::move(next);
  }
}

std::vector<ServiceGraph::Relation> ServiceGraph::related(const std::string& service,
                                                          int steps) const {
  std::vector<Relation> found;
  walk(down_, service, steps, true, found);
  walk(up_, service, steps, false, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const Relation& a, const Relation& b) { return a.steps < b.steps; });
  std::set<std::string> seen;
  std::erase_if(found, [&](const Relation& one) { return !seen.insert(one.service).second; });
  return found;
}

}  // namespace nines::incident
