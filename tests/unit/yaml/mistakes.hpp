// One planted mistake per row: a valid document, what is changed in it, and the finding that is
// due.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "unit/yaml/samples.hpp"

namespace nines::test {

struct Mistake {
  std::string_view sample;
  std::string_view from;
  std::string_view to;
  std::string_view code;
  std::string_view at;    ///< the finding begins where this begins inside `to` ("" = at `to`)
  std::string_view hint;  ///< the hint holds this
};

inline const Mistake kMistakes[] = {
    {kSloText, "apiVersion: openslo/v1", "apiVersion: openslo/v1beta", "UNKNOWN_API_VERSION",
     "openslo/v1beta", "openslo/v1"},
    {kSloText, "kind: SLO", "kind: SL0", "UNKNOWN_KIND", "SL0", "SLO"},
    {kSloText, "kind: SLO\n", "", "MISSING_FIELD", "", "kind: SLO"},
    {kSloText, "budgetingMethod: Occurrences", "budgetMethod: Occurrences", "UNKNOWN_FIELD", "",
     "budgetingMethod"},
    {kSloText, "budgetingMethod: Occurrences", "budgetingmethod: Occurrences", "FIELD_CASE", "",
     "budgetingMethod"},
    {kSloText, "budgetingMethod: Occurrences", "budgetingMethod: Occurences", "BAD_ENUM",
     "Occurences", "Occurrences"},
    {kSloText, "  budgetingMethod: Occurrences\n", "", "MISSING_FIELD", "", "Timeslices"},
    {kSloText, "name: checkout-availability", "name: Checkout_Availability", "BAD_NAME", "Checkout",
     "checkout-availability"},
    {kSloText, "displayName: Checkout availability", "displayName: 17", "WRONG_TYPE", "17",
     "quotes"},
    {kSloText, "displayName: Checkout availability",
     "displayName: The availability of the checkout as users in Europe see it, all year",
     "TOO_LONG", "The", "63"},
    {kSloText, "team: payments", "-team: payments", "BAD_LABEL_KEY", "", "letters"},
    {kSloText, "example.com/board: sre", "EXAMPLE.com/board: sre", "BAD_ANNOTATION_KEY", "",
     "lower-case"},
    {kSloText, "nines.dev/no-data: bad", "nines.dev/nodata: bad", "UNKNOWN_ANNOTATION", "",
     "no-data"},
    {kSloText, "nines.dev/no-data: bad", "nines.dev/no-data: skip", "BAD_ANNOTATION_VALUE", "skip",
     "exclude"},
    {kSloText, "nines.dev/sla: \"99.5\"", "nines.dev/sla: 99.5", "WRONG_TYPE", "99.5", "quotes"},
    {kSloText, "service: checkout", "service: \"\"", "EMPTY_VALUE", "\"\"", "service"},
    {kSloText, "service: checkout", "service: [checkout]", "WRONG_TYPE", "[", "service"},
    {kSloText, "service: checkout", "service: checkout\n  service: cart", "DUPLICATE_KEY",
     "service: cart", "remove"},
    {kSloText, "counter: true", "counter: yes", "BAD_BOOLEAN", "yes", "true"},
    {kSloText, "where: \"status < 500\"", "where: \"status < \"", "BAD_PREDICATE", "\"", ""},
    {kSloText, "where: \"status < 500\"", "wher: \"status < 500\"", "UNKNOWN_FIELD", "", "where"},
    {kSloText, "where: \"status < 500\"", "where: \"true\"", "GOOD_EQUALS_TOTAL",
     "@good:", "narrow"},
    {kSloText, "duration: 30d", "duration: 30 days", "BAD_DURATION", "30 days", "30d"},
    {kSloText, "duration: 30d", "duration: 30D", "BAD_DURATION", "30D", "30d"},
    {kSloText, "duration: 30d", "duration: Week", "BAD_DURATION", "Week", "30d"},
    {kSloText, "duration: 30d", "duration: 0d", "BAD_DURATION", "0d", "above zero"},
    {kSloText, "duration: 30d", "duration: 30", "BAD_DURATION", "30", "30m"},
    {kSloText, "      isRolling: true\n", "", "ROLLING_MISSING", "", "isRolling: true"},
    {kSloText, "isRolling: true", "isRolling: \"true\"", "BAD_BOOLEAN", "\"true\"", "true"},
    {kSloText, "target: 0.999", "target: 1", "OUT_OF_RANGE", "1", "error budget"},
    {kSloText, "target: 0.999", "target: -0.1", "OUT_OF_RANGE", "-0.1", "0 or more"},
    {kSloText, "target: 0.999", "target: 99.9", "OUT_OF_RANGE", "99.9", "targetPercent"},
    {kSloText, "target: 0.999", "target: \"0.999\"", "BAD_NUMBER", "\"0.999\"", "without quotes"},
    {kSloText, "target: 0.999", "target: .nan", "BAD_NUMBER", ".nan", "digits"},
    {kSloText, "target: 0.999", "target: 0.999\n      targetPercent: 99.9", "TARGET_CHOICE",
     "targetPercent", "exactly one"},
    {kSloText, "target: 0.999", "op: gte\n      target: 0.999", "OP_WITH_RATIO", "op", "remove"},
    {kSloText, "target: 0.999", "target: 0.001", "OBJECTIVE_LOW", "0.001", "good events"},
    {kSloText, "alertPolicyRef: fast-burn", "alertPolicyref: fast-burn", "FIELD_CASE", "",
     "alertPolicyRef"},
    {kSloText, "      ratioMetric:", "\t      ratioMetric:", "TAB_INDENT", "\t", "spaces"},
    {kSloText, "        total:",
     "        raw:\n          metricSource: {type: x, spec: {q: y}}\n        total:", "RATIO_PARTS",
     "@counter", "'good' and 'total'"},
    {kSloText, "spec:\n  description", "spec:\n  indicatorRef: other\n  description",
     "INDICATOR_CHOICE", "indicatorRef", "exactly one"},
    {kLatencyText, "op: lte", "op: lteq", "BAD_ENUM", "lteq", "lte"},
    {kLatencyText, "    - op: lte\n      value", "    - value", "OP_MISSING", "value", "gte"},
    {kLatencyText, "          type: Prometheus\n", "", "METRIC_TYPE_MISSING", "", "Prometheus"},
    {kLatencyText, "startTime: 2026-01-01 00:00:00", "startTime: 2026-02-30 00:00:00", "BAD_DATE",
     "2026", "YYYY"},
    {kLatencyText, "timeZone: Europe/Paris", "timeZone: Europe/Pariss", "BAD_TIME_ZONE",
     "Europe/Pariss", "Europe/Paris"},
    {kLatencyText, "timeZone: Europe/Paris", "timeZone: Local", "BAD_TIME_ZONE", "Local",
     "Europe/Paris"},
    {kLatencyText, "isRolling: false", "isRolling: true", "ROLLING_WITH_CALENDAR", "@calendar",
     "isRolling: false"},
    {kLatencyText, "timeSliceTarget: 0.95", "timeSliceTarget: 0", "OUT_OF_RANGE", "0",
     "never be bad"},
    {kLatencyText, "timeSliceWindow: 1h", "timeSliceWindow: 7m", "SLICE_NOT_DIVISOR", "7m",
     "divides"},
    {kLatencyText, "      timeSliceWindow: 1h\n", "", "MISSING_FIELD", "@op: lte", "5m"},
    {kLatencyText, "value: 300", "value: fast", "BAD_NUMBER", "fast", "digits"},
    {kCompositeText, "    - indicatorRef: cart-good\n      target: 0.995", "    - target: 0.995",
     "COMPOSITE_INCOMPLETE", "target", "indicatorRef"},
    {kCompositeText, "compositeWeight: 0.7", "compositeWeight: 0", "OUT_OF_RANGE", "0", "above 0"},
    {kCompositeText, "compositeWeight: 0.7", "compositeWeight: 0.5", "WEIGHTS_NOT_ONE",
     "@objectives", "share"},
    {kSliText, "    rawType: failure\n", "", "MISSING_FIELD", "", "success"},
    {kSliText, "rawType: failure", "rawType: failures", "BAD_ENUM", "failures", "failure"},
    {kSliText, "          query: errors / requests", "          {}", "WRONG_TYPE", "{}", "query"},
    {kDataSourceText, "  type: file\n", "", "MISSING_FIELD", "@connectionDetails", "Prometheus"},
    {kPolicyText, "alertWhenBreaching: true", "alertWhenBreaching: false", "POLICY_SILENT", "",
     "alertWhenBreaching"},
    {kPolicyText, "op: gte", "op: lt", "ALERT_OP_INVERTED", "lt", "gt"},
    {kPolicyText, "          kind: burnrate\n", "", "MISSING_FIELD", "@op: gte", "kind: burnrate"},
    {kPolicyText, "    - kind: AlertCondition\n      metadata", "    - metadata", "MISSING_FIELD",
     "metadata", "kind: AlertCondition"},
    {kPolicyText, "    - targetRef: on-call", "    - {}", "ONE_OF", "{}", "exactly one"},
    {kPolicyText, "lookbackWindow: 1h", "lookbackWindow: 1y", "BAD_DURATION", "1y", "1Y"},
    {kServiceText, "tier: 1", "tier: 7", "OUT_OF_RANGE", "7", "0 (most"},
    {kServiceText, "      kind: hard\n", "", "MISSING_FIELD", "@service: cart", "soft"},
    {kServiceText, "since: 2026-01-01", "since: 1 Jan", "BAD_DATE", "1 Jan", "YYYY"},
    {kServiceText, "currency: EUR", "currency: euro", "BAD_ENUM", "euro", "EUR"},
    {kServiceText, "    - vendor: acme-pay", "    - vendors: acme-pay", "UNKNOWN_FIELD", "vendors",
     "vendor"},
    {kVendorText, "until: 2026-12-31", "until: 2025-12-31", "OUT_OF_RANGE", "2025", "from"},
    {kAssessmentText, "fact: tier", "fact: tiers", "BAD_ENUM", "tiers", "tier"},
    {kAssessmentText, "is: true", "atLeast: 1", "ONE_OF", "@fact: dataExposure", "is: true"},
    {kAssessmentText, "          atMost: 0\n", "", "ONE_OF", "@fact: tier", "atLeast"},
    {kAssessmentText, "tell: [executives]", "tell: executives", "WRONG_TYPE", "executives",
     "brackets"},
    {kAssessmentText, "people: [grace, henry]", "people: [grace, 7]", "WRONG_TYPE", "7", "quotes"},
    {kAssessmentText, "recoveredAtMost: 0.5", "recoveredAtMost: 0.1", "OUT_OF_RANGE", "0.1",
     "exchange"},
    {kAssessmentText, "call: executives", "call: finance", "REF_UNRESOLVED", "finance", "roles"},
    {kAssessmentText, "value: 38.40", "value: -1", "OUT_OF_RANGE", "-1", "0 or more"},
    {kSlothText, "objective: 99.9", "objective: 0.999", "OBJECTIVE_LOW", "0.999", "99.9"},
    {kSlothText, "page_alert:", "pageAlert:", "WRONG_DIALECT_KEY", "", "page_alert"},
    {kSlothText, "errors[{{.window}}]", "errors[5m]", "QUERY_NO_WINDOW", "@sum(rate(errors",
     "{{.window}}"},
    {kSlothText, "version: prometheus/v1", "version: prometheus/v2", "SPEC_VERSION", "prometheus",
     "prometheus/v1"},
    {kSlothText, "service: checkout", "service: c", "BAD_NAME", "c\n", "two or more"},
    {kSlothText, "team: payments", "sloth_team: payments", "RESERVED_LABEL", "", "another name"},
    {kSlothText, "objective: 99.9", "objective: 100", "OBJECTIVE_100", "100", "99.99"},
    {kSlothText, "objective: 99.9", "objective: 90", "THRESHOLD_UNREACHABLE", "90", "raise"},
};

inline std::string mutated(const Mistake& mistake) {
  std::string text(mistake.sample);
  const std::size_t at = text.find(mistake.from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, mistake.from.size(), mistake.to);
}

}  // namespace nines::test
