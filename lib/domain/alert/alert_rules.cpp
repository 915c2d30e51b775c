// Alerting rules: multi-window multi-burn-rate, the guards beside them, and absent data.
#include <algorithm>
#include <cstdlib>

#include "domain/alert/promql.hpp"
#include "domain/alert/rule_plan.hpp"

namespace nines::alert {

namespace {

constexpr std::string_view kWho = "{{$labels.sloth_service}} {{$labels.sloth_slo}}";

void merge(slo::StringMap& into, const slo::StringMap& over) {
  for (const auto& [name, value] : over) into[name] = value;
}

/// "    max(M > (14.4 * 0.001)) without (sloth_window)\n"
std::string above(const std::string& what, const std::string& comparison,
                  const std::string& limit) {
  return "    max(" + what + " " + comparison + " " + limit + ") without (sloth_window)\n";
}

struct Writer {
  const RulePlan& plan;
  std::string budget = budget_text(plan.source, plan.options.numbers);

  std::string condition(const Condition& condition, const std::string& factor) const {
    const std::string limit = "(" + factor + " * " + budget + ")";
    const std::string comparison = condition.or_equal ? ">=" : ">";
    const std::string lengthy = prometheus_text(condition.long_window);
    std::string text = "(\n";
    if (condition.short_window.count() > 0) {
      text += above(plan.metric(prometheus_text(condition.short_window)), comparison, limit) +
              "    and\n";
    }
    text += above(plan.metric(lengthy), comparison, limit);
    if (plan.guarded) text += guard(condition.long_window);
    return text + still_excepted(condition) + ")\n";
  }

  /// What was excepted stays in a window for its length.
  std::string still_excepted(const Condition& condition) const {
    if (!plan.has_exception()) return {};
    const bool quick = condition.short_window.count() > 0;
    const Millis window = quick ? condition.short_window : condition.long_window;
    return "    unless on()\n    " + plan.lately_excepted(window) + "\n";
  }

  std::string guard(Millis window) const {
    const LowTraffic& asks = plan.options.low_traffic;
    const std::string count = count_record(window) + plan.filter;
    std::string text;
    if (asks.min_events > 0)
      text += "    and\n" + above(count, ">=", std::to_string(asks.min_events));
    if (asks.min_errors > 0)
      text += "    and\n" + above(plan.metric(prometheus_text(window)) + " * " + count,
                                  ">=", std::to_string(asks.min_errors));
    return text;
  }

  std::string whole(std::string conditions) const {
    if (!plan.has_exception()) return conditions;
    return "(\n" + conditions + ")" + plan.except_clause() + "\n";
  }

  void describe(Rule& rule, const std::string& severity) const {
    rule.annotations["title"] =
        "(" + severity + ") " + std::string(kWho) + " SLO error budget burn rate is too fast.";
    rule.annotations["summary"] =
        std::string(kWho) + " SLO error budget burn rate is over expected.";
  }
};

Rule severity_alert(const Writer& writer, Severity severity) {
  const RulePlan& plan = writer.plan;
  const AlertNotes& notes = severity == Severity::page ? plan.source.page : plan.source.ticket;
  const std::string name(kSeverityNames.of(severity));
  Rule rule;
  rule.alert = plan.source.alert_name;
  rule.at = notes.at.end > 0 ? notes.at : plan.source.alerting.at;
  std::string conditions;
  for (const WindowPair& pair : plan.table.pairs) {
    if (pair.severity != severity) continue;
    if (!conditions.empty()) conditions += "or\n";
    conditions +=
        writer.condition({burn_factor(pair, plan.period), pair.short_window, pair.long_window},
                         factor_text(pair, plan.period, plan.options.numbers));
    rule.origin.decision +=
        (rule.origin.decision.empty() ? name + ": " : "; ") + plan.pair_decision(pair);
  }
  rule.expr = writer.whole(std::move(conditions));
  rule.labels["sloth_severity"] = name;
  merge(rule.labels, plan.source.alerting.labels);
  merge(rule.labels, notes.labels);
  writer.describe(rule, name);
  merge(rule.annotations, plan.source.alerting.annotations);
  merge(rule.annotations, notes.annotations);
  return rule;
}

Rule declared_alert(const Writer& writer, const DeclaredAlert& declared) {
  Rule rule;
  rule.alert = declared.name;
  rule.at = declared.at;
  rule.hold = declared.alert.hold;
  std::string conditions;
  for (const Condition& condition : declared.alert.any_of) {
    if (!conditions.empty()) conditions += "or\n";
    conditions += writer.condition(condition, number_text(condition.factor));
    rule.origin.decision += (rule.origin.decision.empty() ? "" : "; ") +
                            number_text(condition.factor) + " times the budget over " +
                            prometheus_text(condition.long_window) +
                            ", by the document's own condition";
  }
  rule.expr = writer.whole(std::move(conditions));
  rule.labels["sloth_severity"] = declared.alert.severity;
  writer.describe(rule, declared.alert.severity);
  return rule;
}

Rule absent_alert(const RulePlan& plan, Millis after) {
  const RuleSource& source = plan.source;
  Rule rule;
  rule.alert = source.alert_name + "NoData";
  rule.expr = "absent(" + plan.short_metric() + ")" + plan.except_clause(plan.short_window());
  rule.hold = after;
  rule.at = source.alerting.at;
  rule.origin.decision = "no sample for " + prometheus_text(after);
  rule.labels["sloth_severity"] = "ticket";
  merge(rule.labels, source.alerting.labels);
  merge(rule.labels, source.ticket.labels);
  merge(rule.annotations, source.alerting.annotations);
  merge(rule.annotations, source.ticket.annotations);
  // What a document says of burning would be wrong here.
  rule.annotations["title"] = "(ticket) " + std::string(kWho) + " SLO has no data.";
  rule.annotations["summary"] =
      std::string(kWho) + " has reported no events: its burn-rate alerts cannot fire.";
  return rule;
}

/// What alerts where nothing is said of the time: long enough for a restart of the scraper.
constexpr Millis kUsualAbsence = std::chrono::minutes(10);

std::optional<Millis> absent_after(const RulePlan& plan) {
  if (plan.source.alert_name.empty()) return std::nullopt;
  if (plan.options.absent_after) return plan.options.absent_after;
  return plan.source.alert_when_no_data ? std::optional(kUsualAbsence) : std::nullopt;
}

/// As Prometheus reads it back.
double number_of(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

}  // namespace

double budget_of(const RulePlan& plan) {
  return number_of(budget_text(plan.source, plan.options.numbers));
}

Policy policy_for(const RulePlan& plan) {
  Policy policy = policy_of(plan.table);
  policy.period = plan.period;
  policy.mode = plan.mode;
  policy.calendar = plan.source.calendar;
  policy.chained = plan.mode == PeriodMode::exact && plan.options.chain_long_windows;
  if (!plan.source.declared.empty()) {
    policy.alerts.clear();
    for (const DeclaredAlert& declared : plan.source.declared) {
      policy.alerts.push_back(declared.alert);
      policy.alerts.back().name = declared.name;
    }
  } else {
    for (Alert& alert : policy.alerts) {
      alert.name = plan.source.alert_name;
      std::size_t next = 0;
      for (const WindowPair& pair : plan.table.pairs) {
        if (kSeverityNames.of(pair.severity) == alert.severity)
          alert.any_of[next++].factor =
              number_of(factor_text(pair, plan.period, plan.options.numbers));
      }
    }
    std::erase_if(policy.alerts, [&](const Alert& alert) {
      return alert.severity == "page" ? plan.source.page.disabled : plan.source.ticket.disabled;
    });
  }
  if (plan.guarded) policy.low_traffic = plan.options.low_traffic;
  policy.absent_after = absent_after(plan);
  return policy;
}

std::vector<Rule> alert_rules(const RulePlan& plan) {
  const RuleSource& source = plan.source;
  const Writer writer{plan};
  const auto has = [&](Severity severity) {
    return std::any_of(plan.table.pairs.begin(), plan.table.pairs.end(),
                       [&](const WindowPair& pair) { return pair.severity == severity; });
  };
  std::vector<Rule> rules;
  for (const DeclaredAlert& declared : source.declared)
    rules.push_back(declared_alert(writer, declared));
  if (source.declared.empty() && !source.page.disabled && has(Severity::page))
    rules.push_back(severity_alert(writer, Severity::page));
  if (source.declared.empty() && !source.ticket.disabled && has(Severity::ticket))
    rules.push_back(severity_alert(writer, Severity::ticket));
  if (const auto after = absent_after(plan)) rules.push_back(absent_alert(plan, *after));
  return rules;
}

}  // namespace nines::alert
