// Is this an incident, how severe, is a war room due, who is told: rules over known and unknown
// facts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/assess_policy.hpp"

namespace nines::incident {

/// Strong three-valued logic (Kleene): unknown is neither yes nor no.
enum class Truth : std::uint8_t { no, unknown, yes };
std::string_view to_string(Truth truth);  ///< "no", "undecided", "yes"
Truth both(Truth a, Truth b);
Truth either(Truth a, Truth b);

/// A fact as an interval: a side that is missing is not known.
struct Known {
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  std::string source;  ///< where it comes from, or why it is not known

  static Known exactly(Decimal value, std::string source) {
    return {value, value, std::move(source)};
  }
  bool unknown() const { return !low && !high; }
  bool exact() const { return low && high && *low == *high; }
  std::string text() const;  ///< "14.4", "3 to 5", "at least 3", "not known"
};

struct AssessFacts {
  std::map<std::chrono::minutes, Known> burn_rates;
  Known budget_spent, reach, tier, data_exposure, lost_revenue;

  /// What a condition asks about; unknown where nothing is on record.
  const Known& of(const Condition& condition) const;
};

struct ConditionResult {
  Condition condition;
  Known input;
  Truth truth = Truth::unknown;
};
struct RuleResult {
  Rule rule;
  Truth truth = Truth::unknown;
  std::vector<ConditionResult> all;
  std::vector<ConditionResult> any;
};

struct Judgement {
  std::vector<RuleResult> rules;
  std::optional<Severity> severity;  ///< the worst of the rules that fired
  std::optional<Severity> could_be;  ///< a worse one, of a rule that may still fire
  Truth incident = Truth::no;
  Truth war_room = Truth::no;
  std::map<std::string, Truth> tell;  ///< by role; roles that no rule names are not in it
  /// Facts that would decide what is undecided, those of most rules first.
  std::vector<Condition> deciding;

  bool undecided() const { return !deciding.empty(); }
};

Truth judge(const Condition& condition, const Known& fact);
Judgement judge(const AssessPolicy& policy, const AssessFacts& facts);

/// "SEV-2, incident, war room; tell executives, legal"; with "undecided" where it is.
std::string summary(const Judgement& judgement);

}  // namespace nines::incident
