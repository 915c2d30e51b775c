// What the rules of one SLO are made along: names, windows and modes, settled before any is
// written.
#pragma once

#include <string>
#include <vector>

#include "domain/alert/generate.hpp"

namespace nines::alert {

/// Which of the three groups there are, and how the period is had, after flags and plugins.
struct RulePlan {
  RulePlan(const RuleSource& of, const RuleOptions& by) : source(of), options(by) {}

  const RuleSource& source;
  const RuleOptions& options;
  WindowTable table;
  Millis period{0};
  PeriodMode mode = PeriodMode::compatible;
  bool sli_rules = true;
  bool metadata_rules = true;
  bool alert_rules = true;
  bool guarded = false;  ///< the low-traffic guard can be had

  Millis short_window() const { return table.pairs.front().short_window; }
  /// {sloth_id="...", ...}
  std::string filter;
  /// "slo:sli_error:ratio_rate5m" with the filter.
  std::string metric(std::string_view window) const;
  std::string short_metric() const { return metric(prometheus_text(short_window())); }
  /// The text of the period in names and labels: "30d", "1M" for calendar months.
  std::string period_text;
  /// "\nunless on() (...)" or nothing: not while what is excepted holds.
  std::string except_clause() const;
  /// The same for what looks back over a window: not while any of the window was excepted.
  std::string except_clause(Millis window) const;
  std::string exception() const;                     ///< the PromQL itself, in parentheses
  std::string lately_excepted(Millis window) const;  ///< holds while any of the window was
  bool has_exception() const { return !options.except.empty() || !source.except.empty(); }

  slo::StringMap identity() const;
  slo::StringMap user_labels() const;
  /// Identity, then the window unless it is empty, then the user's labels.
  slo::StringMap labels(std::string_view window) const;
  /// "2 % of the budget of 30d within 1h"
  std::string pair_decision(const WindowPair& pair) const;
};

/// Fails into `remarks`; a plan with an error among them is not to be used.
RulePlan plan_rules(const RuleSource& source, const RuleOptions& options,
                    std::vector<Remark>& remarks);

/// Section 9 of what a generator must refuse.
void check_source(const RuleSource& source, const RuleOptions& options,
                  std::vector<Remark>& remarks);

/// What the alerts of this source are: page and ticket, or those the document declares.
Policy policy_for(const RulePlan& plan);
/// 1 - objective, as the text of the alerts has it.
double budget_of(const RulePlan& plan);

std::vector<Rule> sli_rules(const RulePlan& plan);
std::vector<Rule> metadata_rules(const RulePlan& plan);
std::vector<Rule> alert_rules(const RulePlan& plan);

/// Names of the series of exact mode and of the guard.
std::string errors_record(const RulePlan& plan);  ///< "slo:sli_error:rate5m"
std::string total_record(const RulePlan& plan);   ///< "slo:sli_total:rate5m"
std::string count_record(Millis window);          ///< "slo:sli_total:count1h"

}  // namespace nines::alert
