// The words of an error budget policy, and how its conditions read.
#include "domain/remediate/gate_policy.hpp"

#include <fmt/core.h>

#include "base/enum_names.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<GateFact, 5> kGateFacts{
    {"budgetSpentPercent", "burnRate", "unansweredIncidentPercent", "openIncident",
     "overdueActions"}};
constexpr EnumNames<GateEffect, 2> kGateEffects{{"approval", "block"}};
constexpr EnumNames<WhenUnknown, 3> kWhenUnknown{{"undecided", "allow", "block"}};

}  // namespace

std::string_view to_string(GateFact fact) { return kGateFacts.of(fact); }
std::optional<GateFact> gate_fact_from(std::string_view text) { return kGateFacts.find(text); }
std::string_view to_string(GateEffect effect) { return kGateEffects.of(effect); }
std::optional<GateEffect> gate_effect_from(std::string_view text) {
  return kGateEffects.find(text);
}
std::string_view to_string(WhenUnknown when) { return kWhenUnknown.of(when); }
std::optional<WhenUnknown> when_unknown_from(std::string_view text) {
  return kWhenUnknown.find(text);
}

std::string describe(const GateCondition& condition) {
  const auto limit = condition.at_least.to_string();
  switch (condition.fact) {
    case GateFact::budget_spent:
      return "budget spent >= " + limit + " %";
    case GateFact::burn_rate:
      return fmt::format("burn rate over {} >= {}", format_duration(Micros{condition.window}),
                         limit);
    case GateFact::unanswered_incident:
      return "an incident without an action spent >= " + limit + " % of the budget";
    case GateFact::open_incident:
      return fmt::format("an incident of {} or worse is open",
                         incident::to_string(condition.severity));
    case GateFact::overdue_actions:
      break;
  }
  return "late actions >= " + limit;
}

}  // namespace nines::remediate
