// Settles what the rules of one SLO are made along: flags, plugins, period, windows.
#include "domain/alert/rule_plan.hpp"

#include <algorithm>

#include "domain/alert/promql.hpp"

namespace nines::alert {

namespace {

using slo::Code;
using Level = nines::Severity;

/// What Sloth's own plugins do to the result; the others are programs of somebody else.
void apply_plugins(RulePlan& plan, std::vector<Remark>& remarks) {
  const RuleSource& source = plan.source;
  if (source.override_plugins) plan.sli_rules = plan.metadata_rules = plan.alert_rules = false;
  std::vector<const PluginUse*> chain;
  for (const PluginUse& use : source.plugins) chain.push_back(&use);
  std::stable_sort(chain.begin(), chain.end(), [](const PluginUse* a, const PluginUse* b) {
    return a->priority < b->priority;
  });
  for (const PluginUse* use : chain) {
    if (use->id == "sloth.dev/core/debug/v1" || use->id == "sloth.dev/core/noop/v1" ||
        use->id == "sloth.dev/core/validate/v1")
      continue;
    if (use->id == "sloth.dev/core/sli_rules/v1") {
      plan.sli_rules = true;
      // The default plugin runs at priority 0 and would write over what came before it.
      const bool last_word = source.override_plugins || use->priority >= 0;
      if (use->config.boolean("disableOptimized") && last_word) plan.mode = PeriodMode::direct;
    } else if (use->id == "sloth.dev/core/metadata_rules/v1") {
      plan.metadata_rules = true;
    } else if (use->id == "sloth.dev/core/alert_rules/v1") {
      plan.alert_rules = true;
    } else {
      remarks.push_back({Code::plugin_not_run, Level::error, use->at,
                         "the SLO plugin '" + use->id + "' is not run here",
                         "its rules would be missing: write them in a rule file of their own and "
                         "remove the plugin"});
    }
  }
}

std::string period_name(const RuleSource& source, Millis period) {
  return source.calendar ? source.calendar->length.to_string() : prometheus_text(period);
}

bool is_window(const WindowTable& table, Millis period) {
  const auto windows = windows_of(table);
  return std::find(windows.begin(), windows.end(), period) != windows.end();
}

void find_windows(RulePlan& plan, std::vector<Remark>& remarks) {
  const RuleOptions& options = plan.options;
  plan.period = plan.source.period.value_or(options.default_period);
  plan.period_text = period_name(plan.source, plan.period);
  const SourceSpan at = plan.source.period ? plan.source.period_at : plan.source.name_at;
  if (!plan.source.windows.empty()) {
    plan.table = {plan.period, plan.source.windows};
  } else if (const WindowTable* table = find_table(options.tables, plan.period)) {
    plan.table = *table;
  } else {
    plan.table = standard_table(plan.period);
    if (!options.any_period) {
      std::string known;
      for (const WindowTable& each : options.tables)
        known += (known.empty() ? "" : ", ") + prometheus_text(each.period);
      remarks.push_back(
          {Code::period_unsupported, Level::error, at,
           "there are no alert windows for a period of " + prometheus_text(plan.period) +
               (known.empty() ? "" : ", only for " + known),
           "give an AlertWindows catalogue by --slo-period-windows-path, or the usual "
           "shares of the budget by --any-period"});
      return;
    }
  }
  if (is_window(plan.table, plan.period)) {
    remarks.push_back({Code::period_unsupported, Level::error, at,
                       "the period " + prometheus_text(plan.period) +
                           " is also an alert window: the same rule would stand twice",
                       "use a longer period, or other windows"});
  }
}

void settle_mode(RulePlan& plan, std::vector<Remark>& remarks) {
  const RuleSource& source = plan.source;
  const bool events = source.errors && source.total;
  const auto form = [](const QueryText& query) { return event_form(query.text); };
  const std::string why = source.no_events.empty() ? "a raw ratio has no events" : source.no_events;
  if (plan.mode == PeriodMode::exact) {
    if (!events) {
      remarks.push_back({Code::exact_not_possible, Level::warning, source.name_at,
                         "the exact mode cannot be had for '" + source.id + "': " + why,
                         "its period is the mean of ratios; write events, or use --sli direct"});
      plan.mode = PeriodMode::compatible;
    } else if (form(*source.errors) != form(*source.total)) {
      remarks.push_back({Code::exact_not_possible, Level::error, source.errors->at,
                         "the two queries of '" + source.id + "' are not of the same form",
                         "write both with rate, or both with increase"});
    }
  }
  if (!plan.options.low_traffic.asks()) return;
  plan.guarded = events && form(*source.total) != EventForm::unknown;
  if (plan.guarded) return;
  remarks.push_back({Code::guard_not_possible, Level::warning, source.name_at,
                     "the alerts of '" + source.id + "' have no low-traffic guard: " +
                         (events ? "its total is neither a rate nor a count of events" : why),
                     "write the total as rate(...) or increase(...)"});
}

QueryShape shape_of(const RuleSource& source) {
  // Good events are asked for where the ratio was joined from two queries.
  const bool good = source.raw && source.parts.size() == 2;
  const QueryText* total = source.total ? &*source.total : good ? &source.parts[1] : nullptr;
  return {good, total != nullptr && event_form(total->text) == EventForm::count};
}

}  // namespace

std::string RulePlan::metric(std::string_view window) const {
  return "slo:sli_error:ratio_rate" + std::string(window) + filter;
}

std::string RulePlan::exception() const {
  const bool both = !options.except.empty() && !source.except.empty();
  return "(" + options.except + (both ? " or " : "") + source.except + ")";
}

std::string RulePlan::except_clause() const {
  return has_exception() ? "\nunless on() " + exception() : "";
}

std::string RulePlan::lately_excepted(Millis window) const {
  return "max_over_time(" + exception() + "[" + prometheus_text(window) + ":" +
         prometheus_text(exception_step(window)) + "])";
}

std::string RulePlan::except_clause(Millis window) const {
  return has_exception() ? "\nunless on() " + lately_excepted(window) : "";
}

slo::StringMap RulePlan::identity() const {
  return {{"sloth_id", source.id}, {"sloth_service", source.service}, {"sloth_slo", source.name}};
}

slo::StringMap RulePlan::user_labels() const {
  slo::StringMap labels = source.labels;
  for (const auto& [name, value] : options.extra_labels) labels[name] = value;
  return labels;
}

slo::StringMap RulePlan::labels(std::string_view window) const {
  slo::StringMap all = identity();
  if (!window.empty()) all["sloth_window"] = window;
  for (const auto& [name, value] : user_labels()) all[name] = value;
  return all;
}

std::string RulePlan::pair_decision(const WindowPair& pair) const {
  return number_text(burn_factor(pair, period)) + " = " + pair.budget_percent.to_string() +
         " % of the budget of " + period_text + " within " + prometheus_text(pair.long_window);
}

RulePlan plan_rules(const RuleSource& source, const RuleOptions& options,
                    std::vector<Remark>& remarks) {
  RulePlan plan(source, options);
  plan.mode = options.mode;
  plan.filter = promql_filter(plan.identity());
  apply_plugins(plan, remarks);
  find_windows(plan, remarks);
  settle_mode(plan, remarks);
  if (!options.recordings) plan.sli_rules = plan.metadata_rules = false;
  if (!options.alerts) plan.alert_rules = false;
  return plan;
}

std::string errors_record(const RulePlan& plan) {
  return "slo:sli_error:rate" + prometheus_text(plan.short_window());
}

std::string total_record(const RulePlan& plan) {
  return "slo:sli_total:rate" + prometheus_text(plan.short_window());
}

std::string count_record(Millis window) { return "slo:sli_total:count" + prometheus_text(window); }

Generated generate_rules(const RuleSource& source, const RuleOptions& options) {
  Generated made;
  check_source(source, options, made.remarks);
  const auto failed = [&] {
    return std::any_of(made.remarks.begin(), made.remarks.end(),
                       [](const Remark& remark) { return remark.severity == Level::error; });
  };
  const RulePlan plan = plan_rules(source, options, made.remarks);
  made.period = plan.period;
  made.table = plan.table;
  if (failed()) return made;
  made.policy = policy_for(plan);
  made.budget = budget_of(plan);
  made.queries = shape_of(source);
  const double budget = made.budget;
  for (const Alert& alert : made.policy.alerts) {
    for (const Condition& condition : alert.any_of) {
      if (!plan.alert_rules || reachable(condition.factor, budget)) continue;
      made.remarks.push_back(
          {Code::threshold_unreachable, Level::warning, source.objective_at,
           "the " + alert.severity + " over " + prometheus_text(condition.long_window) +
               " cannot fire: it needs an error ratio above " + number_text(condition.factor) +
               " x " + number_text(budget) + " = " + number_text(condition.factor * budget),
           "raise the objective, or give other alert windows"});
    }
  }
  const auto add = [&](const char* kind, std::vector<Rule> rules) {
    if (rules.empty()) return;
    made.groups.push_back({std::string("sloth-slo-") + kind + "-" + source.id, std::move(rules)});
  };
  if (plan.sli_rules) add("sli-recordings", sli_rules(plan));
  if (plan.metadata_rules) add("meta-recordings", metadata_rules(plan));
  if (plan.alert_rules) add("alerts", alert_rules(plan));
  return made;
}

}  // namespace nines::alert
