// PagerDuty escalation policies: rules with targets and a delay, gone through in loops.
#include "ingest/bounded.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kLongestPagerDutyWait = 7 * 1440;
constexpr std::int64_t kMostLoops = 1000;

void add_rule(const Json& rule, int number, PolicyDraft& policy, ScheduleConverter& to) {
  const auto what = policy.what() + ", rule " + std::to_string(number);
  to.note_unknown(
      rule, what,
      {"id", "escalation_delay_in_minutes", "targets", "escalation_rule_assignment_strategy"});
  policy.step();
  for (const auto& target : items_of(rule, "targets")) {
    const auto type = target.text("type"), id = target.text("id");
    const auto name = target.text("summary", target.text("name"));
    if (id.empty()) {
      to.note(what + ": a target without 'id' is left out");
    } else if (type.starts_with("user")) {
      policy.tell("person", to.person(id, name, {}, {}));
    } else if (type.starts_with("schedule")) {
      policy.tell("rota", to.rota(id, name));
      to.note_missing_rota(what, id, name);
    } else {
      to.note(what + ": a target of type '" + bounded(type, 40) + "' has no equal: left out");
    }
  }
  const auto minutes = rule.integer("escalation_delay_in_minutes");
  if (minutes >= 1 && minutes <= kLongestPagerDutyWait)
    policy.answer_within(minutes);
  else
    to.note(what + ": its delay cannot be read: left out");
  const auto* strategy = rule.find("escalation_rule_assignment_strategy");
  const auto kind = strategy == nullptr     ? std::string()
                    : strategy->is_string() ? strategy->as_string()
                                            : strategy->text("type");
  if (kind == "round_robin")
    policy.set_in_step("roundRobin", true);
  else if (!kind.empty() && kind != "assign_to_everyone")
    to.note(what + ": strategy '" + bounded(kind, 40) + "' has no equal: everybody is told");
}

void add_policy(const Json& json, ScheduleConverter& to) {
  const auto title = json.text("name", json.text("summary"));
  PolicyDraft policy(to, title, "policy '" + bounded(title, 60) + "'");
  to.note_unknown(json, policy.what(),
                  {"id", "type", "summary", "self", "html_url", "name", "description", "num_loops",
                   "on_call_handoff_notifications", "escalation_rules", "services", "teams"});
  policy.describe(json.text("description"));
  int number = 0;
  for (const auto& rule : items_of(json, "escalation_rules")) add_rule(rule, ++number, policy, to);
  const auto loops = json.integer("num_loops");
  if (loops >= 1 && loops <= kMostLoops)
    policy.repeat(loops);
  else if (loops != 0)
    to.note(policy.what() + ": its 'num_loops' is out of range: left out");
  if (json.text("on_call_handoff_notifications") == "always")
    to.note(policy.what() + ": notifications of handoffs have no equal: left out");
  for (const auto& service : items_of(json, "services"))
    to.note(policy.what() + ": it is for service '" +
            bounded(service.text("summary", service.text("name", service.text("id"))), 60) +
            "' there: name the ones here in 'services'");
  policy.finish();
}

}  // namespace

void convert_pagerduty_policies(const Json& document, ScheduleConverter& converter) {
  for (const auto& policy : items_of(document, "escalation_policies"))
    add_policy(policy, converter);
}

}  // namespace nines::ingest
