// The budget of a calendar window in PromQL: from the start of this week, month, quarter or year.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/alert/rule_plan.hpp"

namespace nines::alert {

/// The window as rules can have it: in UTC; days and weeks from any anchor, one month, quarter or
/// year from its first day at midnight. Empty otherwise, with the reason in `why`.
std::optional<CalendarWindow> calendar_window(const slo::TimeWindow& window, std::string& why);

/// Error ratio since the start of the current window: a mean of ratios, or of sums in exact mode.
std::string calendar_period_text(const RulePlan& plan);
/// Days in the current window.
std::string calendar_days_text(const CalendarWindow& window);
/// The rule slo:period_start:timestamp_seconds.
void add_calendar_start(const RulePlan& plan, std::vector<Rule>& rules);

}  // namespace nines::alert
