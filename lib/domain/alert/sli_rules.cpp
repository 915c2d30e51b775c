// Recording rules of an SLI: its error ratio over every window, and over the whole period.
#include <algorithm>

#include "domain/alert/calendar_rules.hpp"
#include "domain/alert/promql.hpp"
#include "domain/alert/rule_plan.hpp"

namespace nines::alert {

namespace {

/// The error ratio by the document's own queries.
std::string ratio_text(const RuleSource& source, std::string_view window) {
  if (source.raw) return "(" + with_window(source.raw->text, window) + ")";
  return "(" + with_window(source.errors->text, window) + ")\n/\n(" +
         with_window(source.total->text, window) + ")\n";
}

/// The mean of the short window's ratios: every slice weighs the same.
std::string mean_text(const RulePlan& plan) {
  const std::string range = plan.short_metric() + "[" + plan.period_text + "]";
  return "sum_over_time(" + range + ")\n/ ignoring (sloth_window)\ncount_over_time(" + range +
         ")\n";
}

/// Errors and events of the range, divided once; no sample where there was no event.
std::string sums_text(const RulePlan& plan, const std::string& range) {
  return "sum_over_time(" + errors_record(plan) + plan.filter + "[" + range +
         "])\n/\n(sum_over_time(" + total_record(plan) + plan.filter + "[" + range + "]) > 0)\n";
}

std::string period_expr(const RulePlan& plan) {
  if (plan.source.calendar) return calendar_period_text(plan);
  switch (plan.mode) {
    case PeriodMode::compatible:
      return mean_text(plan);
    case PeriodMode::exact:
      return sums_text(plan, plan.period_text);
    case PeriodMode::direct:
      break;
  }
  return ratio_text(plan.source, plan.period_text);
}

const char* period_decision(const RulePlan& plan) {
  switch (plan.mode) {
    case PeriodMode::compatible:
      return "the mean of short ratios, as Sloth has it";
    case PeriodMode::exact:
      return "errors divided by events";
    case PeriodMode::direct:
      break;
  }
  return "the query over the whole period";
}

Rule recorded(std::string name, std::string expr, slo::StringMap labels, SourceSpan at,
              std::string decision) {
  Rule rule;
  rule.record = std::move(name);
  rule.expr = std::move(expr);
  rule.labels = std::move(labels);
  rule.at = at;
  rule.origin.decision = std::move(decision);
  return rule;
}

/// Windows of the table and of alerts that the document declares.
std::vector<Millis> sli_windows(const RulePlan& plan) {
  std::vector<Millis> windows = windows_of(plan.table);
  for (const DeclaredAlert& declared : plan.source.declared) {
    for (const Condition& condition : declared.alert.any_of) {
      windows.push_back(condition.long_window);
      if (condition.short_window.count() > 0) windows.push_back(condition.short_window);
    }
  }
  std::sort(windows.begin(), windows.end());
  windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
  std::erase(windows, plan.source.calendar ? Millis(-1) : plan.period);
  return windows;
}

SourceSpan query_span(const RuleSource& source) {
  if (source.raw) return source.parts.empty() ? source.raw->at : source.parts.front().at;
  return source.errors->at;
}

/// The errors and events of the short window. Where there were events and no error series yet, the
/// errors are 0; elsewhere there is no sample.
void add_sums(const RulePlan& plan, std::vector<Rule>& rules) {
  const std::string window = prometheus_text(plan.short_window());
  const std::string total = with_window(plan.source.total->text, window);
  const std::string except = plan.except_clause(plan.short_window());
  rules.push_back(recorded(total_record(plan), "(" + total + ")" + except + "\n",
                           plan.labels(window), plan.source.total->at,
                           "events for the exact mode"));
  rules.push_back(recorded(errors_record(plan),
                           "((" + with_window(plan.source.errors->text, window) + ")\nor\n(" +
                               total + ") * 0)" + except + "\n",
                           plan.labels(window), plan.source.errors->at,
                           "errors for the exact mode, 0 where only events are known"));
}

/// How many events there were in each long window of an alert.
void add_counts(const RulePlan& plan, std::vector<Rule>& rules) {
  std::vector<Millis> windows;
  for (const Alert& alert : policy_for(plan).alerts) {
    for (const Condition& condition : alert.any_of) windows.push_back(condition.long_window);
  }
  std::sort(windows.begin(), windows.end());
  windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
  const bool rate = event_form(plan.source.total->text) == EventForm::rate;
  for (const Millis window : windows) {
    const std::string text = prometheus_text(window);
    using Seconds = std::chrono::duration<double>;
    const std::string scale = rate ? " * " + number_text(Seconds(window).count()) : "";
    rules.push_back(recorded(count_record(window),
                             "(" + with_window(plan.source.total->text, text) + ")" + scale,
                             plan.labels(text), plan.source.total->at,
                             "events in " + text + ", for the low-traffic guard"));
  }
}

}  // namespace

std::vector<Rule> sli_rules(const RulePlan& plan) {
  std::vector<Rule> rules;
  const SourceSpan at = query_span(plan.source);
  const bool sums = plan.mode == PeriodMode::exact;
  if (sums) add_sums(plan, rules);
  for (const Millis window : sli_windows(plan)) {
    const std::string text = prometheus_text(window);
    const bool chained = sums && plan.options.chain_long_windows && window >= kChainedFrom;
    std::string expr = chained ? sums_text(plan, text) : ratio_text(plan.source, text);
    // What is left out of the mean of the period must not be in what the mean is of.
    if (!sums && window == plan.short_window() && plan.has_exception())
      expr = "(" + expr + ")" + plan.except_clause(window) + "\n";
    rules.push_back(recorded("slo:sli_error:ratio_rate" + text, std::move(expr), plan.labels(text),
                             at, "error ratio over " + text));
  }
  if (plan.source.calendar) add_calendar_start(plan, rules);
  rules.push_back(recorded("slo:sli_error:ratio_rate" + plan.period_text, period_expr(plan),
                           plan.labels(plan.period_text),
                           plan.source.period ? plan.source.period_at : at,
                           "error ratio over " + plan.period_text + ": " + period_decision(plan)));
  if (plan.guarded) add_counts(plan, rules);
  return rules;
}

std::vector<Rule> metadata_rules(const RulePlan& plan) {
  const RuleSource& source = plan.source;
  const Numbers numbers = plan.options.numbers;
  const std::string& filter = plan.filter;
  std::vector<Rule> rules;
  const auto add = [&](const char* name, std::string expr, SourceSpan at, std::string decision) {
    rules.push_back(recorded(name, std::move(expr), plan.labels({}), at, std::move(decision)));
  };
  const std::string percent = plain_number_text(source.objective);
  const auto burn = [&](const std::string& metric) {
    return metric +
           "\n/ on(sloth_id, sloth_slo, sloth_service) group_left\nslo:error_budget:ratio" +
           filter + "\n";
  };
  add("slo:objective:ratio", "vector(" + objective_text(source, numbers) + ")", source.objective_at,
      "objective " + percent + " %");
  add("slo:error_budget:ratio", "vector(" + metadata_budget_text(source, numbers) + ")",
      source.objective_at, "what objective " + percent + " % leaves");
  add("slo:time_period:days",
      source.calendar ? calendar_days_text(*source.calendar)
                      : "vector(" + days_text(plan.period) + ")",
      source.period ? source.period_at : source.name_at,
      "period " + plan.period_text + (source.period ? ", of the document" : ", of the run"));
  add("slo:current_burn_rate:ratio", burn(plan.short_metric()), source.objective_at,
      "burn over " + prometheus_text(plan.short_window()));
  add("slo:period_burn_rate:ratio", burn(plan.metric(plan.period_text)), source.objective_at,
      "burn over " + plan.period_text);
  add("slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio" + filter,
      source.objective_at, "what is left of the budget of " + plan.period_text);
  add("sloth_slo_info", "vector(1)", source.name_at, "what made these rules");
  slo::StringMap& info = rules.back().labels;
  info["sloth_version"] = plan.options.tool_version;
  info["sloth_mode"] = source.mode;
  info["sloth_spec"] = source.spec;
  info["sloth_objective"] = percent;
  return rules;
}

}  // namespace nines::alert
