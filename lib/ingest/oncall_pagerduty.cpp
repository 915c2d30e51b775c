// PagerDuty schedules: layers with a virtual start, a turn in seconds, restrictions, overrides.
#include <fmt/core.h>

#include "ingest/oncall_parts.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kDay = 86'400;

/// Minutes since midnight of "09:00:00"; -1 for anything else.
std::int64_t offset_minutes(const std::string& text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() < 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return -1;
  return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
}

class PagerDutySchedules {
 public:
  PagerDutySchedules(const Json& document, ScheduleConverter& converter)
      : document_(document), to_(converter) {}

  void run() {
    to_.note_unknown(document_, "export",
                     {"schedules", "schedule", "users", "escalation_policies", "escalation_policy",
                      "limit", "offset", "total", "more"});
    for (const auto& user : items_of(document_, "users")) add_user(user);
    for (const auto& schedule : items_of(document_, "schedules")) add_schedule(schedule);
  }

 private:
  std::string add_user(const Json& user) {
    auto name = user.text("name");
    if (name.empty()) name = user.text("summary");
    return to_.person(user.text("id", name), name, user.text("time_zone"), user.text("email"));
  }

  void add_schedule(const Json& schedule) {
    const auto title = schedule.text("name", schedule.text("summary"));
    const auto what = "schedule '" + title.substr(0, 60) + "'";
    to_.note_unknown(schedule, what,
                     {"id",
                      "type",
                      "summary",
                      "self",
                      "html_url",
                      "name",
                      "time_zone",
                      "description",
                      "escalation_policies",
                      "users",
                      "teams",
                      "schedule_layers",
                      "overrides_subschedule",
                      "final_schedule",
                      "overrides",
                      "web_cal_url",
                      "http_cal_url",
                      "personal_web_cal_url",
                      "personal_http_cal_url",
                      "next_oncall_for_user"});
    const auto zone_name = schedule.text("time_zone");
    const auto zone = Zone::find(zone_name);
    if (!zone) return to_.note(what + ": no zone '" + zone_name.substr(0, 60) + "': left out");
    auto layers = Json::array();
    // The export has the uppermost layer first; here a later layer goes before an earlier one.
    const auto& given = items_of(schedule, "schedule_layers");
    for (auto layer = given.rbegin(); layer != given.rend(); ++layer)
      add_layer(*layer, what, *zone, layers);
    if (layers.as_array().empty()) return to_.note(what + ": no layer is left: left out");
    auto spec = Json::object();
    if (const auto text = schedule.text("description"); !text.empty() && text.size() <= 1000)
      spec.set("description", text);
    spec.set("zone", zone_name).set("layers", std::move(layers));
    add_overrides(schedule, what, *zone, spec);
    to_.add("Rota", to_.rota(schedule.text("id"), title), title, std::move(spec));
  }

  void add_layer(const Json& layer, const std::string& schedule, const Zone& zone, Json& layers) {
    const auto title = layer.text("name", "layer");
    const auto what = schedule + ", layer '" + title.substr(0, 60) + "'";
    to_.note_unknown(
        layer, what,
        {"id", "name", "start", "end", "rotation_virtual_start", "rotation_turn_length_seconds",
         "users", "restrictions", "rendered_schedule_entries", "rendered_coverage_percentage"});
    const auto seconds = layer.integer("rotation_turn_length_seconds");
    const auto turn = turn_text(seconds);
    const auto virtual_start = parse_rfc3339(layer.text("rotation_virtual_start"));
    auto people = Json::array();
    std::vector<std::string> order;
    for (const auto& item : items_of(layer, "users")) {
      const auto* user = item.find("user");
      order.push_back(add_user(user != nullptr ? *user : item));
    }
    if (turn.empty() || !virtual_start || order.empty())
      return to_.note(what + ": its start, turn length or users cannot be read: left out");
    // The turn in progress when the layer came into force, and whose it was.
    const auto begin = parse_rfc3339(layer.text("start")).value_or(*virtual_start);
    const auto length = std::chrono::seconds{seconds};
    const auto done = begin > *virtual_start ? (begin - *virtual_start) / length : 0;
    for (std::size_t i = 0; i < order.size(); ++i)
      people.push(order[(i + static_cast<std::size_t>(done)) % order.size()]);
    auto made = Json::object({{"name", to_.unique_name("layer of " + schedule, title)}});
    if (begin > *virtual_start) made.set("effectiveFrom", wall_time(zone, begin));
    made.set("start", wall_start(zone, *virtual_start, length, done)).set("turn", turn);
    made.set("participants", std::move(people));
    if (auto windows = restrictions_of(layer, what); !windows.as_array().empty())
      made.set("restrictions", std::move(windows)).set("skippedTurns", "consume");
    if (const auto end = wall_time(zone, layer.text("end")); !end.empty()) made.set("until", end);
    layers.push(std::move(made));
  }

  /// Handoffs keep their wall time, so turns of days are counted along the wall clock.
  static std::string wall_start(const Zone& zone, Instant start, std::chrono::seconds length,
                                std::int64_t turns) {
    const auto local = zone.to_local(start) + length * turns;
    return wall_time(Zone::utc(), Instant{local.time_since_epoch()});
  }

  Json restrictions_of(const Json& layer, const std::string& what) {
    auto windows = Json::array();
    for (const auto& restriction : items_of(layer, "restrictions")) {
      to_.note_unknown(restriction, what + ", restriction",
                       {"type", "start_time_of_day", "duration_seconds", "start_day_of_week"});
      const auto from = offset_minutes(restriction.text("start_time_of_day"));
      const auto length = restriction.integer("duration_seconds");
      if (from < 0 || length < 60 || length > 7 * kDay) {
        to_.note(what + ": a restriction cannot be read: left out");
      } else if (restriction.text("type") == "weekly_restriction") {
        add_windows(windows, restriction.integer("start_day_of_week", 1), from, length / 60);
      } else if (length < kDay) {
        windows.push(
            Json::object({{"from", time_of_day(from)}, {"to", time_of_day(from + length / 60)}}));
      }
    }
    return windows;
  }

  void add_overrides(const Json& schedule, const std::string& what, const Zone& zone, Json& spec) {
    auto overrides = Json::array();
    for (const auto& item : items_of(schedule, "overrides")) {
      const auto* user = item.find("user");
      const auto from = wall_time(zone, item.text("start"));
      const auto to = wall_time(zone, item.text("end"));
      if (user == nullptr || from.empty() || to.empty()) {
        to_.note(what + ": an override without user, start or end is left out");
        continue;
      }
      overrides.push(Json::object({{"person", add_user(*user)}, {"from", from}, {"to", to}}));
    }
    if (!overrides.as_array().empty()) spec.set("overrides", std::move(overrides));
  }

  const Json& document_;
  ScheduleConverter& to_;
};

}  // namespace

void convert_pagerduty(const Json& document, ScheduleConverter& converter) {
  PagerDutySchedules(document, converter).run();
  convert_pagerduty_policies(document, converter);
}

}  // namespace nines::ingest
