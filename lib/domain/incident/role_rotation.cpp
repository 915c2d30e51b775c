// Counts roles on record, and chooses by a rule that is told with its inputs.
#include "domain/incident/role_rotation.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace nines::incident {
namespace {

constexpr std::chrono::days kLookBack{90};

RoleRecord record_of(const std::string& person, const std::string& role,
                     const std::vector<RoleHeld>& history, Instant now) {
  RoleRecord record;
  record.person = person;
  std::set<std::pair<std::string, std::string>> recent;
  std::set<std::string> incidents;
  for (const auto& held : history) {
    if (held.person != person || held.since > now) continue;
    if (held.since > now - kLookBack) recent.insert({held.incident, held.role});
    if (held.role != role) continue;
    incidents.insert(held.incident);
    if (!record.last || *record.last < held.since) record.last = held.since;
  }
  record.times = static_cast<std::int64_t>(incidents.size());
  record.recent = static_cast<std::int64_t>(recent.size());
  return record;
}

bool goes_before(const RoleRecord& a, const RoleRecord& b) {
  const auto key = [](const RoleRecord& r) {
    return std::tuple(r.times, r.last.value_or(Instant::min()), r.recent, r.person);
  };
  return key(a) < key(b);
}

std::string times_text(std::int64_t times) {
  return times == 1 ? "once" : std::to_string(times) + " times";
}

std::vector<std::string> reasons_for(const RoleRecord& chosen, const RoleSuggestion& suggestion) {
  std::vector<std::string> reasons;
  reasons.push_back(chosen.times == 0 ? "has not been " + suggestion.role + " yet"
                                      : "was " + suggestion.role + " " + times_text(chosen.times) +
                                            ", last on " + format_utc(*chosen.last).substr(0, 10));
  reasons.push_back("held " + std::to_string(chosen.recent) +
                    (chosen.recent == 1 ? " role" : " roles") + " in the last 90 days");
  return reasons;
}

}  // namespace

std::vector<RoleSuggestion> suggest_roles(const std::vector<std::string>& roles,
                                          const std::vector<Candidate>& candidates,
                                          const std::vector<RoleHeld>& history, Instant now) {
  std::vector<RoleSuggestion> suggestions;
  std::set<std::string> taken;
  for (const auto& role : roles) {
    RoleSuggestion suggestion;
    suggestion.role = role;
    const RoleRecord* best = nullptr;
    suggestion.records.reserve(candidates.size());
    for (const auto& candidate : candidates) {
      suggestion.records.push_back(record_of(candidate.person, role, history, now));
      const auto& record = suggestion.records.back();
      if (!candidate.away.empty() || taken.count(candidate.person) != 0) continue;
      if (best == nullptr || goes_before(record, *best)) best = &record;
    }
    if (best != nullptr) {
      suggestion.person = best->person;
      suggestion.reasons = reasons_for(*best, suggestion);
      taken.insert(best->person);
    }
    std::sort(suggestion.records.begin(), suggestion.records.end(),
              [](const RoleRecord& a, const RoleRecord& b) { return a.person < b.person; });
    suggestions.push_back(std::move(suggestion));
  }
  return suggestions;
}

}  // namespace nines::incident
