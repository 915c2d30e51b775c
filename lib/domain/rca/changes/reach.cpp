// Buckets by hops: one for each distance, walked in order.
#include "domain/rca/changes/reach.hpp"

namespace nines::rca {

void FaultReach::add(const std::string& dependant, const std::string& dependency) {
  down_[dependant].insert(dependency);
  up_[dependency].insert(dependant);
}

std::map<std::string, Reach, std::less<>> FaultReach::from(const std::vector<std::string>& services,
                                                           int most) const {
  std::vector<std::map<std::string, std::string>> buckets(static_cast<std::size_t>(most) + 1);
  for (const auto& service : services) buckets[0].try_emplace(service, service);
  std::map<std::string, Reach, std::less<>> found;
  for (int hops = 0; hops <= most; ++hops) {
    const auto spread = [&](const auto& edges, const std::string& service, const std::string& path,
                            int cost, const char* arrow) {
      const auto out = edges.find(service);
      if (out == edges.end() || hops + cost > most) return;
      for (const auto& other : out->second)
        if (!found.contains(other))
          buckets[static_cast<std::size_t>(hops + cost)].try_emplace(other, path + arrow + other);
    };
    for (const auto& [service, path] : buckets[static_cast<std::size_t>(hops)]) {
      if (!found.try_emplace(service, Reach{hops, path}).second) continue;
      spread(down_, service, path, 1, " -> ");
      spread(up_, service, path, kUpHops, " <- ");
    }
  }
  return found;
}

}  // namespace nines::rca
