// What can be said about an .ics file as text, before a library is trusted with it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::calendar {

/// Files are small: a country's holidays of a century are some 200 KiB.
struct IcsLimits {
  std::size_t bytes = std::size_t{4} << 20;
  std::size_t events = 5000;
  int depth = 4;                    ///< VCALENDAR, VTIMEZONE, STANDARD, and one to spare
  std::size_t zone_parts = 2000;    ///< STANDARD and DAYLIGHT of all zones together
  std::size_t days = 3000;          ///< that fall in the stretch asked for
  std::size_t repeats = 1'000'000;  ///< occurrences looked at, over all events
};

struct IcsOutline {
  std::vector<int> event_lines;  ///< where each VEVENT begins, in order
};

/// What is wrong with the file as a whole.
struct Refusal {
  std::string what;
  std::string hint;
};

/// Gives the refusal, or fills `outline`: UTF-8 without NUL, one or more whole calendars, parts
/// that begin and end in pairs, nothing nested deeper or more often than the limits say.
std::optional<Refusal> outline_of(std::string_view text, const IcsLimits& limits,
                                  IcsOutline& outline);

}  // namespace nines::calendar
