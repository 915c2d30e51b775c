// Findings about Sloth files, the making of rules, and rules of Prometheus.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kRulePages[] = {
    {Code::spec_version, "SPEC_VERSION", "the version is not one Sloth has",
     "Sloth's own files begin with version: prometheus/v1.",
     "version: prometheus/v2",
     "version: prometheus/v1"},
    {Code::query_no_window, "QUERY_NO_WINDOW", "a query has no window",
     "Sloth writes one rule per window and puts it where the query says {{.window}}. Without that "
     "all rules would be the same.",
     "        error_query: sum(rate(errors[5m]))",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::label_name_chars, "LABEL_NAME_CHARS", "a label name is not one of Prometheus",
     "Label names are letters, digits and underscores and do not begin with a digit; older "
     "versions reject others.",
     "  my-team: payments",
     "  team: payments"},
    {Code::reserved_label, "RESERVED_LABEL", "a label begins with sloth_",
     "Sloth sets labels of that prefix itself and would overwrite this one.",
     "  sloth_team: payments",
     "  team: payments"},
    {Code::no_alert_labels, "NO_ALERT_LABELS", "an alert has no labels",
     "Alerts are routed by labels; without any this one reaches nobody in particular.",
     R"(      name: CheckoutErrors
      page_alert: {})",
     R"(      name: CheckoutErrors
      page_alert: {labels: {severity: page}})"},
    {Code::all_alerts_disabled, "ALL_ALERTS_DISABLED", "page and ticket alerts are both switched off",
     "Nobody will be told when the objective is in danger.",
     "      page_alert: {disable: true}",
     "      page_alert: {labels: {severity: page}}"},
    {Code::duplicate_alert_window, "DUPLICATE_ALERT_WINDOW", "the same alert window twice",
     "Two windows of one severity have the same lengths; one is left over.",
     "    quick: {errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h}",
     "    quick: {errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}"},
    {Code::no_severity_windows, "NO_SEVERITY_WINDOWS", "a severity has no alert windows",
     "A catalogue of alert windows replaces the built-in one whole, so a severity left out has no "
     "alerts at all.",
     "  # ticket: left out",
     R"(  ticket:
    quick: {errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d}
    slow: {errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d})"},
    {Code::threshold_unreachable, "THRESHOLD_UNREACHABLE", "the alert can never fire",
     "The burn rate at which it would fire needs more errors than there are events.",
     "    objective: 90",
     "    objective: 99.9"},
    {Code::period_too_short, "PERIOD_TOO_SHORT", "the period is not longer than the longest window",
     "Burn rates compare a window with the period; a window as long as the period sees only the "
     "past.",
     "  sloPeriod: 1d",
     "  sloPeriod: 30d"},
    {Code::sli_fallback_asymmetry, "SLI_FALLBACK_ASYMMETRY", "only one of the two queries has a fallback for no data",
     "With vector(0) on one side only, missing data turns into 0 % or 100 % instead of no value.",
     "        error_query: sum(rate(errors[{{.window}}])) or vector(0)",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::duplicate_period, "DUPLICATE_PERIOD", "two catalogues of alert windows are for one period",
     "Sloth takes one catalogue of alert windows per period. Two of equal content are a leftover, "
     "two of different content contradict each other.",
     "  sloPeriod: 30d",
     "  sloPeriod: 28d"},
    {Code::plugin_unknown_option, "PLUGIN_UNKNOWN_OPTION", "an option of a plugin is probably misspelt",
     "A plugin ignores options it does not know. This one is given nowhere else, while others give "
     "the same plugin an option of nearly that name. What options exist only the plugin knows, so "
     "they are compared with each other.",
     "options: {fliter: c}",
     "options: {filter: c}"},
    {Code::slo_plugin_chain_dropped, "SLO_PLUGIN_CHAIN_DROPPED", "a plugin chain has no effect here",
     "SLO plugins are programs that Sloth runs while it writes rules. They are checked and kept, "
     "but this program runs none of them.",
     R"(slo_plugins: {chain: [{id: example.com/team-labels}]}
slos:)",
     "slos:"},
    {Code::query_template, "QUERY_TEMPLATE", "a query holds a template action other than the window",
     "Sloth runs a query through Go's templates; here {{.window}} is replaced and nothing else, so "
     "any other {{ would end up in the rule. Write what it stands for.",
     R"(        error_query: sum(rate(errors{env="{{.env}}"}[{{.window}}])))",
     R"(        error_query: sum(rate(errors[{{.window}}])))"},
    {Code::period_unsupported, "PERIOD_UNSUPPORTED", "there are no alert windows for a period",
     "Factors belong to a period: windows are built in for 28 and 30 days. A catalogue of kind "
     "AlertWindows brings others, and replaces the built-in ones; --any-period keeps the usual shares "
     "of the budget for any length. A period that is itself an alert window would give one rule twice.",
     "nines slo rules --default-slo-period 7d checkout.yaml",
     "nines slo rules --default-slo-period 7d --slo-period-windows-path windows/ checkout.yaml"},
    {Code::plugin_not_run, "PLUGIN_NOT_RUN", "rules would need a plugin that is not run",
     "Sloth's plugins are Go programs. The SLO plugins of its core are known here by what they do; no "
     "other is run, and rules without its part would be wrong. Write the query of an SLI plugin as "
     "events or raw.",
     "    plugin: {id: sloth-common/kubernetes/apiserver/availability}",
     R"(    raw: {error_ratio_query: 'avg(rate(failed[{{.window}}]))'})"},
    {Code::not_mappable, "NOT_MAPPABLE", "a definition cannot be written as rules",
     "Prometheus can only judge ratios of queries over rolling windows, and over calendar windows in "
     "UTC. The definition itself is fine: 'nines slo status' judges it from stored measurements.",
     "  budgetingMethod: Timeslices",
     "  budgetingMethod: Occurrences"},
    {Code::exact_not_possible, "EXACT_NOT_POSSIBLE", "an SLI has no events to sum",
     "The exact mode records errors and events and divides their sums. A raw ratio has neither, and a "
     "rate cannot be divided by an increase. Such an SLI keeps the mean of short ratios.",
     "    raw: {error_ratio_query: 'avg(errors:ratio[{{.window}}])'}",
     "    events: {error_query: 'sum(rate(errors[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}"},
    {Code::guard_not_possible, "GUARD_NOT_POSSIBLE", "an alert cannot have a low-traffic guard",
     "The guard counts events in the long window, from the total query of the SLI. A raw ratio has "
     "none, and a query that is neither a rate nor an increase gives no number of events.",
     "        total_query: sum(requests[{{.window}}])",
     "        total_query: sum(rate(requests[{{.window}}]))"},
    {Code::bad_query, "BAD_QUERY", "the brackets or quotes of a query do not match",
     "Prometheus would refuse the rule. The finding names the bracket or quote that is left open, "
     "or closes nothing. Whether the query is right otherwise only Prometheus can tell: run "
     "promtool check rules on what is written.",
     "        error_query: sum(rate(errors[{{.window}}])",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::rule_field, "RULE_FIELD", "a recording rule has a field that only alerts have",
     "for, keep_firing_for and annotations belong to alerts; Prometheus refuses a recording rule "
     "with them.",
     R"(          expr: errors:ratio_rate1h
          for: 5m)",
     "          expr: errors:ratio_rate1h"},
    {Code::duplicate_rule, "DUPLICATE_RULE", "two rules have the same name and labels",
     "Both would write the same series, or raise the same alert, and one of them would be dropped.",
     R"(          expr: errors:ratio_rate5m
          labels: {window: 1h})",
     R"(          expr: errors:ratio_rate5m
          labels: {window: 5m})"},
    {Code::multi_doc_rules, "MULTI_DOC_RULES", "a rule file has several documents",
     "Prometheus and promtool read the first document of a rule file only; the rules of the others "
     "are lost without a word. Put all groups into one list.",
     R"(  - name: more
---
groups:
  - name: most)",
     R"(  - name: more
  - name: most)"},
};
// clang-format on

}  // namespace nines::slo
