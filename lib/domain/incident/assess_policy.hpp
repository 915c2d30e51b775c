// What an organisation decided beforehand about incidents: how severe, who is told, what it costs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

/// What a rule can ask about.
enum class Subject : std::uint8_t {
  burn_rate,      ///< times the budget's pace, over a window
  budget_spent,   ///< percent of the budget so far
  reach,          ///< users affected
  tier,           ///< of the service: 0 is the most important
  data_exposure,  ///< 1: personal data may have got out; 0: not
  lost_revenue    ///< money, in the policy's currency
};
std::string_view to_string(Subject subject);  ///< as the policy writes it: "burnRate"
std::optional<Subject> subject_from(std::string_view text);
std::vector<std::string_view> subject_names();
std::string_view words_for(Subject subject);  ///< "burn rate"

enum class Comparator : std::uint8_t { at_least, above, at_most, below, is };
std::string_view words_for(Comparator comparator);  ///< "at least"

struct Condition {
  Subject subject = Subject::burn_rate;
  std::chrono::minutes window{60};  ///< of burn rates: 5m 30m 1h 2h 6h 1d 3d
  Comparator comparator = Comparator::at_least;
  Decimal value;

  friend bool operator==(const Condition&, const Condition&) = default;
};
/// "burn rate over 1h above 14.4", "data exposure is yes".
std::string describe(const Condition& condition);
/// Names the fact alone: "burn rate over 1h".
std::string describe_subject(const Condition& condition);

struct Effect {
  std::optional<Severity> severity;
  bool incident = false;
  bool war_room = false;
  std::vector<std::string> tell;  ///< roles: "executives"

  friend bool operator==(const Effect&, const Effect&) = default;
};

/// Fires when each condition of `all` holds and, where `any` has some, one of those.
struct Rule {
  std::string name;
  std::vector<Condition> all;
  std::vector<Condition> any;
  Effect effect;

  friend bool operator==(const Rule&, const Rule&) = default;
};

/// A role with the people in it, in the order in which they are called.
struct CalledRole {
  std::string name;  ///< "executives"
  std::vector<std::string> people;

  friend bool operator==(const CalledRole&, const CalledRole&) = default;
};

/// What a failed transaction costs.
struct TransactionValue {
  Decimal amount;
  std::string currency;
  std::string source;
  Decimal recovered_low{0, 0};  ///< share of failed transactions that come back, at least
  Decimal recovered_high{0, 0};
  std::string recovered_source = {};
  std::vector<std::string> slos =
      {};  ///< whose bad events are failed transactions; empty: see impact

  friend bool operator==(const TransactionValue&, const TransactionValue&) = default;
};

/// Passing it calls a role, once per incident.
struct Threshold {
  enum class Of : std::uint8_t { lost_revenue, failed, reach, minutes };
  std::string name;
  Of of = Of::lost_revenue;
  Decimal at_least;
  std::string call;  ///< role
  Micros within = std::chrono::minutes{15};

  friend bool operator==(const Threshold&, const Threshold&) = default;
};
std::string_view to_string(Threshold::Of of);  ///< "lostRevenue"
std::optional<Threshold::Of> threshold_of(std::string_view text);
std::vector<std::string_view> threshold_names();

/// How often people are told, by severity.
struct Cadence {
  Severity severity = Severity::undetermined;
  Micros every{0};

  friend bool operator==(const Cadence&, const Cadence&) = default;
};

struct AssessPolicy {
  std::string name;
  std::string description;
  std::vector<Rule> rules;
  std::vector<CalledRole> roles;
  std::optional<TransactionValue> transaction;
  std::vector<Threshold> thresholds;
  std::vector<Cadence> cadence;
  /// What others' words for severity mean here, in lower case; they go before the usual ones.
  std::map<std::string, Severity, std::less<>> severity_words;

  const CalledRole* find_role(std::string_view role) const;
  friend bool operator==(const AssessPolicy&, const AssessPolicy&) = default;
};

}  // namespace nines::incident
