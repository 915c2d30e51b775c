// Whether a change may go out: the rules of a policy over what the budgets say, with every reason.
//
// Unknown is never no: a rule whose facts cannot be told neither fires nor passes, and what that
// means is for the policy to say. Reference for the rules' shape: the error budget policy of the
// SRE Workbook.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/log/attestation.hpp"
#include "domain/remediate/gate_policy.hpp"

namespace nines::remediate {

/// What is known of one objective.
struct GateObjective {
  std::string slo;
  std::string objective;  ///< its display name or id, where the SLO has several; else empty
  std::string service;
  std::uint64_t events = 0;          ///< that were counted in the window
  std::uint64_t fewest = 0;          ///< events that make room for one bad one; 0: not known
  std::optional<double> spent;       ///< percent of the budget so far; may exceed 100
  std::string problem;               ///< why `spent` is empty
  std::optional<Instant> data_to;    ///< one past the last minute with data
  Micros data_limit{0};              ///< how old it may be by the SLO's own word
  std::vector<std::pair<std::chrono::minutes, double>> burns;  ///< those that are known
  std::optional<double> unanswered;  ///< percent, of the worst such incident; empty: none, or see
                                     ///< `spent`
  std::string unanswered_incident;

  std::string label() const;  ///< "checkout-availability", "… (99.9 %)"
  friend bool operator==(const GateObjective&, const GateObjective&) = default;
};

/// What is known of one service; a record that is not there is none.
struct GateService {
  std::string name;
  incident::Severity worst = incident::Severity::undetermined;  ///< known of its open incidents
  std::string undetermined;          ///< name of an open one whose severity nobody stated
  std::vector<std::string> open;     ///< names of its open incidents, the worst first
  std::vector<std::string> overdue;  ///< names of its late actions

  friend bool operator==(const GateService&, const GateService&) = default;
};

/// A decision to let changes through all the same, for some time.
struct GateOverride {
  Uid uid;
  std::string name;  ///< "OVR-2"; given by the store
  std::string policy;
  std::vector<std::string> rules;     ///< empty: all of the policy, but no freeze
  std::vector<std::string> services;  ///< empty: all
  std::string by;
  std::string because;
  Instant at;
  Instant until;
  log::Authentication proof = {};  ///< of `by`; not part of the event

  bool live(Instant now) const { return at <= now && now < until; }
  friend bool operator==(const GateOverride&, const GateOverride&) = default;
};

/// The body of the event that records it; `gate_override_from` reads it back.
Json to_json(const GateOverride& one);
std::optional<GateOverride> gate_override_from(const Json& json);

/// A stretch in which changes rest, already placed on the UTC axis.
struct GateFreeze {
  std::string name;
  std::string why;
  std::vector<std::string> services;  ///< empty: all
  std::vector<std::string> exempt;    ///< types of change that may go out all the same
  Instant from;
  Instant to;

  friend bool operator==(const GateFreeze&, const GateFreeze&) = default;
};

/// What overrides call the freeze: "freeze christmas".
std::string freeze_rule(std::string_view name);

struct GateFacts {
  Instant at;                             ///< when they were gathered
  std::vector<GateObjective> objectives;  ///< by SLO
  std::vector<GateService> services;      ///< by name
  std::vector<GateOverride> overrides;
  std::vector<GateFreeze> freezes;  ///< by start

  friend bool operator==(const GateFacts&, const GateFacts&) = default;
};

struct GateRequest {
  std::vector<std::string> services;  ///< that the change touches; empty: all the policy is about
  std::string type;                   ///< "feature", "security"; empty: not said
};

enum class GateOutcome : std::uint8_t { allow, approval, blocked, undecided };
std::string_view to_string(GateOutcome outcome);  ///< "needs-approval" for approval

enum class GateState : std::uint8_t {
  passed,      ///< its conditions do not hold
  fired,       ///< they hold: it stops the change
  unknown,     ///< not to be told
  exempt,      ///< they hold, and this type of change may go out all the same
  overridden   ///< they hold, and somebody let it through
};
std::string_view to_string(GateState state);

/// What one rule says of one objective or service.
struct GateReason {
  std::string rule;   ///< name; "freeze NAME" of a freeze
  std::string about;  ///< objective or service
  GateEffect effect = GateEffect::block;
  GateState state = GateState::passed;
  std::string text;         ///< "budget spent 143 %, the limit is 100 %"
  std::string override_by;  ///< name of the override that holds
  std::string why;          ///< the rule's own
};

struct GateVerdict {
  GateOutcome outcome = GateOutcome::allow;
  std::vector<GateReason> reasons;  ///< what stops first, then unknown, exempt, overridden, passed
  std::vector<std::string> notes;   ///< overrides that do not count, and why
  bool by_rule_of_unknown = false;  ///< allowed or blocked because the policy says so of unknown
};

/// `facts` may be older than `now`: data and overrides are held against `now`.
GateVerdict judge_gate(const BudgetPolicy& policy, const GateFacts& facts,
                       const GateRequest& request, Instant now);

/// Facts as they travel in a signed snapshot. `gate_facts_from` is empty for what is none.
Json to_json(const GateFacts& facts);
std::optional<GateFacts> gate_facts_from(const Json& json);

}  // namespace nines::remediate
