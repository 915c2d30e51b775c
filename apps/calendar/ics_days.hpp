// The days off that an .ics file (RFC 5545) says, between two days, and the events it cannot place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/zone.hpp"
#include "calendar/ics_text.hpp"

namespace nines::calendar {

struct IcsRequest {
  Day from;  ///< only what touches these days, the last included, is given
  Day to;
  std::optional<Zone> zone;  ///< of times that name none
  IcsLimits limits = {};
};

/// Whole local days, wherever the reader is.
struct IcsDays {
  Day from;
  Day to;  ///< included
  std::string name;

  auto operator<=>(const IcsDays&) const = default;
};

struct IcsTime {
  Instant from;
  Instant to;
  std::string name;

  auto operator<=>(const IcsTime&) const = default;
};

/// An event that is not in the result, although it should be.
struct IcsProblem {
  int line = 0;  ///< of its BEGIN:VEVENT; 0: of the whole file
  std::string event;
  std::string what;
  std::string hint;
};

struct IcsResult {
  std::optional<Refusal> refusal;  ///< nothing else is filled in then
  std::vector<IcsDays> days;       ///< by time, each once
  std::vector<IcsTime> times;
  std::vector<IcsProblem> problems;
  std::int64_t events = 0;
  std::int64_t cancelled = 0;
  std::int64_t outside = 0;  ///< events with nothing between the two days
};

/// Repeated events (RRULE, RDATE, EXDATE, changed and cancelled occurrences) are written out.
/// Rules that repeat within a day are problems: they are no days off. Never throws on bad input.
IcsResult days_of_ics(std::string_view text, const IcsRequest& request);

Json to_json(const IcsResult& result);

}  // namespace nines::calendar
