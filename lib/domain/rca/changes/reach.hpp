// How far the declared dependencies carry a fault from one service to another.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nines::rca {

struct Reach {
  int hops = 0;
  std::string path;  ///< "checkout -> payments <- batch": an arrow points at what is depended on
};

/// The declared graph, walked from where a symptom is seen. What a service depends on is one hop
/// away. What depends on it can only hurt it by load, and counts two: so does, beside the hop down,
/// a neighbour on the same dependency.
class FaultReach {
 public:
  static constexpr int kUpHops = 2;

  void add(const std::string& dependant, const std::string& dependency);

  /// Every service at most `most` hops from any of `services`, each by its shortest way; of equally
  /// short ones the first by name.
  std::map<std::string, Reach, std::less<>> from(const std::vector<std::string>& services,
                                                 int most) const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> down_, up_;
};

}  // namespace nines::rca
