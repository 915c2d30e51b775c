// What an organisation decided beforehand about changes while an error budget is spent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "domain/incident/model.hpp"

namespace nines::remediate {

/// What a rule can ask about; the first three are told per objective, the others per service.
enum class GateFact : std::uint8_t {
  budget_spent,         ///< percent of the budget so far
  burn_rate,            ///< times the budget's pace, over a window
  unanswered_incident,  ///< percent of the whole window's budget that one incident spent for which
                        ///< no action is on record
  open_incident,        ///< an incident of at least that severity is not resolved
  overdue_actions       ///< how many actions of the service are late
};
std::string_view to_string(GateFact fact);  ///< as the policy writes it: "budgetSpentPercent"
std::optional<GateFact> gate_fact_from(std::string_view text);
constexpr bool of_objective(GateFact fact) { return fact <= GateFact::unanswered_incident; }

struct GateCondition {
  GateFact fact = GateFact::budget_spent;
  std::chrono::minutes window{60};  ///< of burn rates: 5m 30m 1h 2h 6h 1d 3d
  Decimal at_least{100, 0};         ///< not of open incidents
  incident::Severity severity = incident::Severity::undetermined;  ///< of open incidents alone

  friend bool operator==(const GateCondition&, const GateCondition&) = default;
};
/// "budget spent >= 100 %", "burn rate over 1h >= 14.4", "an incident of SEV-2 or worse is open".
std::string describe(const GateCondition& condition);

enum class GateEffect : std::uint8_t { approval, block };
std::string_view to_string(GateEffect effect);
std::optional<GateEffect> gate_effect_from(std::string_view text);

/// What it means that a fact cannot be told: too little data, or too old.
enum class WhenUnknown : std::uint8_t { undecided, allow, block };
std::string_view to_string(WhenUnknown when);
std::optional<WhenUnknown> when_unknown_from(std::string_view text);

/// Fires for an objective (or a service without one) for which every condition holds.
struct GateRule {
  std::string name;
  std::string why;  ///< for the person who is stopped
  std::vector<GateCondition> when;
  GateEffect effect = GateEffect::block;
  std::vector<std::string> exempt;     ///< types of change that it never stops
  std::vector<std::string> approvers;  ///< who may override it; empty: anybody

  friend bool operator==(const GateRule&, const GateRule&) = default;
};

struct BudgetPolicy {
  std::string name;
  std::string description;
  std::vector<std::string> services;  ///< that it is about; empty with no `slos`: all
  std::vector<std::string> slos;
  std::vector<GateRule> rules;
  WhenUnknown when_unknown = WhenUnknown::undecided;
  std::optional<Micros> longest_data_age;  ///< empty: each SLO's own limit
  std::uint64_t fewest_events = 0;  ///< 0: as many as make room for one bad event in the budget
  std::optional<Micros> longest_override;
  Micros longest_snapshot_age = std::chrono::hours{24};

  friend bool operator==(const BudgetPolicy&, const BudgetPolicy&) = default;
};

}  // namespace nines::remediate
