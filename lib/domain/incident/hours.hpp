// The hours in which a team is at work: windows of the week in local wall time, without holidays.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "domain/catalog/week_window.hpp"

namespace nines::incident {

/// A window on a holiday does not begin; one that began the evening before runs to its end.
struct Hours {
  Zone zone = Zone::utc();
  bool by_person = false;  ///< in the zone of whoever is on duty, where that is known
  std::vector<catalog::WeekWindow> windows;
  std::vector<std::string> calendars;
  std::vector<std::chrono::local_days> holidays;  ///< sorted; those of the calendars too
};

/// Whether `at` lies in the hours, read in `zone`. A window opens at the first occurrence of its
/// wall time and closes at the last; wall times that a change of clocks skips are the first instant
/// after it.
bool inside(const Hours& hours, const Zone& zone, Instant at);

/// The first instant from `at` on that lies inside (or outside) the hours; nothing within 400 days.
std::optional<Instant> next_inside(const Hours& hours, const Zone& zone, Instant at);
std::optional<Instant> next_outside(const Hours& hours, const Zone& zone, Instant at);

}  // namespace nines::incident
