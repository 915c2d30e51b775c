// The budget of a calendar window in PromQL: from the start of this week, month, quarter or year.
#pragma once

#include <string>
#include <vector>

#include "domain/alert/calendar_window.hpp"
#include "domain/alert/rule_plan.hpp"

namespace nines::alert {

/// Error ratio since the start of the current window: a mean of ratios, or of sums in exact mode.
std::string calendar_period_text(const RulePlan& plan);
/// Days in the current window.
std::string calendar_days_text(const CalendarWindow& window);
/// The rule slo:period_start:timestamp_seconds.
void add_calendar_start(const RulePlan& plan, std::vector<Rule>& rules);

}  // namespace nines::alert
