// One VEVENT: when it begins, how long it lasts, how it repeats, and what it leaves out.
#pragma once

#include <libical/ical.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "calendar/ics_time.hpp"

namespace nines::calendar {

struct IcsEvent {
  icalcomponent* part = nullptr;
  int line = 0;
  std::string uid;
  std::string name;
  bool cancelled = false;
  bool whole_day = false;
  LocalTime start;              ///< wall time
  std::optional<Zone> zone;     ///< of timed events
  std::chrono::days days{1};    ///< of whole days
  Micros length{0};             ///< of timed events: exact, as RFC 5545 wants it
  std::vector<LocalTime> more;  ///< RDATE, in wall time of `zone`
  std::set<Day> without_days;
  std::set<Instant> without;
  std::optional<IcsMoment> instead_of;  ///< RECURRENCE-ID
};

/// The event, or why it cannot be placed (its name, line and whether it is cancelled are set then
/// too).
std::optional<Unplaced> read_event(IcsZones& zones, IcsEvent& event);

/// The wall time of an occurrence as the moment it is.
IcsMoment moment_of(const IcsEvent& event, LocalTime wall);

}  // namespace nines::calendar
