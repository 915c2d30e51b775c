// Names of a policy's words, and which step is for which severity.
#include "domain/incident/escalation_policy.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<TargetKind, 4> kTargetKinds{{"person", "rota", "team", "role"}};
constexpr EnumNames<AckMode, 2> kAckModes{{"first", "all"}};
constexpr EnumNames<When, 3> kWhens{{"always", "inside", "outside"}};

}  // namespace

std::string_view to_string(TargetKind kind) { return kTargetKinds.of(kind); }
std::string_view to_string(AckMode mode) { return kAckModes.of(mode); }
std::string_view to_string(When when) { return kWhens.of(when); }
std::optional<TargetKind> target_kind_from(std::string_view text) {
  return kTargetKinds.find(text);
}
std::optional<When> when_from(std::string_view text) { return kWhens.find(text); }

std::string describe(const Target& target) {
  return std::string(to_string(target.kind)) + " " + target.name +
         (target.rota_role.empty() ? "" : ", " + target.rota_role);
}

bool EscalationStep::applies_to(Severity severity) const {
  return severities.empty() ||
         std::find(severities.begin(), severities.end(), severity) != severities.end();
}

bool EscalationPolicy::is_low(Severity severity) const {
  return std::find(low_urgency.begin(), low_urgency.end(), severity) != low_urgency.end();
}

}  // namespace nines::incident
