// What the converters of schedules share: names, people, local times, and notes.
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
  bool knows_person(const std::string& id) const { return people_.count(id) != 0; }
  void add(std::string_view kind, const std::string& name, const std::string& display_name,
           Json spec);
  /// A name of nines/v1 made of `text`, not given before for that kind.
  std::string unique_name(std::string_view kind, const std::string& text);

  ConvertedSchedules take();

 private:
  ConvertedSchedules result_;
  std::map<std::string, std::string> people_;  ///< name by foreign id
  std::set<std::string> taken_;
  std::set<std::string> noted_;
};

void convert_pagerduty(const Json& document, ScheduleConverter& converter);
void convert_opsgenie(const Json& document, ScheduleConverter& converter);
void convert_grafana(const Json& document, ScheduleConverter& converter);

/// "2026-01-05 09:00:00": the wall time in the zone; empty when `text` is no RFC 3339.
std::string wall_time(const Zone& zone, std::string_view text);
std::string wall_time(const Zone& zone, Instant at);
/// "09:00" from minutes since midnight, which may be past it.
std::string time_of_day(std::int64_t minutes);
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
