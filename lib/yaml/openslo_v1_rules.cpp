// OpenSLO v1: rules between the fields of one document, and advice on legal ones.
#include <algorithm>

#include "base/decimal.hpp"
#include "domain/series/predicate.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/file_source.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/same.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr Profiles kSpecOrGoSdk = kSpec | kGoSdk;

std::string_view text_at(const Node& map, std::string_view name) {
  const Node* value = map.find(name);
  return value != nullptr && value->is_scalar() ? value->text : std::string_view();
}

std::optional<Decimal> number_at(const Node& map, std::string_view name) {
  const Node* value = map.find(name);
  return value != nullptr && value->is_number() ? Decimal::parse(value->text) : std::nullopt;
}

/// An entry that is either a reference or an inline object with kind, metadata and spec.
void check_ref_or_inline(Checker& checker, const Node& map, std::string_view ref,
                         std::string_view kind) {
  const bool has_ref = is_set(map, ref);
  const bool has_inline = is_set(map, "metadata") || is_set(map, "spec") || is_set(map, "kind");
  const std::string either =
      "'" + std::string(ref) + (has_ref ? "' and" : "' nor") + " an inline " + std::string(kind);
  if (has_ref == has_inline) {
    checker.error(Code::one_of, has_ref ? key_or(map, ref) : first_of(map),
                  (has_ref ? "both " : "neither ") + either, "give exactly one of the two");
    return;
  }
  if (has_ref) {
    const Checker::Step step(checker, ref);
    checker.refer(std::string(kind), *map.find(ref));
    return;
  }
  for (const std::string_view part : {std::string_view("metadata"), std::string_view("spec")}) {
    if (!is_set(map, part))
      checker.error(Code::missing_field, first_of(map),
                    "'" + std::string(part) + "' is missing in the inline " + std::string(kind),
                    "an inline object has kind, metadata and spec");
  }
  if (!is_set(map, "kind")) {
    auto& finding = checker.report(Code::missing_field, first_of(map),
                                   "'kind' is missing in the inline " + std::string(kind),
                                   "add 'kind: " + std::string(kind) + "'", kGoSdk);
    if (const Node* meta = map.find_key("metadata"))
      finding.fix = insert_below(checker.source(), map, *meta, "kind: " + std::string(kind));
  }
}

}  // namespace

void check_metric_source(Checker& checker, const Node& map) {
  const bool has_ref = is_set(map, "metricSourceRef");
  const bool has_type = is_set(map, "type") && !text_at(map, "type").empty();
  if (!has_ref && !has_type) {
    checker.report(Code::metric_type_missing, first_of(map),
                   "a metric source needs a 'type' or a 'metricSourceRef'",
                   "name a DataSource, or say what the source is, such as 'type: Prometheus'",
                   kSpec);
  }
  if (has_ref) {
    const Checker::Step step(checker, "metricSourceRef");
    checker.refer("DataSource", *map.find("metricSourceRef"), text_at(map, "type"));
  }
  const Node* spec = map.find("spec");
  if (text_at(map, "type") == "file" && spec != nullptr && spec->is_mapping())
    check_file_metric(checker, *spec);
}

void check_ratio_metric(Checker& checker, const Node& map) {
  const bool good = is_set(map, "good");
  const bool bad = is_set(map, "bad");
  const bool total = is_set(map, "total");
  const bool raw = is_set(map, "raw");
  std::string problem;
  if (total && raw) problem = "both 'total' and 'raw'";
  if (!total && !raw) problem = "neither 'total' nor 'raw'";
  if (problem.empty() && good + bad + raw > 1)
    problem = good && bad ? "both 'good' and 'bad'" : "'raw' beside 'good' or 'bad'";
  if (problem.empty() && total && !good && !bad) problem = "'total' without 'good' or 'bad'";
  if (!problem.empty()) {
    checker.error(Code::ratio_parts, first_of(map), "a ratio has " + problem,
                  "give 'good' and 'total', 'bad' and 'total', or 'raw' alone");
    return;
  }
  if (raw && !is_set(map, "rawType")) {
    checker.error(Code::missing_field, key_or(map, "raw"), "'rawType' is missing beside 'raw'",
                  "write 'rawType: success' or 'rawType: failure'");
  }
  const Node* part = map.find(good ? "good" : "bad");
  if (total && part != nullptr && same_values(*part, *map.find("total"))) {
    checker.report(Code::good_equals_total, key_or(map, good ? "good" : "bad"),
                   std::string(good ? "'good'" : "'bad'") + " asks for the same events as 'total'",
                   "the ratio would always be 1: narrow one of them", kSloth | kNines);
  }
}

void check_indicator_spec(Checker& checker, const Node& map) {
  if (is_set(map, "thresholdMetric") == is_set(map, "ratioMetric")) {
    checker.error(Code::metric_choice,
                  is_set(map, "ratioMetric") ? key_or(map, "ratioMetric") : first_of(map),
                  is_set(map, "ratioMetric") ? "both 'thresholdMetric' and 'ratioMetric'"
                                             : "neither 'thresholdMetric' nor 'ratioMetric'",
                  "an indicator has exactly one of the two");
  }
}

void check_rolling(Checker& checker, const Node& map, std::string_view after) {
  const Node* rolling = map.find("isRolling");
  const bool rolls = rolling != nullptr && rolling->is_true();
  if (rolls && is_set(map, "calendar")) {
    checker.error(Code::rolling_with_calendar, key_or(map, "calendar"),
                  "a rolling window has no calendar",
                  "remove 'calendar', or write 'isRolling: false'");
  } else if (!rolls && !is_set(map, "calendar")) {
    const bool unsaid = rolling == nullptr;
    auto& finding =
        checker.report(Code::rolling_missing, unsaid ? first_of(map) : key_or(map, "isRolling"),
                       unsaid ? "the window is neither rolling nor on a calendar"
                              : "a window that does not roll needs a 'calendar'",
                       "write 'isRolling: true', or add 'calendar' with startTime and timeZone",
                       unsaid ? kGoSdk : kSpecOrGoSdk);
    const Node* above = map.find_key(after);
    if (unsaid && above != nullptr)
      finding.fix = insert_below(checker.source(), map, *above, "isRolling: true");
  }
}

void check_window_count(Checker& checker, const Node& map, std::string_view name) {
  const Node* windows = child(&map, name);
  if (windows == nullptr || !windows->is_sequence() || windows->count == 1) return;
  checker.error(Code::window_count, *map.find_key(name),
                "an SLO has exactly one time window, here are " + std::to_string(windows->count),
                "make one SLO per window");
}

void check_time_window(Checker& checker, const Node& map) {
  check_rolling(checker, map, "duration");
  const Node* rolling = map.find("isRolling");
  const auto length = length_from(text_at(map, "duration"));
  if (rolling != nullptr && rolling->is_true() && length && length->unit >= slo::Unit::month) {
    const std::string days =
        std::to_string(std::chrono::duration_cast<std::chrono::days>(length->rolling()).count()) +
        "d";
    checker
        .advise(Code::rolling_calendar_unit, *map.find("duration"),
                "a rolling window of " + shown(*map.find("duration")) + " is counted as " + days,
                "write '" + days + "', or use a calendar")
        .fix = replace_with(*map.find("duration"), days);
  }
}

void check_objective(Checker& checker, const Node& map) {
  const bool target = is_set(map, "target");
  const Node* stated = child(&map, target ? "target" : "targetPercent");
  checker.targets.push_back(checker.place_of(stated != nullptr ? *stated : map));
  if (target == is_set(map, "targetPercent")) {
    checker.error(
        Code::target_choice, target ? key_or(map, "targetPercent") : first_of(map),
        target ? "both 'target' and 'targetPercent'" : "neither 'target' nor 'targetPercent'",
        "give exactly one of the two");
    return;
  }
  const auto ratio = number_at(map, "target");
  const auto percent = number_at(map, "targetPercent");
  if ((ratio && *ratio < Decimal(5, 1)) || (percent && *percent < Decimal(50, 0))) {
    const Node& value = *map.find(target ? "target" : "targetPercent");
    checker.advise(Code::objective_low, value,
                   "the target " + shown(value) + " lets more than half of all events fail",
                   "is this the share of good events?");
  }
}

void check_condition(Checker& checker, const Node& map) {
  if (!is_set(map, "kind")) {
    auto& finding =
        checker.report(Code::missing_field, first_of(map), "'kind' is missing in the condition",
                       "add 'kind: burnrate'", kGoSdk);
    if (const Node* op = map.find_key("op"))
      finding.fix = insert_below(checker.source(), map, *op, "kind: burnrate");
  }
  const std::string_view op = text_at(map, "op");
  const auto threshold = number_at(map, "threshold");
  const auto lookback = length_from(text_at(map, "lookbackWindow"));
  if (threshold && lookback && (op == "gt" || op == "gte"))
    checker.burns.push_back({threshold->to_double(), lookback->rolling()});
  if (op == "lt" || op == "lte") {
    checker.advise(Code::alert_op_inverted, *map.find("op"),
                   "with '" + std::string(op) + "' the alert fires while the budget burns slowly",
                   "write 'gt' or 'gte'");
  }
}

void check_condition_entry(Checker& checker, const Node& map) {
  check_ref_or_inline(checker, map, "conditionRef", "AlertCondition");
}
void check_target_entry(Checker& checker, const Node& map) {
  check_ref_or_inline(checker, map, "targetRef", "AlertNotificationTarget");
}
void check_policy_entry(Checker& checker, const Node& map) {
  check_ref_or_inline(checker, map, "alertPolicyRef", "AlertPolicy");
}

void check_policy_spec(Checker& checker, const Node& map) {
  const Node* conditions = map.find("conditions");
  if (conditions != nullptr && conditions->is_sequence() && conditions->count != 1) {
    checker.error(
        Code::condition_count, key_or(map, "conditions"),
        "an alert policy has exactly one condition, here are " + std::to_string(conditions->count),
        "make one policy per condition");
  }
  const Node* targets = map.find("notificationTargets");
  if (targets != nullptr && targets->is_sequence() && targets->count == 0) {
    checker.error(Code::empty_value, key_or(map, "notificationTargets"), "nobody is told",
                  "add a notification target");
  }
  const auto on = [&](std::string_view name) {
    return map.find(name) != nullptr && !map.find(name)->is_false();
  };
  if (!on("alertWhenNoData") && !on("alertWhenBreaching") && !on("alertWhenResolved")) {
    checker.advise(Code::policy_silent, first_of(map),
                   "no 'alertWhen...' is true: this policy never notifies",
                   "write 'alertWhenBreaching: true'");
  }
}

}  // namespace nines::yaml
