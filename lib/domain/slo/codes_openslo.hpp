// Findings about what OpenSLO asks of a definition.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kOpensloPages[] = {
    {Code::one_of, "ONE_OF", "exactly one of two forms is wanted",
     "Something is given in both of two forms, or in neither.",
     R"(    - alertPolicyRef: fast-burn
      kind: AlertPolicy)",
     "    - alertPolicyRef: fast-burn"},
    {Code::indicator_choice, "INDICATOR_CHOICE", "the SLO has no indicator, or two",
     "A standard SLO has indicator or indicatorRef under spec. A composite SLO has one on each "
     "objective and none under spec.",
     R"(  indicatorRef: checkout-requests
  indicator:)",
     "  indicator:"},
    {Code::metric_choice, "METRIC_CHOICE", "an indicator has not exactly one metric",
     "An indicator is either a ratioMetric or a thresholdMetric.",
     R"(    spec:
      thresholdMetric: {metricSource: {type: x, spec: {query: y}}}
      ratioMetric:)",
     R"(    spec:
      ratioMetric:)"},
    {Code::ratio_parts, "RATIO_PARTS", "the parts of the ratio do not fit together",
     "A ratio is good and total, bad and total, or raw alone.",
     R"(        bad:
          metricSource: {type: file, spec: {where: "status >= 500"}}
        good:)",
     "        good:"},
    {Code::target_choice, "TARGET_CHOICE", "not exactly one of target and targetPercent",
     "They say the same thing in two units; give one.",
     R"(      target: 0.999
      targetPercent: 99.9)",
     "      target: 0.999"},
    {Code::rolling_with_calendar, "ROLLING_WITH_CALENDAR", "a rolling window has a calendar",
     "A window either rolls with the clock or follows the calendar.",
     R"(      isRolling: true
      calendar:)",
     R"(      isRolling: false
      calendar:)"},
    {Code::rolling_missing, "ROLLING_MISSING", "the window is neither rolling nor on a calendar",
     "Say isRolling: true, or give the calendar its windows start on.",
     R"(    - duration: 30d
)",
     R"(    - duration: 30d
      isRolling: true
)"},
    {Code::window_count, "WINDOW_COUNT", "the SLO has not exactly one time window",
     "The specification has a list here for historic reasons; it holds one element.",
     R"(    - duration: 7d
      isRolling: true
    - duration: 30d)",
     "    - duration: 30d"},
    {Code::op_with_ratio, "OP_WITH_RATIO", "op or value beside a ratio indicator",
     "Ratio indicators count events that the metric itself calls good, so there is nothing to "
     "compare. The official examples have op here and the Go SDK rejects them.",
     R"(      op: gte
      target: 0.999)",
     "      target: 0.999"},
    {Code::op_missing, "OP_MISSING", "a threshold objective lacks op or value",
     "A threshold indicator is a number; op and value say which numbers are good.",
     "    - value: 300",
     R"(    - op: lte
      value: 300)"},
    {Code::threshold_objectives, "THRESHOLD_OBJECTIVES", "a threshold indicator with several objectives",
     "The specification allows one objective per threshold indicator. Make one SLO per limit.",
     R"(      timeSliceWindow: 1h
    - op: lte
      value: 500
      targetPercent: 99.9
      timeSliceTarget: 0.95
      timeSliceWindow: 1h)",
     "      timeSliceWindow: 1h"},
    {Code::composite_incomplete, "COMPOSITE_INCOMPLETE", "a part of a composite has no indicator",
     "As soon as one objective has its own indicator the SLO is a composite, and each objective "
     "needs one.",
     "    - target: 0.995",
     R"(    - indicatorRef: cart-good
      target: 0.995)"},
    {Code::composite_weight_unused, "COMPOSITE_WEIGHT_UNUSED", "a composite weight has no meaning here",
     "Weights share a budget between the parts of a composite SLO counted by Occurrences. "
     "Elsewhere they are ignored.",
     R"(      compositeWeight: 2
      target: 0.999)",
     "      target: 0.999"},
    {Code::metric_type_missing, "METRIC_TYPE_MISSING", "a metric source has neither type nor reference",
     "Without either nobody knows where to ask.",
     R"(        metricSource:
          spec:)",
     R"(        metricSource:
          type: Prometheus
          spec:)"},
    {Code::metric_type_mismatch, "METRIC_TYPE_MISMATCH", "the metric and its DataSource disagree about the type",
     "The type beside a metricSourceRef is redundant; when both are given they must be equal.",
     R"(        metricSourceRef: web-access
        type: Prometheus)",
     R"(        metricSourceRef: web-access
        type: file)"},
    {Code::condition_count, "CONDITION_COUNT", "an alert policy has not exactly one condition",
     "The specification allows one condition per policy.",
     R"(  conditions:
    - conditionRef: slow
    - kind: AlertCondition)",
     R"(  conditions:
    - kind: AlertCondition)"},
    {Code::unsupported_by_sloth, "UNSUPPORTED_BY_SLOTH", "Sloth does not read this kind of document",
     "Sloth knows its own two dialects and SLO documents of openslo/v1alpha, but no openslo/v1.",
     "",
     ""},
    {Code::bad_predicate, "BAD_PREDICATE", "the condition of a file metric cannot be read",
     "A condition compares columns: status < 500 and not path ^= \"/health\". The column of the "
     "finding is the place inside the text where reading stopped.",
     R"(              where: "status < ")",
     R"(              where: "status < 500")"},
    {Code::bad_pattern, "BAD_PATTERN", "the pattern of a file source cannot be used",
     "A source with `format: pattern` reads each line with one RE2 expression whose named groups "
     "are the columns. The expression must be valid RE2 (no look-around, no back-references) and "
     "must have a group for the time and for every column the source names.",
     R"(pattern: '(\S+) (\d+)')",
     R"(pattern: '(?P<time>\S+) (?P<status>\d+)')"},
    {Code::bad_time_layout, "BAD_TIME_LAYOUT", "the layout of times names no point in time",
     "A layout such as %Y-%m-%d %H:%M:%S must give a date, an hour and a minute, each once, with "
     "the conversions listed in nines-slo(5).",
     "time: {column: time, format: '%Y-%m'}",
     "time: {column: time, format: '%Y-%m-%d %H:%M:%S'}"},
};
// clang-format on

}  // namespace nines::slo
