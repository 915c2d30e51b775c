// An escalation's state as JSON, and the two ways in which it changes from outside.
#include "domain/incident/escalation.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<Phase, 3> kPhases{{"running", "acknowledged", "exhausted"}};
constexpr EnumNames<Happening, 9> kHappenings{{"paged", "passed-over", "nobody", "raised",
                                               "repeated", "unacknowledged", "restarted",
                                               "handed-off", "exhausted"}};

Json names_json(const std::vector<std::string>& names) {
  auto list = Json::array();
  for (const auto& name : names) list.push(name);
  return list;
}

std::vector<std::string> names_from(const Json& json, std::string_view key) {
  std::vector<std::string> names;
  const auto* list = json.find(key);
  if (list == nullptr || !list->is_array()) return names;
  for (const auto& name : list->as_array())
    if (name.is_string()) names.push_back(name.as_string());
  return names;
}

}  // namespace

std::string_view to_string(Phase phase) { return kPhases.of(phase); }
std::optional<Phase> phase_from(std::string_view text) { return kPhases.find(text); }
std::string_view to_string(Happening happening) { return kHappenings.of(happening); }

Json to_json(const EscalationState& state) {
  auto json = Json::object({{"policy", state.policy},
                            {"version", state.version},
                            {"phase", to_string(state.phase)},
                            {"severity", to_string(state.severity)},
                            {"since_us", epoch_micros(state.since)},
                            {"cycle_started_us", epoch_micros(state.cycle_started)},
                            {"cycle", state.cycle},
                            {"step", state.step},
                            {"raised", state.raised},
                            {"told", names_json(state.told)},
                            {"answered", names_json(state.answered)},
                            {"walked", names_json(state.walked)}});
  if (state.acknowledged_at) json.set("acknowledged_us", epoch_micros(*state.acknowledged_at));
  return json;
}

EscalationState escalation_state_from(const Json& json) {
  EscalationState state;
  state.policy = json.text("policy");
  state.version = json.text("version");
  state.phase = phase_from(json.text("phase")).value_or(Phase::running);
  state.severity = severity_from(json.text("severity")).value_or(Severity::undetermined);
  state.since = from_epoch_micros(json.integer("since_us"));
  state.cycle_started = from_epoch_micros(json.integer("cycle_started_us"));
  state.cycle = json.integer("cycle");
  state.step = std::max<std::int64_t>(0, json.integer("step"));
  state.raised = json.boolean("raised");
  state.told = names_from(json, "told");
  state.answered = names_from(json, "answered");
  state.walked = names_from(json, "walked");
  if (json.find("acknowledged_us") != nullptr)
    state.acknowledged_at = from_epoch_micros(json.integer("acknowledged_us"));
  return state;
}

EscalationState start_escalation(const EscalationPolicy& policy, std::string version,
                                 Severity severity, Instant now) {
  EscalationState state;
  state.policy = policy.name;
  state.version = std::move(version);
  state.severity = severity;
  state.since = state.cycle_started = now;
  return state;
}

EscalationState acknowledge(const EscalationPolicy& policy, EscalationState state,
                            const std::string& person, Instant at) {
  const auto answered = [&](const std::string& name) {
    return std::find(state.answered.begin(), state.answered.end(), name) != state.answered.end();
  };
  if (!answered(person)) state.answered.push_back(person);
  const bool everybody = std::all_of(state.told.begin(), state.told.end(), answered);
  if (policy.ack_mode == AckMode::all && !everybody) return state;
  state.phase = Phase::acknowledged;
  state.acknowledged_at = at;
  return state;
}

Severity escalated_as(Severity severity) {
  return severity == Severity::undetermined ? Severity::sev1 : severity;
}

}  // namespace nines::incident
