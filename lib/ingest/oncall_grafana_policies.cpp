// Grafana OnCall escalation chains: waits, people, schedules and conditions one after another.
#include <algorithm>
#include <map>
#include <optional>

#include "ingest/bounded.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kMostSeconds = 30 * 86'400;
constexpr std::int64_t kMostAlerts = 1'000'000;
constexpr std::int64_t kLongestGrafanaWait = 30 * 1440;
/// A repetition is gone through so often there, whatever the chain says.
constexpr std::int64_t kRepeats = 5;

/// "09:00" of "09:00:00Z"; empty for anything else.
std::string clock_of(const std::string& text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() < 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return {};
  return text.substr(0, 5);
}

class PolicyChain {
 public:
  PolicyChain(const Json& chain, const std::map<std::string, const Json*>& users,
              const std::map<std::string, const Json*>& schedules, ScheduleConverter& to)
      : users_(users),
        schedules_(schedules),
        to_(to),
        policy_(to, chain.text("name"), "chain '" + bounded(chain.text("name"), 60) + "'") {
    to_.note_unknown(chain, policy_.what(), {"id", "name", "team_id"});
  }

  void take(const Json& step) {
    const auto type = step.text("type");
    what_ = policy_.what() + ", step '" + bounded(type, 60) + "'";
    to_.note_unknown(
        step, what_,
        {"id", "escalation_chain_id", "position", "type", "duration", "important",
         "persons_to_notify", "persons_to_notify_next_each_time", "notify_on_call_from_schedule",
         "group_to_notify", "action_to_trigger", "notify_if_time_from", "notify_if_time_to",
         "num_alerts_in_window", "num_minutes_in_window", "notify_to_team_members", "severity"});
    if (repeated_)
      return to_.note(what_ + ": it stands behind the repetition, and is never come to: left out");
    if (step.boolean("important"))
      to_.note(what_ + ": 'important' has no equal: give the step a channel of its own");
    if (type == "wait") return wait(step);
    if (type == "notify_persons") return tell_people(step, "persons_to_notify", false);
    if (type == "notify_person_next_each_time")
      return tell_people(step, "persons_to_notify_next_each_time", true);
    if (type == "notify_on_call_from_schedule") return tell_schedule(step);
    if (type == "notify_if_time_from_to") return wait_until(step);
    if (type == "notify_if_num_alerts_in_window") return pause(step);
    if (type == "repeat_escalation") {
      repeated_ = true;
      policy_.repeat(kRepeats);
      return;
    }
    to_.note(what_ + ": a step of its type has no equal: left out");
  }

  void finish() {
    if (condition_) to_.note(policy_.what() + ": a condition that no step follows is left out");
    if (policy_.has_steps()) policy_.answer_within(waited_);
    policy_.finish();
  }

 private:
  void wait(const Json& step) {
    const auto seconds = step.integer("duration", -1);
    if (seconds < 0 || seconds > kMostSeconds)
      return to_.note(what_ + ": its duration cannot be read: left out");
    if (seconds % 60 != 0)
      to_.note(what_ + ": " + std::to_string(seconds) + " seconds are taken as whole minutes");
    waited_ += std::max<std::int64_t>(seconds > 0 ? 1 : 0, seconds / 60);
  }

  /// The time waited is what those told before have to answer; before the first step it is a delay.
  void begin_step() {
    const auto first = !policy_.has_steps();
    if (!first) policy_.answer_within(waited_);
    policy_.step(first ? waited_ : 0);
    waited_ = 0;
    if (until_hours_) policy_.set_in_step("waitUntil", "inside");
    if (threshold_) policy_.set_in_step("threshold", *threshold_);
    until_hours_ = condition_ = false;
    threshold_.reset();
  }

  void tell_people(const Json& step, std::string_view key, bool in_turn) {
    const auto& people = items_of(step, key);
    if (people.empty()) return to_.note(what_ + ": it names nobody: left out");
    begin_step();
    for (const auto& id : people) {
      if (!id.is_string()) continue;
      const auto user = users_.find(id.as_string());
      const auto none = Json();
      const auto& known = user == users_.end() ? none : *user->second;
      policy_.tell("person", to_.person(id.as_string(), known.text("username"),
                                        known.text("timezone"), known.text("email")));
    }
    if (in_turn) policy_.set_in_step("roundRobin", true);
  }

  void tell_schedule(const Json& step) {
    const auto id = step.text("notify_on_call_from_schedule");
    if (id.empty()) return to_.note(what_ + ": it names no schedule: left out");
    const auto schedule = schedules_.find(id);
    const auto title =
        schedule == schedules_.end() ? std::string() : schedule->second->text("name");
    begin_step();
    policy_.tell("rota", to_.rota(id, title));
    to_.note_missing_rota(what_, id, title);
  }

  /// There a time condition holds the chain until it is inside; its times are UTC.
  void wait_until(const Json& step) {
    const auto from = clock_of(step.text("notify_if_time_from"));
    const auto to = clock_of(step.text("notify_if_time_to"));
    if (from.empty() || to.empty()) return to_.note(what_ + ": its times cannot be read: left out");
    if (!hours_.empty() && hours_ != from + to)
      return to_.note(what_ + ": a policy has one set of hours, and " + from + " to " + to +
                      " is another: left out");
    hours_ = from + to;
    auto windows = Json::array();
    windows.push(Json::object({{"from", from}, {"to", to}}));
    policy_.hours(Json::object({{"zone", "UTC"}, {"windows", std::move(windows)}}));
    until_hours_ = condition_ = true;
  }

  /// More than that many alerts there, at least one more here.
  void pause(const Json& step) {
    const auto count = step.integer("num_alerts_in_window", -1);
    const auto minutes = step.integer("num_minutes_in_window", -1);
    if (count < 0 || count > kMostAlerts || minutes < 1 || minutes > kLongestGrafanaWait)
      return to_.note(what_ + ": its figures cannot be read: left out");
    threshold_ = Json::object({{"count", count + 1}, {"within", span_text(minutes)}});
    condition_ = true;
  }

  const std::map<std::string, const Json*>& users_;
  const std::map<std::string, const Json*>& schedules_;
  ScheduleConverter& to_;
  PolicyDraft policy_;
  std::string what_, hours_;
  std::int64_t waited_ = 0;  ///< minutes
  bool until_hours_ = false, condition_ = false, repeated_ = false;
  std::optional<Json> threshold_;
};

std::map<std::string, const Json*> by_id(const Json& document, std::string_view key) {
  std::map<std::string, const Json*> items;
  for (const auto& item : items_of(document, key)) items[item.text("id")] = &item;
  return items;
}

}  // namespace

void convert_grafana_policies(const Json& document, ScheduleConverter& converter) {
  const auto users = by_id(document, "users"), schedules = by_id(document, "schedules");
  std::map<std::string, std::multimap<std::int64_t, const Json*>> steps;  // by chain and position
  for (const auto& step : items_of(document, "escalation_policies"))
    steps[step.text("escalation_chain_id")].emplace(step.integer("position"), &step);
  for (const auto& chain : items_of(document, "escalation_chains")) {
    PolicyChain made(chain, users, schedules, converter);
    if (const auto found = steps.find(chain.text("id")); found != steps.end()) {
      for (const auto& [position, step] : found->second) made.take(*step);
      steps.erase(found);
    }
    made.finish();
  }
  for (const auto& [id, left] : steps)
    converter.note("chain '" + bounded(id, 60) + "' of " + std::to_string(left.size()) +
                   " steps is not in the export: left out");
}

}  // namespace nines::ingest
