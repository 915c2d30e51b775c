// Grafana OnCall: schedules that name shifts; rolling ones become layers, overrides overrides.
#include <map>

#include <algorithm>

#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

/// "2026-01-05T09:00:00" as it is written: a wall time of the shift's zone.
std::string wall_text(const std::string& text) {
  if (text.size() < 19 || text[10] != 'T') return {};
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

/// Minutes since midnight; what is no digit counts as nought.
std::int64_t minutes_at(const std::string& wall) {
  const auto digit = [&](std::size_t i) {
    return wall[i] >= '0' && wall[i] <= '9' ? std::int64_t{wall[i]} - '0' : 0;
  };
  if (wall.size() < 16) return 0;
  return (digit(11) * 10 + digit(12)) * 60 + digit(14) * 10 + digit(15);
}

std::string shift_turn(const Json& shift) {
  const auto every = shift.integer("interval", 1);
  const auto frequency = shift.text("frequency");
  if (every < 1 || every > 1000) return {};
  const auto count = std::to_string(every);
  if (frequency == "hourly") return count + "h";
  if (frequency == "daily") return count + "d";
  if (frequency == "weekly") return count + "w";
  if (frequency == "monthly") return count + "M";
  return {};
}

class Grafana {
 public:
  Grafana(const Json& document, ScheduleConverter& converter)
      : document_(document), to_(converter) {
    for (const auto& shift : items_of(document, "on_call_shifts"))
      shifts_[shift.text("id")] = &shift;
    for (const auto& user : items_of(document, "users")) users_[user.text("id")] = &user;
  }

  void run() {
    to_.note_unknown(
        document_, "export",
        {"schedules", "on_call_shifts", "users", "escalation_chains", "escalation_policies"});
    for (const auto& schedule : items_of(document_, "schedules")) add_schedule(schedule);
  }

 private:
  std::string person(const std::string& id) {
    const auto found = users_.find(id);
    if (found == users_.end()) return to_.person(id, {}, {}, {});
    const auto& user = *found->second;
    return to_.person(id, user.text("username"), user.text("timezone"), user.text("email"));
  }

  void add_schedule(const Json& schedule) {
    const auto title = schedule.text("name");
    const auto what = "schedule '" + title.substr(0, 60) + "'";
    to_.note_unknown(schedule, what,
                     {"id", "name", "type", "team_id", "time_zone", "shifts", "on_call_now",
                      "slack", "ical_url_primary", "ical_url_overrides", "enable_web_overrides"});
    const auto zone = schedule.text("time_zone", "UTC");
    if (!Zone::find(zone))
      return to_.note(what + ": no zone '" + zone.substr(0, 60) + "': left out");
    std::multimap<std::int64_t, Json> layers;  // by level: a higher one goes before
    auto overrides = Json::array();
    for (const auto& item : items_of(schedule, "shifts")) {
      const auto found = item.is_string() ? shifts_.find(item.as_string()) : shifts_.end();
      if (found == shifts_.end())
        to_.note(what + ": a shift is named that is not in the export");
      else
        add_shift(*found->second, what, zone, layers, overrides);
    }
    if (layers.empty()) return to_.note(what + ": no shift that rolls is left: left out");
    auto list = Json::array();
    for (auto& [level, layer] : layers) list.push(std::move(layer));
    auto spec = Json::object({{"zone", zone}, {"layers", std::move(list)}});
    if (!overrides.as_array().empty()) spec.set("overrides", std::move(overrides));
    to_.add("Rota", to_.rota(schedule.text("id"), title), title, std::move(spec));
  }

  void add_shift(const Json& shift, const std::string& schedule, const std::string& zone,
                 std::multimap<std::int64_t, Json>& layers, Json& overrides) {
    const auto title = shift.text("name", "shift");
    const auto what = schedule + ", shift '" + title.substr(0, 60) + "'";
    to_.note_unknown(shift, what, {"id",
                                   "team_id",
                                   "schedule",
                                   "name",
                                   "type",
                                   "time_zone",
                                   "level",
                                   "start",
                                   "rotation_start",
                                   "duration",
                                   "frequency",
                                   "interval",
                                   "until",
                                   "week_start",
                                   "by_day",
                                   "by_month",
                                   "by_monthday",
                                   "users",
                                   "rolling_users",
                                   "start_rotation_from_user_index",
                                   "source",
                                   "updated_shift"});
    if (shift.text("type") == "override") return add_override(shift, what, zone, overrides);
    for (const char* unsupported : {"by_month", "by_monthday"})
      if (const auto* value = shift.find(unsupported); value != nullptr && !value->is_null())
        return to_.note(what + ": '" + unsupported + "' has no equal in a rota: left out");
    const auto start = wall_text(shift.text("start"));
    const auto turn = shift_turn(shift);
    auto people = people_of(shift, what);
    if (start.empty() || turn.empty() || people.as_array().empty())
      return to_.note(what + ": its start, frequency or users cannot be read: left out");
    auto layer = Json::object({{"name", to_.unique_name("shift of " + schedule, title)}});
    if (const auto own = shift.text("time_zone"); !own.empty() && own != zone)
      layer.set("zone", own);
    layer.set("start", start).set("turn", turn).set("participants", std::move(people));
    add_restrictions(shift, start, layer);
    if (const auto until = wall_text(shift.text("until")); !until.empty())
      layer.set("until", until);
    layers.emplace(shift.integer("level"), std::move(layer));
  }

  /// One person per turn: a rota has no turn of several.
  Json people_of(const Json& shift, const std::string& what) {
    auto people = Json::array();
    const auto& groups = items_of(shift, "rolling_users");
    const auto count = groups.size();
    const auto first = static_cast<std::size_t>(
        std::max<std::int64_t>(0, shift.integer("start_rotation_from_user_index")));
    for (std::size_t i = 0; i < count; ++i) {
      const auto& group = groups[(i + first) % count];
      if (!group.is_array() || group.as_array().empty() || !group.as_array()[0].is_string())
        continue;
      if (group.as_array().size() > 1)
        to_.note(what + ": of those who share a turn only the first is taken");
      people.push(person(group.as_array()[0].as_string()));
    }
    if (count == 0)
      for (const auto& user : items_of(shift, "users"))
        if (user.is_string()) people.push(person(user.as_string()));
    return people;
  }

  /// A shift shorter than its turn is on for its length, on each of its days.
  static void add_restrictions(const Json& shift, const std::string& start, Json& layer) {
    const auto length = shift.integer("duration") / 60;
    const auto from = minutes_at(start);
    auto windows = Json::array();
    static constexpr std::string_view kGrafanaDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    for (const auto& day : items_of(shift, "by_day"))
      for (std::int64_t i = 0; i < 7; ++i)
        if (day.is_string() && day.as_string() == kGrafanaDays[i])
          add_windows(windows, i + 1, from, length);
    if (items_of(shift, "by_day").empty() && shift.text("frequency") == "daily" && length < 1440)
      windows.push(Json::object({{"from", time_of_day(from)}, {"to", time_of_day(from + length)}}));
    if (!windows.as_array().empty())
      layer.set("restrictions", std::move(windows)).set("skippedTurns", "consume");
  }

  void add_override(const Json& shift, const std::string& what, const std::string& zone,
                    Json& overrides) {
    const auto own = Zone::find(shift.text("time_zone", zone));
    const auto here = Zone::find(zone);
    const auto start = wall_text(shift.text("start"));
    const auto at = own && !start.empty()
                        ? parse_rfc3339(start.substr(0, 10) + "T" + start.substr(11) + "Z")
                        : std::nullopt;
    const auto& users = items_of(shift, "users");
    const auto seconds = shift.integer("duration");
    if (!at || !here || users.size() != 1 || !users[0].is_string() || seconds < 60 ||
        seconds > 86'400LL * 3650)
      return to_.note(what + ": an override needs a start, a duration and one user: left out");
    const auto from = own->resolve(LocalTime{at->time_since_epoch()}).first;
    overrides.push(Json::object({{"person", person(users[0].as_string())},
                                 {"from", wall_time(*here, from)},
                                 {"to", wall_time(*here, from + std::chrono::seconds{seconds})}}));
  }

  const Json& document_;
  ScheduleConverter& to_;
  std::map<std::string, const Json*> shifts_;
  std::map<std::string, const Json*> users_;
};

}  // namespace

void convert_grafana(const Json& document, ScheduleConverter& converter) {
  Grafana(document, converter).run();
  convert_grafana_policies(document, converter);
}

}  // namespace nines::ingest
