// Opsgenie schedules: rotations, all of them on duty at the same time, with time restrictions.
#include "base/text.hpp"
#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

/// 1 for "monday"; 0 for anything else.
std::int64_t iso_day_of(const std::string& text) {
  const auto word = to_lower_ascii(text).substr(0, 3);
  for (std::int64_t day = 1; day <= 7; ++day)
    if (word == weekday_text(day)) return day;
  return 0;
}

std::string rotation_turn(const Json& rotation) {
  const auto type = rotation.text("type");
  const auto length = rotation.integer("length", 1);
  if (length < 1 || length > 1000) return {};
  if (type == "hourly") return std::to_string(length) + "h";
  if (type == "daily") return std::to_string(length) + "d";
  if (type == "weekly") return std::to_string(length) + "w";
  return {};
}

class Opsgenie {
 public:
  Opsgenie(const Json& document, ScheduleConverter& converter)
      : document_(document), to_(converter) {}

  void run() {
    to_.note_unknown(document_, "export",
                     {"data", "schedules", "schedule", "escalations", "users", "took", "requestId",
                      "expandable"});
    for (const auto& user : items_of(document_, "users"))
      to_.person(user.text("id", user.text("username")), user.text("fullName"),
                 user.text("timeZone"), user.text("username"));
    for (const auto& schedule : items_of(document_, "schedules")) add_schedule(schedule);
  }

 private:
  void add_schedule(const Json& schedule) {
    const auto title = schedule.text("name");
    const auto what = "schedule '" + title.substr(0, 60) + "'";
    to_.note_unknown(schedule, what,
                     {"id", "name", "description", "timezone", "enabled", "ownerTeam", "rotations",
                      "overrides"});
    const auto zone = Zone::find(schedule.text("timezone"));
    if (!zone)
      return to_.note(what + ": no zone '" + schedule.text("timezone").substr(0, 60) +
                      "': left out");
    if (!schedule.boolean("enabled", true))
      to_.note(what + ": it is disabled there; remove it here if it should not be");
    auto layers = Json::array();
    for (const auto& rotation : items_of(schedule, "rotations"))
      add_rotation(rotation, what, *zone, layers);
    if (layers.as_array().empty()) return to_.note(what + ": no rotation is left: left out");
    auto spec = Json::object();
    if (const auto text = schedule.text("description"); !text.empty() && text.size() <= 1000)
      spec.set("description", text);
    spec.set("zone", schedule.text("timezone")).set("layers", std::move(layers));
    for (const auto& item : items_of(schedule, "overrides"))
      to_.note(what + ": override '" + item.text("alias").substr(0, 60) +
               "' is left out: say which role it is for");
    to_.add("Rota", to_.rota(schedule.text("id"), title), title, std::move(spec));
  }

  void add_rotation(const Json& rotation, const std::string& schedule, const Zone& zone,
                    Json& layers) {
    const auto title = rotation.text("name", "rotation");
    const auto what = schedule + ", rotation '" + title.substr(0, 60) + "'";
    to_.note_unknown(rotation, what,
                     {"id", "name", "startDate", "endDate", "type", "length", "participants",
                      "timeRestriction"});
    auto people = Json::array();
    for (const auto& participant : items_of(rotation, "participants")) {
      if (participant.text("type") != "user") {
        to_.note(what + ": a participant of type '" + participant.text("type").substr(0, 40) +
                 "' is left out: only users have a place in a rota");
        continue;
      }
      const auto user = participant.text("username");
      people.push(to_.person(participant.text("id", user), {}, {}, user));
    }
    const auto start = wall_time(zone, rotation.text("startDate"));
    const auto turn = rotation_turn(rotation);
    if (start.empty() || turn.empty() || people.as_array().empty())
      return to_.note(what + ": its start, length or participants cannot be read: left out");
    // All rotations of a schedule are on duty together: each is a role of its own.
    const auto name = to_.unique_name("rotation of " + schedule, title);
    auto layer = Json::object({{"name", name}, {"role", name}, {"start", start}, {"turn", turn}});
    layer.set("participants", std::move(people));
    if (auto windows = windows_of(rotation, what); !windows.as_array().empty())
      layer.set("restrictions", std::move(windows)).set("skippedTurns", "consume");
    if (const auto end = wall_time(zone, rotation.text("endDate")); !end.empty())
      layer.set("until", end);
    layers.push(std::move(layer));
  }

  Json windows_of(const Json& rotation, const std::string& what) {
    auto windows = Json::array();
    const auto* restriction = rotation.find("timeRestriction");
    if (restriction == nullptr || !restriction->is_object()) return windows;
    const auto minutes = [](const Json& item, const char* hour, const char* minute) {
      return item.integer(hour) * 60 + item.integer(minute);
    };
    if (restriction->text("type") == "time-of-day") {
      if (const auto* item = restriction->find("restriction"))
        windows.push(Json::object({{"from", time_of_day(minutes(*item, "startHour", "startMin"))},
                                   {"to", time_of_day(minutes(*item, "endHour", "endMin"))}}));
      return windows;
    }
    for (const auto& item : items_of(*restriction, "restrictions")) {
      const auto first = iso_day_of(item.text("startDay"));
      const auto last = iso_day_of(item.text("endDay"));
      const auto from = minutes(item, "startHour", "startMin");
      auto length = (last - first) * 1440 + minutes(item, "endHour", "endMin") - from;
      if (length <= 0) length += 7 * 1440;
      if (first == 0 || last == 0 || from < 0 || from >= 1440 || length > 7 * 1440)
        to_.note(what + ": a restriction cannot be read: left out");
      else
        add_windows(windows, first, from, length);
    }
    return windows;
  }

  const Json& document_;
  ScheduleConverter& to_;
};

}  // namespace

void convert_opsgenie(const Json& document, ScheduleConverter& converter) {
  Opsgenie(document, converter).run();
  convert_opsgenie_policies(document, converter);
}

}  // namespace nines::ingest
