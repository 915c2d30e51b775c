// What the fields of an escalation policy mean together: waits, targets, reach, hours.
#include "yaml/escalation_policy_rules.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"

namespace nines::yaml {

namespace {

using incident::Hours;
using incident::next_outside;

using slo::Code;

constexpr std::string_view kTargetKinds[] = {"person", "rota", "team", "role"};

/// The kind of document that a target names; empty for roles, which only incidents have.
std::string_view document_of(std::string_view target) {
  if (target == "person") return "Person";
  if (target == "rota") return "Rota";
  return target == "team" ? "Team" : "";
}

bool mentions_hours(const Node& step) { return is_set(step, "hours") || is_set(step, "waitUntil"); }

void require_hours(Checker& checker, const Node& at, std::string_view what) {
  checker.error(Code::hours_missing, at, std::string(what) + " needs 'hours', which are missing",
                "add 'hours' with a zone and windows to the spec");
}

/// Whether the hours leave no minute of a week out, holidays apart.
bool always_open(const Hours& hours) {
  if (!hours.holidays.empty() || !hours.calendars.empty()) return false;
  const std::chrono::local_days monday{std::chrono::days(4)};  // 1970-01-05
  const Instant start{(monday - std::chrono::local_days{})};
  const auto gap = next_outside(hours, Zone::utc(), start);
  return !gap || *gap > start + std::chrono::days(7);
}

void check_names_once(Checker& checker, const Node& steps) {
  std::set<std::string_view> seen;
  int index = 0;
  for (const Node& step : steps.items()) {
    const Checker::Step at(checker, index++);
    const Node* name = child(&step, "name");
    if (name == nullptr || !name->is_scalar() || seen.insert(name->text).second) continue;
    checker.error(Code::duplicate_name, *name, "step " + shown(*name) + " stands twice",
                  "round robin remembers by the name of a step: give each its own");
  }
}

/// A last step without time to answer would be followed by the end, or the first one, at once.
void check_last_wait(Checker& checker, const Node& steps) {
  const Node* last = nullptr;
  for (const Node& step : steps.items()) last = &step;
  if (last == nullptr || !last->is_mapping()) return;
  const Checker::Step at(checker, static_cast<int>(steps.count) - 1);
  const Node* within = child(last, "acknowledgeWithin");
  const auto time = within != nullptr && within->is_scalar() ? parse_duration(within->text)
                                                             : std::optional(Micros{0});
  if (!time || time->count() > 0) return;
  checker.error(Code::missing_wait, within != nullptr ? *within : first_of(*last),
                "the last step leaves no time to answer",
                "add 'acknowledgeWithin', such as 10m: the policy is exhausted, or begins again, "
                "only after it");
}

void check_severities(Checker& checker, const Node& map, const Node& steps) {
  std::set<incident::Severity> served;
  for (const Node& step : steps.items()) {
    if (!is_set(step, "severities")) return;
    for (const auto severity : severities_of(&step, "severities")) served.insert(severity);
  }
  std::string missing;
  for (const auto severity :
       {incident::Severity::sev1, incident::Severity::sev2, incident::Severity::sev3,
        incident::Severity::sev4, incident::Severity::sev5}) {
    if (served.contains(severity)) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(to_string(severity));
  }
  if (missing.empty() || steps.count == 0) return;
  checker.advise(Code::no_step_for_severity, key_or(map, "steps"),
                 "no step is for " + missing + ": nobody would be told",
                 "add the severity to a step, or leave 'severities' out of one");
}

void check_reach(Checker& checker, const Node& map, const Node& steps, bool open_always) {
  int index = 0;
  for (const Node& step : steps.items()) {
    const Checker::Step at(checker, index++);
    for (const auto* name : {"hours", "waitUntil"}) {
      const Node* value = child(&step, name);
      if (!open_always || value == nullptr || value->text != "outside") continue;
      checker.advise(Code::unreachable_step, *value,
                     "the hours never close, so no incident comes to this step",
                     "leave '" + std::string(name) + "' out, or mend the hours");
    }
  }
  const Node* repeat = child(&map, "repeat");
  const Node* endless = child(repeat, "untilAcknowledged");
  const Node* handoff = child(&map, "handoff");
  if (handoff != nullptr && endless != nullptr && endless->is_true())
    checker.advise(Code::unreachable_step, key_or(map, "handoff"),
                   "the policy repeats until somebody answers, so it never hands over",
                   "set 'repeat.times' instead, or leave 'handoff' out");
}

}  // namespace

void check_escalation_target(Checker& checker, const Node& map) {
  std::vector<std::string_view> given;
  for (const auto kind : kTargetKinds)
    if (is_set(map, kind) && !(kind == "role" && is_set(map, "rota"))) given.push_back(kind);
  if (given.size() != 1) {
    checker.error(Code::one_of, given.empty() ? first_of(map) : *map.find_key(given[1]),
                  given.empty()
                      ? "nobody is named"
                      : "both '" + std::string(given[0]) + "' and '" + std::string(given[1]) + "'",
                  "a target is exactly one of person, rota, team, role");
    return;
  }
  const auto kind = document_of(given.front());
  if (kind.empty()) return;
  const Checker::Step step(checker, given.front());
  checker.refer(std::string(kind), *map.find(given.front()), {}, true);
}

void check_escalation_step(Checker& checker, const Node& map) {
  if (!is_set(map, "delay"))
    checker.error(Code::missing_wait, first_of(map), "the step does not say how long to wait",
                  "add 'delay', such as 10m, or 0s to go to it at once");
  const Node* notify = child(&map, "notify");
  if (notify == nullptr || (notify->is_sequence() && notify->count == 0))
    checker.error(Code::empty_targets, key_or(map, "notify"), "the step tells nobody",
                  "name a person, rota, team or role: notify: [{rota: shop-primary}]");
}

void check_escalation_repeat(Checker& checker, const Node& map) {
  const Node* endless = child(&map, "untilAcknowledged");
  if (endless != nullptr && endless->is_true() && is_set(map, "times"))
    checker.error(Code::one_of, *map.find_key("times"), "both 'times' and 'untilAcknowledged'",
                  "the steps are repeated a number of times, or until somebody answers");
}

void check_escalation_policy(Checker& checker, const Node& map) {
  const Node* hours = child(&map, "hours");
  const Node* urgency = child(&map, "urgency");
  if (hours == nullptr && urgency != nullptr)
    require_hours(checker, key_or(map, "urgency"), "what waits for hours to open");
  if (const Node* handoff = child(&map, "handoff")) {
    const Checker::Step step(checker, "handoff");
    checker.refer("EscalationPolicy", *handoff, {}, true);
  }
  const Node* steps = child(&map, "steps");
  if (steps == nullptr || !steps->is_sequence()) return;
  const Checker::Step step(checker, "steps");
  if (steps->count == 0)
    checker.error(Code::empty_targets, *steps, "the policy has no steps",
                  "add one with name, delay and notify");
  check_names_once(checker, *steps);
  check_last_wait(checker, *steps);
  check_severities(checker, map, *steps);
  int index = 0;
  for (const Node& one : steps->items()) {
    const Checker::Step at(checker, index++);
    if (hours == nullptr && one.is_mapping() && mentions_hours(one))
      require_hours(checker, key_or(one, is_set(one, "hours") ? "hours" : "waitUntil"),
                    "a step by hours");
  }
  check_reach(checker, map, *steps, hours != nullptr && always_open(read_hours(*hours)));
}

}  // namespace nines::yaml
