// The escalation engine: from a policy, where an incident stands in it, and the time, what is due.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "domain/incident/escalation_policy.hpp"

namespace nines::incident {

enum class Phase : std::uint8_t { running, acknowledged, exhausted };
std::string_view to_string(Phase phase);
std::optional<Phase> phase_from(std::string_view text);

/// Where an incident stands in its policy. Everything in it is on record.
struct EscalationState {
  std::string policy;
  std::string version;  ///< digest of the definition it began with: later edits change nothing
  Phase phase = Phase::running;
  Severity severity = Severity::undetermined;  ///< it was escalated by
  Instant since;                               ///< the delay of the next step counts from here
  Instant cycle_started;                       ///< when the present pass through the steps began
  std::int64_t cycle = 0;
  std::int64_t step = 0;          ///< index of the next step
  bool raised = false;            ///< a low urgency became a high one
  std::vector<std::string> told;  ///< since the last restart, each once
  std::vector<std::string> answered;
  std::optional<Instant> acknowledged_at;
  std::vector<std::string> walked;  ///< policies that handed over to this one

  friend bool operator==(const EscalationState&, const EscalationState&) = default;
};

Json to_json(const EscalationState& state);
EscalationState escalation_state_from(const Json& json);

/// What a policy's names stand for.
struct Surroundings {
  /// Who answers to a target then, in order; empty when nobody does.
  std::function<std::vector<std::string>(const Target& target, Instant at)> people;
  /// The zone a person lives in, where it is known.
  std::function<std::optional<Zone>(const std::string& person)> zone_of;
  /// A policy to hand over to, and the version of it; null when it is not recorded.
  std::function<const EscalationPolicy*(const std::string& name, std::string& version)> policy;
  /// Whom a round robin told last, by "policy/step".
  std::map<std::string, std::string> last_told;
  std::vector<Instant> triggers;  ///< the opening, and the alerts that came in
};

struct Call {
  std::string person;
  std::string channel;
  Target target;  ///< whom the policy named

  friend bool operator==(const Call&, const Call&) = default;
};

enum class Happening : std::uint8_t {
  paged,
  passed_over,     ///< a step for other hours
  nobody,          ///< a step whose targets are nobody just then
  raised,          ///< from a low urgency to a high one
  repeated,        ///< all steps begin again
  unacknowledged,  ///< the answer timed out
  restarted,       ///< the severity got worse, or somebody asked for it again
  handed_off,
  exhausted
};
std::string_view to_string(Happening happening);

struct Occurrence {
  Happening what = Happening::paged;
  Instant at;
  std::string policy;
  std::string step;  ///< its name; empty where it is about no step
  std::int64_t cycle = 0;
  std::vector<Call> calls;  ///< of `paged`
  bool in_turn = false;     ///< chosen by round robin
  std::string why;          ///< "SEV-1, inside the hours"
};

/// What is due at one instant, and when to look again.
struct EscalationMove {
  std::vector<Occurrence> occurred;
  EscalationState after;
  std::optional<Instant> wake;  ///< nothing: time alone changes nothing
  std::string waiting;          ///< for what: "step 2 (manager) in 10m unless somebody answers"
};

/// A run of `policy` that begins now.
EscalationState start_escalation(const EscalationPolicy& policy, std::string version,
                                 Severity severity, Instant now);

/// Everything that is due at `now`. `severity` is the incident's of now; a worse one than before
/// starts anew, an unknown one counts as SEV-1. Waits count from when a step was taken, not from
/// when it was due: whoever is told late still has their time to answer.
EscalationMove decide(const EscalationPolicy& policy, const EscalationState& state,
                      Severity severity, Surroundings& around, Instant now);

/// The same when a person asks for the next step at once: no wait holds it back, an answer neither;
/// an exhausted policy begins again.
EscalationMove decide_at_once(const EscalationPolicy& policy, const EscalationState& state,
                              Severity severity, Surroundings& around, Instant now);

/// One person's answer. With `all`, the escalation rests once everybody told has answered.
EscalationState acknowledge(const EscalationPolicy& policy, EscalationState state,
                            const std::string& person, Instant at);

/// The severity that steps are chosen by: an unknown one is taken for the worst.
Severity escalated_as(Severity severity);

}  // namespace nines::incident
