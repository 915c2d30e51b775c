// Starts and lengths of calendar windows as PromQL can say them, and sums since the start.
#include "domain/alert/calendar_rules.hpp"

#include <fmt/format.h>

#include "domain/slo/window.hpp"

namespace nines::alert {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::string_view kStart = "slo:period_start:timestamp_seconds";

/// Days before quarter 2, 3 and 4 in a year that is no leap year.
constexpr std::string_view kLeap = "(year() % 4 == bool 0)";  // true from 1901 to 2099

std::int64_t fixed_seconds(const slo::Length& length) { return length.rolling().count(); }

bool is_fixed(const slo::Length& length) {
  return length.unit == slo::Unit::day || length.unit == slo::Unit::week ||
         length.unit == slo::Unit::hour;
}

/// Seconds since the epoch at which the current window began, as an instant vector.
std::string start_text(const CalendarWindow& window) {
  if (is_fixed(window.length)) {
    return fmt::format("vector(time() - (time() - {}) % {})", window.anchor_seconds,
                       fixed_seconds(window.length));
  }
  const std::string midnight = "vector(time() - time() % 86400)";
  if (window.length.unit == slo::Unit::month) return midnight + " - (day_of_month() - 1) * 86400";
  if (window.length.unit == slo::Unit::year) return midnight + " - (day_of_year() - 1) * 86400";
  return fmt::format(
      "{} - (day_of_year() - 1 - (month() >= bool 4) * (90 + {}) - (month() >= bool 7) * 91 - "
      "(month() >= bool 10) * 92) * 86400",
      midnight, kLeap);
}

/// A range that surely reaches back to the start.
std::string longest_text(const CalendarWindow& window) {
  switch (window.length.unit) {
    case slo::Unit::month:
      return "31d";
    case slo::Unit::quarter:
      return "92d";
    case slo::Unit::year:
      return "366d";
    default:
      return prometheus_text(std::chrono::seconds(fixed_seconds(window.length)));
  }
}

/// Samples of `metric` within the current window: the start is read at the evaluation's time, not
/// at each step of the subquery.
std::string since_start(const RulePlan& plan, const std::string& metric) {
  const std::string step = prometheus_text(plan.short_window());
  return fmt::format(
      "({0} and timestamp({0}) >= on(sloth_id, sloth_service, sloth_slo) group_left {1}{2} @ "
      "end())[{3}:{4}]",
      metric, kStart, plan.filter, longest_text(*plan.source.calendar), step);
}

}  // namespace

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
  const auto day = std::chrono::year_month_day(std::chrono::sys_days(
      std::chrono::days(seconds >= 0 ? seconds / kDay : (seconds - kDay + 1) / kDay)));
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

std::string calendar_period_text(const RulePlan& plan) {
  if (plan.mode == PeriodMode::exact) {
    return "sum_over_time(" + since_start(plan, errors_record(plan) + plan.filter) +
           ")\n/\n(sum_over_time(" + since_start(plan, total_record(plan) + plan.filter) +
           ") > 0)\n";
  }
  return "avg_over_time(" + since_start(plan, plan.short_metric()) + ")\n";
}

std::string calendar_days_text(const CalendarWindow& window) {
  switch (window.length.unit) {
    case slo::Unit::month:
      return "days_in_month()";
    case slo::Unit::year:
      return fmt::format("365 + {}", kLeap);
    case slo::Unit::quarter:
      return fmt::format("90 + (month() < bool 4) * {} + (month() >= bool 4) + (month() >= bool 7)",
                         kLeap);
    default:
      return "vector(" + days_text(std::chrono::seconds(fixed_seconds(window.length))) + ")";
  }
}

void add_calendar_start(const RulePlan& plan, std::vector<Rule>& rules) {
  Rule rule;
  rule.record = kStart;
  rule.expr = start_text(*plan.source.calendar);
  rule.labels = plan.labels({});
  rule.at = plan.source.period_at;
  rule.origin.decision = "the start of the current calendar window, in UTC";
  rules.push_back(std::move(rule));
}

}  // namespace nines::alert
