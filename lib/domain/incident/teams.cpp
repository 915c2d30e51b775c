// Walks the dependency graph, and adds up by team.
#include "domain/incident/teams.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace nines::incident {
namespace {

std::string owner_of(const Services& services, const std::string& name) {
  const auto found = services.find(name);
  if (found == services.end()) return {};
  return found->second.owner.empty() ? found->second.vendor : found->second.owner;
}

}  // namespace

std::vector<Involved> involved_services(const std::vector<std::string>& hurt,
                                        const Services& services, Day day) {
  std::vector<Involved> found;
  std::set<std::string> seen;
  std::deque<std::string> waiting;
  for (const auto& name : hurt)
    if (seen.insert(name).second) {
      found.push_back({name, owner_of(services, name), "hurt", std::nullopt});
      waiting.push_back(name);
    }
  while (!waiting.empty()) {
    const auto name = waiting.front();
    waiting.pop_front();
    const auto service = services.find(name);
    if (service == services.end()) continue;
    for (const auto& needed : service->second.dependencies) {
      if (needed.since && *needed.since > day) continue;
      if (!seen.insert(needed.on).second) continue;
      const auto soft = needed.kind == catalog::Dependence::soft ? " (soft)" : "";
      found.push_back({needed.on, needed.vendor ? needed.on : owner_of(services, needed.on),
                       name + " needs it" + soft, std::nullopt});
      if (!needed.vendor) waiting.push_back(needed.on);
    }
  }
  return found;
}

std::vector<TeamShare> team_shares(const std::vector<Involved>& involved,
                                   const std::vector<Ask>& asks) {
  std::vector<TeamShare> teams;
  std::uint64_t all = 0;
  bool counted = false;
  for (const auto& one : involved) {
    auto team = std::find_if(teams.begin(), teams.end(),
                             [&](const TeamShare& other) { return other.team == one.team; });
    if (team == teams.end())
      team = teams.insert(teams.end(), TeamShare{one.team, {}, 0, {}, false});
    team->services.push_back(one);
    team->bad += one.bad.value_or(0);
    all += one.bad.value_or(0);
    counted = counted || one.bad.has_value();
  }
  for (auto& team : teams) {
    if (counted && all > 0) team.share = static_cast<double>(team.bad) / static_cast<double>(all);
    team.asked = std::any_of(asks.begin(), asks.end(), [&](const Ask& ask) {
      return ask.kind == AskKind::team && asked_first(ask) == team.team &&
             ask.outcome != "withdrawn";
    });
  }
  std::stable_sort(teams.begin(), teams.end(), [](const TeamShare& a, const TeamShare& b) {
    if (a.team.empty() != b.team.empty()) return b.team.empty();
    return a.bad > b.bad;
  });
  return teams;
}

}  // namespace nines::incident
