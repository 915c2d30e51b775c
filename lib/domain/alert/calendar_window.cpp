// A calendar window as Prometheus can follow it: in UTC, and from starts that PromQL can find.
#include "domain/alert/calendar_window.hpp"

#include <chrono>

#include "domain/slo/window.hpp"

namespace nines::alert {

namespace {

constexpr std::int64_t kDay = 86'400;

/// Days since the epoch, rounded down.
std::chrono::sys_days day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

}  // namespace

bool is_fixed(const slo::Length& length) {
  return length.unit == slo::Unit::day || length.unit == slo::Unit::week ||
         length.unit == slo::Unit::hour;
}

std::optional<CalendarWindow> calendar_window(const slo::TimeWindow& window, std::string& why) {
  using slo::Unit;
  if (window.zone != "UTC" && window.zone != "Etc/UTC") {
    why = "PromQL knows no zone but UTC, the window is in " + window.zone;
    return std::nullopt;
  }
  const auto anchor = slo::parse_anchor(window.anchor);
  if (!anchor) {
    why = "its start '" + window.anchor + "' cannot be read";
    return std::nullopt;
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(anchor->time_since_epoch()).count();
  const CalendarWindow made{window.length, seconds};
  if (is_fixed(window.length)) return made;
  const std::chrono::year_month_day day(day_of(seconds));
  const unsigned month = static_cast<unsigned>(day.month());
  const bool first =
      seconds % kDay == 0 && static_cast<unsigned>(day.day()) == 1 && window.length.count == 1;
  const bool fits = (window.length.unit == Unit::month) ||
                    (window.length.unit == Unit::quarter && month % 3 == 1) ||
                    (window.length.unit == Unit::year && month == 1);
  if (first && fits) return made;
  why = "PromQL can only find the start of a calendar month, quarter or year";
  return std::nullopt;
}

std::int64_t window_start(const CalendarWindow& window, std::int64_t at) {
  if (is_fixed(window.length)) {
    // Before the anchor the remainder is below 0, here and in PromQL: the start lies ahead.
    return at - (at - window.anchor_seconds) % window.length.rolling().count();
  }
  const std::chrono::year_month_day day(day_of(at));
  unsigned month = static_cast<unsigned>(day.month());
  if (window.length.unit == slo::Unit::year) month = 1;
  if (window.length.unit == slo::Unit::quarter) month = (month - 1) / 3 * 3 + 1;
  const std::chrono::sys_days first(day.year() / std::chrono::month(month) / 1);
  return first.time_since_epoch().count() * kDay;
}

std::int64_t longest_seconds(const CalendarWindow& window) {
  switch (window.length.unit) {
    case slo::Unit::month:
      return 31 * kDay;
    case slo::Unit::quarter:
      return 92 * kDay;
    case slo::Unit::year:
      return 366 * kDay;
    default:
      return window.length.rolling().count();
  }
}

}  // namespace nines::alert
