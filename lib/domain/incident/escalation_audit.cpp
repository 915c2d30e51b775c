// Looks at each step at the edges where duty may have nobody, by the hours at which it is taken.
#include "domain/incident/escalation_audit.hpp"

#include <algorithm>

#include "domain/incident/escalation_steps.hpp"

namespace nines::incident {
namespace {

/// When the step would be taken by an escalation that comes to it at `from`; nothing when never.
std::optional<Instant> taken_at(const EscalationPolicy& policy, const EscalationStep& step,
                                const Surroundings& around, Instant from) {
  std::optional<Instant> at = from;
  for (const auto when : {step.hours, step.wait_until})
    if (at && !holds(policy, step, when, around, *at))
      at = next_holding(policy, step, when, around, *at);
  return at;
}

bool names_a_role(const EscalationStep& step) {
  return std::any_of(step.notify.begin(), step.notify.end(),
                     [](const Target& target) { return target.kind == TargetKind::role; });
}

std::string targets_of(const EscalationStep& step) {
  std::string names;
  for (const auto& target : step.notify) names += (names.empty() ? "" : "; ") + describe(target);
  return names;
}

}  // namespace

std::vector<UnreachableStep> unreachable_steps(const EscalationPolicy& policy,
                                               const Surroundings& around, const Period& period,
                                               const std::vector<Instant>& edges) {
  std::vector<Instant> looks{period.from};
  for (const auto at : edges)
    if (at > period.from && at < period.to) looks.push_back(at);
  std::sort(looks.begin(), looks.end());
  looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
  std::vector<UnreachableStep> found;
  for (std::size_t i = 0; i < policy.steps.size(); ++i) {
    const auto& step = policy.steps[i];
    if (names_a_role(step)) continue;
    for (const auto look : looks) {
      const auto at = taken_at(policy, step, around, look);
      if (!at || *at >= period.to || !calls_of(policy, step, false, around, *at).empty()) continue;
      found.push_back({policy.name, step.name, i + 1, *at, targets_of(step)});
      break;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const UnreachableStep& a, const UnreachableStep& b) { return a.at < b.at; });
  return found;
}

}  // namespace nines::incident
