// Times at the begin of log lines, in any of the ways programs write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace nines::rca {

/// What a log line says about its time; the size is that of the text that says it.
struct LineTime {
  std::size_t size = 0;
  int year = -1;  ///< -1 = the text has none
  int month = 0;  ///< 0 = the text has no date
  int day = 0;
  int hour = -1;  ///< -1 = the text has no clock time
  int minute = 0;
  int second = 0;
  std::int64_t micros = 0;  ///< of the second; of an epoch number, since 1970
  bool epoch = false;       ///< seconds, milli-, micro- or nanoseconds since 1970
  bool has_offset = false;
  int offset_seconds = 0;
};

/// The time that `text` begins with. Known are: ISO 8601 and its relatives with - / or . between
/// the parts of a date and T, a blank, - or _ before the clock; 20171224-1:2:35:789; 081109 203615;
/// "Dec 10 06:55:46", "Sun Dec 04 04:47:44 2005", "04 Dec 2005 04:47:44"; 17/May/2015:10:05:03
/// +0000; 17/06/09, 03-17 or 07.26 with a clock; a clock alone; the epoch in 10, 13, 16, 19 digits.
std::optional<LineTime> time_at(std::string_view text);

/// The month that three letters name in English, 1 to 12; 0 for none.
int month_of_name(std::string_view word);
bool is_weekday_name(std::string_view word);

/// The instant, where the text tells enough: a date without a year belongs to `year`, a time
/// without an offset is UTC. Nothing for a clock without a date, or an impossible date.
std::optional<Instant> instant_of(const LineTime& time, int year);

}  // namespace nines::rca
