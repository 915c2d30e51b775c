// Hours and targets of one step.
#include "domain/incident/escalation_steps.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

using std::chrono::minutes;

/// How finely a wait for somebody's own hours looks for a change of duty, and for how long.
constexpr minutes kDutyGrain{15};
constexpr int kDutyLooks = 4 * 24 * 14;

Zone zone_at(const Hours& hours, const EscalationStep& step, const Surroundings& around,
             Instant at) {
  if (!hours.by_person) return hours.zone;
  for (const auto& target : step.notify)
    for (const auto& person : around.people(target, at))
      if (const auto zone = around.zone_of(person)) return *zone;
  return hours.zone;
}

std::optional<Instant> turn(const Hours& hours, When when, const Zone& zone, Instant at) {
  return when == When::inside ? next_inside(hours, zone, at) : next_outside(hours, zone, at);
}

}  // namespace

bool holds(const EscalationPolicy& policy, const EscalationStep& step, When when,
           const Surroundings& around, Instant at) {
  if (when == When::always) return true;
  const bool in =
      !policy.hours || inside(*policy.hours, zone_at(*policy.hours, step, around, at), at);
  return in == (when == When::inside);
}

std::optional<Instant> next_holding(const EscalationPolicy& policy, const EscalationStep& step,
                                    When when, const Surroundings& around, Instant at) {
  if (!policy.hours) return std::nullopt;
  const auto& hours = *policy.hours;
  if (!hours.by_person) return turn(hours, when, hours.zone, at);
  for (int look = 0; look < kDutyLooks; ++look) {
    if (holds(policy, step, when, around, at)) return at;
    const auto grain = std::chrono::floor<minutes>(at.time_since_epoch()) / kDutyGrain;
    const Instant next{kDutyGrain * (grain + 1)};
    const auto turned = turn(hours, when, zone_at(hours, step, around, at), at);
    at = turned && *turned > at && *turned < next ? *turned : next;
  }
  return std::nullopt;
}

std::vector<Call> calls_of(const EscalationPolicy& policy, const EscalationStep& step,
                           bool low_urgency, const Surroundings& around, Instant at) {
  std::vector<Call> calls;
  for (const auto& target : step.notify) {
    auto channel = !target.channel.empty() ? target.channel
                   : !step.channel.empty() ? step.channel
                                           : policy.channel;
    if (low_urgency && !policy.low_channel.empty()) channel = policy.low_channel;
    for (auto& person : around.people(target, at))
      if (std::none_of(calls.begin(), calls.end(),
                       [&](const Call& call) { return call.person == person; }))
        calls.push_back({person, channel, target});
  }
  return calls;
}

Call next_in_turn(std::vector<Call> calls, std::string& last) {
  std::sort(calls.begin(), calls.end(),
            [](const Call& a, const Call& b) { return a.person < b.person; });
  auto next = std::find_if(calls.begin(), calls.end(),
                           [&](const Call& call) { return call.person > last; });
  if (next == calls.end()) next = calls.begin();
  last = next->person;
  return *next;
}

}  // namespace nines::incident
