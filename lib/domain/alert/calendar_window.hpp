// A calendar window as Prometheus can follow it: in UTC, and from starts that PromQL can find.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/slo/model.hpp"

namespace nines::alert {

/// A calendar window: it begins anew at whole units of wall time in UTC.
struct CalendarWindow {
  slo::Length length;
  std::int64_t anchor_seconds = 0;  ///< the start, in seconds since the epoch

  friend bool operator==(const CalendarWindow&, const CalendarWindow&) = default;
};

/// The window as rules can have it: in UTC; days and weeks from any anchor, one month, quarter or
/// year from its first day at midnight. Empty otherwise, with the reason in `why`.
std::optional<CalendarWindow> calendar_window(const slo::TimeWindow& window, std::string& why);

/// Whether its windows are all of one length: days and weeks, hours too.
bool is_fixed(const slo::Length& length);

/// When the window began that holds an instant; both in seconds since the epoch. After the instant
/// where no window had begun yet.
std::int64_t window_start(const CalendarWindow& window, std::int64_t at);

/// Seconds that surely reach back from any instant to the start of its window.
std::int64_t longest_seconds(const CalendarWindow& window);

}  // namespace nines::alert
