// Opsgenie escalations: rules whose delays count from the alert on, and a repetition of them all.
#include <algorithm>
#include <map>
#include <optional>

#include "ingest/bounded.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kLongestOpsgenieWait = 30 * 1440;
constexpr std::int64_t kMostTimes = 1000;

std::optional<std::int64_t> delay_minutes(const Json* delay) {
  if (delay == nullptr) return 0;
  const auto amount = delay->is_int() ? delay->as_int() : delay->integer("timeAmount", -1);
  const auto unit = delay->is_int() ? std::string() : delay->text("timeUnit", "minutes");
  const std::int64_t scale = unit == "hours"                     ? 60
                             : unit == "days"                    ? 1440
                             : unit.empty() || unit == "minutes" ? 1
                                                                 : 0;
  if (scale == 0 || amount < 0 || amount > kLongestOpsgenieWait / scale) return std::nullopt;
  return amount * scale;
}

class Escalation {
 public:
  Escalation(const Json& json, ScheduleConverter& to)
      : json_(json),
        to_(to),
        policy_(to, json.text("name"), "escalation '" + bounded(json.text("name"), 60) + "'") {}

  void convert() {
    to_.note_unknown(json_, policy_.what(),
                     {"id", "name", "description", "ownerTeam", "rules", "repeat"});
    policy_.describe(json_.text("description"));
    std::multimap<std::int64_t, std::pair<int, const Json*>> rules;  // by their time
    int number = 0;
    for (const auto& rule : items_of(json_, "rules")) {
      const auto minutes = delay_minutes(rule.find("delay"));
      ++number;
      if (minutes)
        rules.emplace(*minutes, std::pair{number, &rule});
      else
        to_.note(what_of(number) + ": its delay cannot be read: left out");
    }
    std::optional<std::int64_t> before;
    for (const auto& [minutes, rule] : rules) {
      if (before && *before < minutes) policy_.answer_within(minutes - *before);
      if (!before || *before < minutes) policy_.step(before ? 0 : minutes);
      before = minutes;
      add_rule(*rule.second, what_of(rule.first));
    }
    add_repeat();
    policy_.finish();
  }

 private:
  std::string what_of(int number) const {
    return policy_.what() + ", rule " + std::to_string(number);
  }

  void add_rule(const Json& rule, const std::string& what) {
    to_.note_unknown(rule, what, {"id", "condition", "notifyType", "delay", "recipient"});
    if (rule.text("condition") == "if-not-closed")
      to_.note(what + ": it goes on until the alert is closed there; here an answer ends it");
    if (const auto kind = rule.text("notifyType", "default");
        kind != "default" && kind != "users" && kind != "all")
      to_.note(what + ": whom '" + bounded(kind, 40) +
               "' tells has no equal: whoever is on duty is told");
    const auto* recipient = rule.find("recipient");
    if (recipient == nullptr || !recipient->is_object())
      return to_.note(what + ": it names no recipient: left out");
    add_recipient(*recipient, what);
  }

  void add_recipient(const Json& recipient, const std::string& what) {
    const auto type = recipient.text("type"), id = recipient.text("id");
    const auto name = recipient.text("name", recipient.text("username"));
    if (type == "user") {
      const auto user = recipient.text("username", name);
      policy_.tell("person", to_.person(id.empty() ? user : id, {}, {}, user));
    } else if (type == "schedule") {
      const auto key = id.empty() ? name : id;
      const auto rota = to_.rota(key, name);
      to_.note_missing_rota(what, key, name);
      // All rotations of a schedule are on duty together: each is a role of the rota.
      const auto roles = to_.roles_of(rota);
      for (const auto& role : roles) policy_.tell("rota", rota, role);
      if (roles.empty()) policy_.tell("rota", rota);
    } else {
      to_.note(what + ": a recipient of type '" + bounded(type, 40) + "' ('" + bounded(name, 60) +
               "') is left out: teams are not in the export");
    }
  }

  void add_repeat() {
    const auto* repeat = json_.find("repeat");
    if (repeat == nullptr || !repeat->is_object()) return;
    to_.note_unknown(*repeat, policy_.what() + ", repeat",
                     {"waitInterval", "count", "resetRecipientStates", "closeAlertAfterAll"});
    for (const auto* key : {"resetRecipientStates", "closeAlertAfterAll"})
      if (repeat->boolean(key))
        to_.note(policy_.what() + ", repeat: '" + key + "' has no equal: left out");
    const auto times = repeat->integer("count"), wait = repeat->integer("waitInterval");
    if (times == 0 || wait == 0) return;  // how it says that nothing is repeated
    if (times < 0 || times > kMostTimes || wait < 0 || wait > kLongestOpsgenieWait)
      return to_.note(policy_.what() + ", repeat: its figures are out of range: left out");
    // The wait counts from the last step on: it is the time that those told there have.
    policy_.answer_within(wait);
    policy_.repeat(times);
  }

  const Json& json_;
  ScheduleConverter& to_;
  PolicyDraft policy_;
};

}  // namespace

void convert_opsgenie_policies(const Json& document, ScheduleConverter& converter) {
  for (const auto& one : items_of(document, "escalations")) Escalation(one, converter).convert();
}

}  // namespace nines::ingest
