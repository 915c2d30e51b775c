// Windows of the week in local wall time: business hours, restrictions of a rota, quiet hours.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace nines::catalog {

/// A stretch that comes back on some days of every week.
struct WeekWindow {
  static constexpr std::uint8_t kEveryDay = 0x7F;

  std::uint8_t days = kEveryDay;  ///< days it begins on; bit 0 is Monday
  std::chrono::minutes from{0};   ///< since midnight, by the wall clock
  /// Since the same midnight; at or before `from`: on the next day. "24:00" is 1440.
  std::chrono::minutes to{24 * 60};

  friend bool operator==(const WeekWindow&, const WeekWindow&) = default;
};

/// Half open, in wall time.
struct LocalSpan {
  LocalTime from;
  LocalTime to;

  friend bool operator==(const LocalSpan&, const LocalSpan&) = default;
};

/// Half open, on the UTC axis.
struct InstantSpan {
  Instant from;
  Instant to;

  friend bool operator==(const InstantSpan&, const InstantSpan&) = default;
};

/// Every occurrence that overlaps `within`, cut to nothing, by start.
std::vector<LocalSpan> occurrences(std::span<const WeekWindow> windows, const LocalSpan& within);
bool touches(std::span<const WeekWindow> windows, const LocalSpan& span);

/// Where a shift lies: from the first occurrence of its start to the last of its end; what the
/// clocks jump over begins (or ends) at the first instant after the jump.
InstantSpan place_shift(const Zone& zone, const LocalSpan& span);

/// The occurrences that overlap `within`, placed and merged, by start.
std::vector<InstantSpan> open_spans(std::span<const WeekWindow> windows, const Zone& zone,
                                    const InstantSpan& within);
bool is_open(std::span<const WeekWindow> windows, const Zone& zone, Instant at);

}  // namespace nines::catalog
