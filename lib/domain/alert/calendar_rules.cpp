// Starts and lengths of calendar windows as PromQL can say them, and sums since the start.
#include "domain/alert/calendar_rules.hpp"

#include <fmt/format.h>

namespace nines::alert {

namespace {

constexpr std::string_view kStart = "slo:period_start:timestamp_seconds";

/// Days before quarter 2, 3 and 4 in a year that is no leap year.
constexpr std::string_view kLeap = "(year() % 4 == bool 0)";  // true from 1901 to 2099

std::int64_t fixed_seconds(const slo::Length& length) { return length.rolling().count(); }

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

/// Samples of `metric` within the current window: the start is read at the evaluation's time, not
/// at each step of the subquery.
std::string since_start(const RulePlan& plan, const std::string& metric) {
  const std::string step = prometheus_text(plan.short_window());
  return fmt::format(
      "({0} and timestamp({0}) >= on(sloth_id, sloth_service, sloth_slo) group_left {1}{2} @ "
      "end())[{3}:{4}]",
      metric, kStart, plan.filter,
      prometheus_text(std::chrono::seconds(longest_seconds(*plan.source.calendar))), step);
}

}  // namespace

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
