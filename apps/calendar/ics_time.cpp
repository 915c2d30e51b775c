// Finds the zone of a time: UTC, an IANA name (alone, or behind a vendor), Windows, or a VTIMEZONE.
#include "calendar/ics_time.hpp"

#include <array>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::calendar {
namespace {

std::optional<Zone> zone_named(std::string_view name) {
  try {
    return Zone::find(name);
  } catch (const Error&) {  // no zone data at all: then no name means anything
    return std::nullopt;
  }
}

/// "/freeassociation.sourceforge.net/Europe/Paris" means Europe/Paris.
std::optional<Zone> zone_in(std::string_view id) {
  for (;;) {
    if (const auto zone = zone_named(id)) return zone;
    const auto slash = id.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    id.remove_prefix(slash + 1);
  }
}

/// The names that calendars of Windows write; only those whose meaning is one zone.
std::optional<Zone> zone_of_windows(std::string_view id) {
  struct Row {
    std::string_view windows, iana;
  };
  static constexpr std::array<Row, 16> kRows{{{"W. Europe Standard Time", "Europe/Berlin"},
                                              {"Romance Standard Time", "Europe/Paris"},
                                              {"GMT Standard Time", "Europe/London"},
                                              {"Central Europe Standard Time", "Europe/Budapest"},
                                              {"Central European Standard Time", "Europe/Warsaw"},
                                              {"FLE Standard Time", "Europe/Kyiv"},
                                              {"GTB Standard Time", "Europe/Bucharest"},
                                              {"Eastern Standard Time", "America/New_York"},
                                              {"Central Standard Time", "America/Chicago"},
                                              {"Mountain Standard Time", "America/Denver"},
                                              {"Pacific Standard Time", "America/Los_Angeles"},
                                              {"India Standard Time", "Asia/Kolkata"},
                                              {"Tokyo Standard Time", "Asia/Tokyo"},
                                              {"China Standard Time", "Asia/Shanghai"},
                                              {"Singapore Standard Time", "Asia/Singapore"},
                                              {"AUS Eastern Standard Time", "Australia/Sydney"}}};
  for (const auto& row : kRows)
    if (row.windows == id) return zone_named(row.iana);
  return std::nullopt;
}

std::string text_of(icalproperty* property) {
  const char* text = property == nullptr ? nullptr : icalproperty_get_value_as_string(property);
  return text == nullptr ? std::string() : std::string(text);
}

/// X-LIC-LOCATION of the VTIMEZONE of that name; where all its parts have one offset, that one.
std::optional<Zone> zone_by_definition(icalcomponent* file, const std::string& id) {
  for (auto* part = icalcomponent_get_first_component(file, ICAL_VTIMEZONE_COMPONENT);
       part != nullptr; part = icalcomponent_get_next_component(file, ICAL_VTIMEZONE_COMPONENT)) {
    if (text_of(icalcomponent_get_first_property(part, ICAL_TZID_PROPERTY)) != id) continue;
    for (auto* other = icalcomponent_get_first_property(part, ICAL_X_PROPERTY); other != nullptr;
         other = icalcomponent_get_next_property(part, ICAL_X_PROPERTY)) {
      const char* name = icalproperty_get_x_name(other);
      if (name != nullptr && std::string_view(name) == "X-LIC-LOCATION")
        if (const auto zone = zone_named(text_of(other))) return zone;
    }
    std::optional<int> offset;
    for (auto* rule = icalcomponent_get_first_component(part, ICAL_ANY_COMPONENT); rule != nullptr;
         rule = icalcomponent_get_next_component(part, ICAL_ANY_COMPONENT)) {
      auto* to = icalcomponent_get_first_property(rule, ICAL_TZOFFSETTO_PROPERTY);
      if (to == nullptr) return std::nullopt;
      const int seconds = icalproperty_get_tzoffsetto(to);
      if (seconds % 60 != 0 || seconds < -18 * 3600 || seconds > 18 * 3600) return std::nullopt;
      if (offset && *offset != seconds) return std::nullopt;
      offset = seconds;
    }
    if (offset) return Zone::fixed(std::chrono::minutes{*offset / 60});
  }
  return std::nullopt;
}

}  // namespace

std::optional<Zone> IcsZones::find(const std::string& id) {
  const auto [at, fresh] = known_.try_emplace(id);
  if (fresh) {
    at->second = zone_in(id);
    if (!at->second) at->second = zone_of_windows(id);
    if (!at->second) at->second = zone_by_definition(file_, id);
  }
  return at->second;
}

const Zone* IcsZones::zone_of(icalproperty* property, const icaltimetype& time,
                              Unplaced& unplaced) {
  if (icaltime_is_utc(time)) {
    const auto [at, fresh] = known_.try_emplace("UTC", Zone::utc());
    return &*at->second;
  }
  auto* parameter = property == nullptr
                        ? nullptr
                        : icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  const char* id = parameter == nullptr ? nullptr : icalparameter_get_tzid(parameter);
  if (id == nullptr) {
    if (floating_) return &*floating_;
    unplaced = {"its times name no zone", "write 'zone: NAME' beside 'ics' in the Calendar"};
    return nullptr;
  }
  if (find(id)) return &*known_.find(id)->second;
  unplaced = {"its time zone '" + fit_width(id, 60) + "' is unknown",
              "use a name of the IANA database, such as Europe/Paris"};
  return nullptr;
}

LocalTime wall_time(const icaltimetype& t) {
  using namespace std::chrono;
  const auto date =
      year{t.year} / month{static_cast<unsigned>(t.month)} / day{static_cast<unsigned>(t.day)};
  LocalTime wall{local_days{date}};
  if (t.is_date == 0) wall += hours{t.hour} + minutes{t.minute} + seconds{t.second};
  return wall;
}

icaltimetype ical_time(LocalTime wall, bool is_date) {
  using namespace std::chrono;
  const auto whole = floor<days>(wall);
  const year_month_day date{whole};
  const hh_mm_ss time{floor<seconds>(wall - whole)};
  icaltimetype t = icaltime_null_time();
  t.year = static_cast<int>(date.year());
  t.month = static_cast<int>(static_cast<unsigned>(date.month()));
  t.day = static_cast<int>(static_cast<unsigned>(date.day()));
  t.is_date = is_date ? 1 : 0;
  if (is_date) return t;
  t.hour = static_cast<int>(time.hours().count());
  t.minute = static_cast<int>(time.minutes().count());
  t.second = static_cast<int>(time.seconds().count());
  return t;
}

Day day_of(const icaltimetype& time) {
  return Day{floor<std::chrono::days>(wall_time(time)).time_since_epoch()};
}

bool is_sane(const icaltimetype& t) {
  using namespace std::chrono;
  if (t.year < 1 || t.year > 9999 || t.month < 1 || t.month > 12 || t.day < 1 || t.day > 31)
    return false;
  const auto date =
      year{t.year} / month{static_cast<unsigned>(t.month)} / day{static_cast<unsigned>(t.day)};
  if (!date.ok()) return false;
  return t.is_date != 0 || (t.hour >= 0 && t.hour < 24 && t.minute >= 0 && t.minute < 60 &&
                            t.second >= 0 && t.second <= 60);
}

}  // namespace nines::calendar
