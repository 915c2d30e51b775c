// Dates, clock times and zones as people write them in a text, found without knowing the day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines::incident {

struct WrittenDate {
  std::optional<int> year;
  unsigned month = 1;
  unsigned day = 1;

  friend bool operator==(const WrittenDate&, const WrittenDate&) = default;
};

struct WrittenClock {
  int hour = 0;
  int minute = 0;
  std::optional<int> second = {};
  std::int64_t micros = 0;

  friend bool operator==(const WrittenClock&, const WrittenClock&) = default;
};

/// What bytes [begin, end) of a text say: a date, a clock time, or both, and the zone if it is
/// there.
struct WrittenTime {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::optional<WrittenDate> date = {};
  std::optional<WrittenClock> clock = {};
  std::string zone = {};  ///< as written: "UTC", "PST", "+01:00", "US/Pacific"
  bool about = false;     ///< "around", "approximately" stands before it
};

/// The time that begins at `at`: 2026-11-23 09:14, 11/23 has no meaning of its own and is none,
/// "November 23rd, 2026 9:14 pm", "23 Nov 09:14:03.5Z", "09:14 UTC", "9pm". A date needs no clock,
/// nor a clock a date; the words of both are English.
std::optional<WrittenTime> read_time(std::string_view text, std::size_t at = 0);
/// All of them, from left to right.
std::vector<WrittenTime> find_times(std::string_view text);

/// Where a date that somebody wrote stands where a clock time should and cannot be one: "11.50",
/// "1600", "(Time TBC)". The length of that text, or 0.
std::size_t unreadable_clock(std::string_view text);

/// Minutes east of UTC that a zone word stands for whatever the day: "UTC", "GMT", "PST", "+0100".
std::optional<int> offset_of(std::string_view zone_word);
/// The zone of the database that a word means, where it means one: "PT" is America/Los_Angeles.
std::optional<std::string_view> zone_meant(std::string_view zone_word);
/// Whether the word at the start of `text` names a zone, and how long it is.
std::size_t zone_word_length(std::string_view text);

/// The clock time of the day that the date starts; nothing for a date that no calendar has.
std::optional<std::chrono::local_time<Micros>> local_time_of(const WrittenDate& date,
                                                             const WrittenClock& clock, int year);

}  // namespace nines::incident
