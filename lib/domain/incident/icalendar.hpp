// Duty as a calendar that programs subscribe to (RFC 5545): times in UTC, lines folded.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/rota.hpp"

namespace nines::incident {

struct CalendarOptions {
  std::string name;                                               ///< what a calendar program shows
  Instant made_at;                                                ///< DTSTAMP
  std::map<std::string, std::string, std::less<>> display_names;  ///< of persons
};

struct RotaTimeline {
  std::string rota;
  std::vector<DutyShift> shifts;
};

/// One event per shift with a person, and one marked "NOBODY" for each gap, so that a reader sees
/// it. The identifier of an event is made of rota, role and start: a new export replaces the old.
std::string icalendar_of(const std::vector<RotaTimeline>& timelines,
                         const CalendarOptions& options);

}  // namespace nines::incident
