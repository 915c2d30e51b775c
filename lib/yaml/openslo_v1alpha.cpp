// OpenSLO v1alpha: field tables, rules, and the way to the model.
#include "yaml/openslo_v1alpha.hpp"

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/openslo_parts.hpp"
#include "yaml/rule_sources.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kAlphaApiVersion[] = {"openslo/v1alpha"};
constexpr std::string_view kAlphaMethods[] = {"Occurrences", "Timeslices"};
constexpr std::string_view kUnits[] = {"Second", "Day", "Week", "Month", "Quarter"};

void check_letters(Checker& checker, const Node& value) {
  for (const char c : value.text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) continue;
    checker.error(Code::bad_name, value, shown(value) + " is not letters only",
                  "use letters only, such as prometheus or promql");
    return;
  }
}

void check_window_length(Checker& checker, const Node& value) {
  const auto number = Decimal::parse(value.text);
  if (number && *number > Decimal(0, 0)) return;
  checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                "a window has a count above 0");
}

void check_slice_ratio(Checker& checker, const Node& value) {
  const auto number = Decimal::parse(value.text);
  if (number && *number >= Decimal(0, 0) && *number <= Decimal(1, 0)) return;
  checker.error(Code::out_of_range, value, shown(value) + " is out of range", "use 0 to 1");
}

void check_window(Checker& checker, const Node& map) { check_rolling(checker, map, "unit"); }

/// What Sloth reads of such a document: ratios of Prometheus, over one window of days.
void check_sloth_takes(Checker& checker, const Node& objective) {
  if (checker.profile() != Profile::sloth) return;
  const auto refuse = [&](const Node& at, std::string message, std::string hint) {
    checker.report(Code::unsupported_by_sloth, at, std::move(message), std::move(hint), kSloth);
  };
  const Node* ratio = child(&objective, "ratioMetrics");
  if (ratio == nullptr)
    return refuse(first_of(objective), "Sloth reads objectives with 'ratioMetrics' only",
                  "add 'ratioMetrics'");
  for (const std::string_view part : {std::string_view("good"), std::string_view("total")}) {
    const Node* metric = child(ratio, part);
    const Node* source = child(metric, "source");
    const Node* language = child(metric, "queryType");
    if (source != nullptr && source->text != "prometheus" && source->text != "sloth")
      refuse(*source, "Sloth does not read " + shown(*source), "use prometheus or sloth");
    if (language != nullptr && language->text != "promql")
      refuse(*language, "Sloth does not read " + shown(*language), "use promql");
  }
}

void check_sloth_window(Checker& checker, const Node& map) {
  const Node* windows = child(&map, "timeWindows");
  if (checker.profile() != Profile::sloth || windows == nullptr || windows->first == nullptr ||
      !windows->is_sequence())
    return;
  const Node* unit = child(windows->first, "unit");
  if (unit == nullptr || to_lower_ascii(unit->text) == "day") return;
  checker.report(Code::unsupported_by_sloth, *unit, "Sloth reads windows of days only",
                 "write 'unit: Day'", kSloth);
}

void check_objective_of(Checker& checker, const Node& map, const Node& objective) {
  const bool indicator = is_set(map, "indicator");
  const bool ratio = is_set(objective, "ratioMetrics");
  const Node* target = child(&objective, "target");
  checker.targets.push_back(checker.place_of(target != nullptr ? *target : objective));
  const Node* op = objective.find_key("op");
  if (ratio && op != nullptr) {
    checker
        .error(Code::op_with_ratio, *op, "'op' has no meaning for a ratio indicator",
               "remove the line")
        .fix = remove_member(checker.source(), *op);
  }
  if (!ratio && indicator && op == nullptr) {
    checker.error(Code::op_missing, first_of(objective),
                  "'op' is missing: the indicator is a threshold", "add 'op' (gt, gte, lt or lte)");
  }
  if (text_of(&map, "budgetingMethod") == "Timeslices" && !is_set(objective, "timeSliceTarget")) {
    checker.error(Code::missing_field, first_of(objective), "'timeSliceTarget' is missing",
                  "Timeslices needs it");
  }
  check_sloth_takes(checker, objective);
}

void check_alpha_spec(Checker& checker, const Node& map) {
  check_window_count(checker, map, "timeWindows");
  check_sloth_window(checker, map);
  const Node* objectives = child(&map, "objectives");
  const bool indicator = is_set(map, "indicator");
  if (objectives == nullptr || !objectives->is_sequence()) return;
  std::uint32_t ratios = 0;
  int index = 0;
  for (const Node& objective : objectives->items()) {
    const Checker::Step list(checker, "objectives");
    const Checker::Step item(checker, index++);
    ratios += is_set(objective, "ratioMetrics") ? 1U : 0U;
    check_objective_of(checker, map, objective);
  }
  if (indicator == (ratios > 0)) {
    checker.error(Code::indicator_choice, indicator ? *map.find_key("indicator") : first_of(map),
                  indicator ? "both 'indicator' and 'ratioMetrics'"
                            : "neither 'indicator' nor 'ratioMetrics'",
                  "give a thresholdMetric under 'indicator', or 'ratioMetrics' on each objective");
  } else if (ratios > 0 && ratios < objectives->count) {
    checker.error(Code::indicator_choice, *map.find_key("objectives"),
                  "some objectives have no 'ratioMetrics'", "add it to each of them");
  }
  if (!is_set(map, "description"))
    checker.advise(Code::no_description, first_of(map), "the SLO has no description",
                   "say in a sentence what users get", Severity::info);
  if (const Node* service = child(&map, "service")) {
    const Checker::Step step(checker, "service");
    checker.refer("Service", *service, {}, true);
  }
}

const Format kLetters{check_letters, R"("pattern":"^[A-Za-z]+$")"};
const Format kCount{check_window_length, R"("exclusiveMinimum":0)"};
const Format kSliceRatio{check_slice_ratio, R"("minimum":0,"maximum":1)"};

const Field kAlphaMetadataFields[] = {kNameRow, kMetadataNameRow};
const Shape kAlphaMetadata{"metadata", kAlphaMetadataFields};

const Field kAlphaMetricFields[] = {
    row::text("source", "kind of source, such as prometheus", kOpenSlo, &kLetters),
    row::text("queryType", "language of the query, such as promql", kOpenSlo, &kLetters),
    row::text("query", "what to ask the source", kOpenSlo),
};
const Shape kAlphaMetric{"metric", kAlphaMetricFields};

const Field kIndicatorFields[] = {
    row::object("thresholdMetric", "a value that is compared with a limit", &kAlphaMetric,
                kOpenSlo),
};
const Shape kIndicator{"indicator", kIndicatorFields};

const Field kRatioFields[] = {
    row::object("good", "events that went well", &kAlphaMetric, kOpenSlo),
    row::object("total", "all events that count", &kAlphaMetric, kOpenSlo),
    row::flag("incremental", "true when the metrics only ever rise"),
};
const Shape kRatio{"ratioMetrics", kRatioFields};

const Field kAlphaWindowFields[] = {
    row::choice("unit", "unit of the length", kUnits, kOpenSlo),
    row::of(Type::integer, "count", "how many units", kOpenSlo, &kCount),
    kRollingRow,
    kCalendarRow,
};
const Shape kAlphaWindow{"timeWindow", kAlphaWindowFields, check_window};

const Field kObjectiveFields[] = {
    kDisplayNameRow,
    kOpRow,
    row::number("value", "the limit; needed for ratios too", kOpenSlo),
    row::number("target", kTargetHelp, kOpenSlo | kSloth, &kTargetFormat),
    row::number("timeSliceTarget", "share that makes a slice good", 0, &kSliceRatio),
    row::object("ratioMetrics", "good events among all", &kRatio),
};
const Shape kAlphaObjective{"objective", kObjectiveFields};

const Field kAlphaSpecFields[] = {
    kDescriptionRow,
    row::text("service", "the service it belongs to", kOpenSlo),
    row::choice("budgetingMethod", "how the error budget is counted", kAlphaMethods, kOpenSlo),
    row::list("timeWindows", "the compliance window; exactly one", &kAlphaWindow, kOpenSlo),
    row::object("indicator", "a threshold metric", &kIndicator),
    row::list("objectives", "what is promised", &kAlphaObjective, kOpenSlo),
};
const Shape kSpecShape{"sloSpec", kAlphaSpecFields, check_alpha_spec};

const auto kSloFields =
    envelope({kAlphaApiVersion, kSloKind, &kAlphaMetadata, &kSpecShape, kOpenSlo, kOpenSlo});
const auto kAlphaServiceFields =
    envelope({kAlphaApiVersion, kServiceKind, &kAlphaMetadata, &kServiceSpecShape, kOpenSlo, 0});
const Shape kSlo{"slo", kSloFields};
const Shape kAlphaService{"service", kAlphaServiceFields};

const KindTable kAlphaKinds[] = {
    {kAlphaApiVersion[0], "SLO", &kSlo, kOpenSlo,
     [](const Node& n, Definition& d) {
       d.object = read_openslo_v1alpha_slo(n);
       d.rule_sources = read_openslo_rule_sources(n);
     }},
    {kAlphaApiVersion[0], "Service", &kAlphaService, kOpenSlo,
     [](const Node& n, Definition& d) { d.object = read_openslo_service(n); }},
};

slo::MetricSource metric_source_alpha(const Node* metric) {
  slo::MetricSource source;
  source.type = text_of(metric, "source");
  source.spec = Json::object(
      {{"queryType", text_of(metric, "queryType")}, {"query", text_of(metric, "query")}});
  return source;
}

slo::TimeWindow window_from(const Node* list) {
  static constexpr std::pair<std::string_view, slo::Unit> kAlphaUnits[] = {
      {"Second", slo::Unit::second},
      {"Day", slo::Unit::day},
      {"Week", slo::Unit::week},
      {"Month", slo::Unit::month},
      {"Quarter", slo::Unit::quarter}};
  slo::TimeWindow window;
  if (list == nullptr || list->first == nullptr) return window;
  for (const auto& [name, unit] : kAlphaUnits) {
    if (text_of(list->first, "unit") == name) window.length.unit = unit;
  }
  if (const auto count = decimal_of(list->first, "count")) window.length.count = count->units();
  const Node* calendar = child(list->first, "calendar");
  window.rolling = calendar == nullptr;
  window.anchor = text_of(calendar, "startTime");
  window.zone = text_of(calendar, "timeZone");
  return window;
}

}  // namespace

std::span<const KindTable> openslo_v1alpha_kinds() { return kAlphaKinds; }

slo::Slo read_openslo_v1alpha_slo(const Node& document) {
  slo::Slo slo;
  read_metadata(document, slo.name, slo.display_name, slo.labels, slo.annotations);
  const Node* spec = child(&document, "spec");
  slo.description = text_of(spec, "description");
  slo.service = text_of(spec, "service");
  slo.method = method_from(text_of(spec, "budgetingMethod"));
  slo.window = window_from(child(spec, "timeWindows"));
  if (const Node* threshold = child(child(spec, "indicator"), "thresholdMetric")) {
    slo.indicator = slo::Indicator{slo.name, slo::Indicator::Kind::threshold,
                                   metric_source_alpha(threshold), std::nullopt};
  }
  const Node* objectives = child(spec, "objectives");
  if (objectives == nullptr) return slo;
  for (const Node& node : objectives->items()) {
    slo::Objective objective;
    objective.display_name = text_of(&node, "displayName");
    objective.target = ratio_of(&node, "target").value_or(Ratio());
    objective.op = comparison_from(text_of(&node, "op"));
    if (slo.indicator) objective.value = decimal_of(&node, "value");
    objective.slice_target = ratio_of(&node, "timeSliceTarget");
    if (const Node* ratio = child(&node, "ratioMetrics")) {
      objective.indicator = slo::Indicator{slo.name, slo::Indicator::Kind::good_total,
                                           metric_source_alpha(child(ratio, "good")),
                                           metric_source_alpha(child(ratio, "total"))};
    }
    slo.objectives.push_back(std::move(objective));
    slo.objectives.back().id = objective_id(slo, slo.objectives.size() - 1, node);
  }
  // With one ratio it is an ordinary SLO, not a composite of one.
  if (slo.objectives.size() == 1 && slo.objectives[0].indicator) {
    slo.indicator = std::move(slo.objectives[0].indicator);
    slo.objectives[0].indicator.reset();
  }
  return slo;
}

}  // namespace nines::yaml
