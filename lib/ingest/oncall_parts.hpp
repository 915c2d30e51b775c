// What the converters of schedules and policies share: names, people, local times, and notes.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "ingest/oncall.hpp"

namespace nines::ingest {

class ScheduleConverter {
 public:
  explicit ScheduleConverter(std::string system) { result_.system = std::move(system); }

  void note(std::string text);  ///< each once
  /// Notes the members of `object` that are none of `known`.
  void note_unknown(const Json& object, std::string_view what,
                    std::initializer_list<std::string_view> known);

  /// The name of the person another system knows as `id`; its definition is made the first time.
  /// An empty zone is left out.
  std::string person(const std::string& id, const std::string& display_name,
                     const std::string& zone, const std::string& mail);
  /// The name of the rota another system knows as schedule `id`, whether it is in the export or
  /// not.
  std::string rota(const std::string& id, const std::string& title);
  /// Notes a schedule that is named, and is none of those converted, once all of them are.
  void note_missing_rota(const std::string& what, const std::string& id, const std::string& title);
  /// The roles that the layers of a converted rota name.
  std::vector<std::string> roles_of(const std::string& rota) const;
  bool knows_person(const std::string& id) const { return people_.count(id) != 0; }
  void add(std::string_view kind, const std::string& name, const std::string& display_name,
           Json spec);
  /// A name of nines/v1 made of `text`, not given before for that kind.
  std::string unique_name(std::string_view kind, const std::string& text);

  ConvertedSchedules take();

 private:
  ConvertedSchedules result_;
  std::map<std::string, std::string> people_;  ///< name by foreign id
  std::map<std::string, std::string> rotas_;   ///< name by foreign id
  std::set<std::string> taken_;
  std::set<std::string> noted_;
};

void convert_pagerduty(const Json& document, ScheduleConverter& converter);
void convert_opsgenie(const Json& document, ScheduleConverter& converter);
void convert_grafana(const Json& document, ScheduleConverter& converter);

// Escalation policies of the same exports.
void convert_pagerduty_policies(const Json& document, ScheduleConverter& converter);
void convert_opsgenie_policies(const Json& document, ScheduleConverter& converter);
void convert_grafana_policies(const Json& document, ScheduleConverter& converter);

/// A policy as it is put together: what all systems have, in the order of the definition.
class PolicyDraft {
 public:
  PolicyDraft(ScheduleConverter& converter, std::string title, std::string what)
      : to_(converter), title_(std::move(title)), what_(std::move(what)) {}

  void describe(const std::string& text);
  /// A new step, so many minutes after the one before; those told are added to it by `tell`.
  void step(std::int64_t delay = 0);
  bool has_steps() const { return !steps_.empty(); }
  void tell(std::string_view kind, const std::string& name, const std::string& role = {});
  void set_in_step(std::string key, Json value);
  /// How many minutes those told by the last step have to answer.
  void answer_within(std::int64_t minutes);
  void hours(Json hours) { spec_.set("hours", std::move(hours)); }
  void repeat(std::int64_t times) { repeats_ = times; }
  const std::string& what() const { return what_; }
  /// Hands the policy over, or says why there is none. The time of a step that tells nobody is not
  /// lost: what follows comes no earlier.
  void finish();

 private:
  struct Step {
    Json told = Json::array();
    Json more = Json::object();
    std::int64_t delay = 0, within = 0;  ///< minutes; within 0: not said
  };

  ScheduleConverter& to_;
  std::string title_, what_;
  Json spec_ = Json::object();
  std::vector<Step> steps_;
  std::int64_t repeats_ = 0;
};

/// "2026-01-05 09:00:00": the wall time in the zone; empty when `text` is no RFC 3339.
std::string wall_time(const Zone& zone, std::string_view text);
std::string wall_time(const Zone& zone, Instant at);
/// "09:00" from minutes since midnight, which may be past it.
std::string time_of_day(std::int64_t minutes);
/// "5m", "2h": of minutes; "0s" for none.
std::string span_text(std::int64_t minutes);
/// "1w", "2d", "12h": empty when the seconds are no whole hours.
std::string turn_text(std::int64_t seconds);
/// The items of a member that is a list; none otherwise.
const Json::Array& items_of(const Json& object, std::string_view key);
/// "mon" for 1, ... "sun" for 7 (and 0).
std::string_view weekday_text(std::int64_t iso);
/// A window of the week that may last longer than a day, as entries of `restrictions`.
void add_windows(Json& restrictions, std::int64_t iso_day, std::int64_t from_minutes,
                 std::int64_t length_minutes);

}  // namespace nines::ingest
