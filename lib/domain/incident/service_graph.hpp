// Which service depends on which, by how many steps.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nines::incident {

/// Edges from a dependant to what it depends on.
class ServiceGraph {
 public:
  void add(const std::string& dependant, const std::string& dependency);

  struct Relation {
    std::string service;  ///< the other one
    std::string path;     ///< "checkout -> payments -> db": the dependant first
    int steps = 1;
  };
  /// What `service` depends on and what depends on it, at most `steps` away, the nearest first;
  /// each service once. A cycle leads nowhere new.
  std::vector<Relation> related(const std::string& service, int steps) const;

 private:
  using Edges = std::map<std::string, std::vector<std::string>, std::less<>>;
  static void walk(const Edges& edges, const std::string& from, int steps, bool down,
                   std::vector<Relation>& found);
  Edges down_, up_;
};

}  // namespace nines::incident
