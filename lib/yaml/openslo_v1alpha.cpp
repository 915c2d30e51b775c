// OpenSLO v1alpha: field tables, rules, and the way to the model.
#include "yaml/openslo_v1alpha.hpp"

#include <array>

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr Profiles kBoth = kSpec | kGoSdk;
constexpr std::string_view kApiVersions[] = {"openslo/v1alpha"};
constexpr std::string_view kKindSlo[] = {"SLO"};
constexpr std::string_view kKindService[] = {"Service"};
constexpr std::string_view kMethods[] = {"Occurrences", "Timeslices"};
constexpr std::string_view kOps[] = {"gt", "gte", "lt", "lte"};
constexpr std::string_view kUnits[] = {"Second", "Day", "Week", "Month", "Quarter"};

const Node& first_of(const Node& map) {
  return map.first != nullptr && !map.flow ? *map.first : map;
}

void check_letters(Checker& checker, const Node& value) {
  for (const char c : value.text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) continue;
    checker.error(Code::bad_name, value, shown(value) + " is not letters only",
                  "use letters only, such as prometheus or promql");
    return;
  }
}

void check_count(Checker& checker, const Node& value) {
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

void check_window(Checker& checker, const Node& map) {
  const Node* rolling = child(&map, "isRolling");
  const bool rolls = rolling != nullptr && rolling->is_true();
  const Node* calendar = map.find_key("calendar");
  if (rolls && calendar != nullptr) {
    checker.error(Code::rolling_with_calendar, *calendar, "a rolling window has no calendar",
                  "remove 'calendar', or write 'isRolling: false'");
  } else if (!rolls && calendar == nullptr) {
    auto& finding = checker.report(Code::rolling_missing, first_of(map),
                                   "the window is neither rolling nor on a calendar",
                                   "write 'isRolling: true', or add 'calendar'", kGoSdk);
    const Node* unit = map.find_key("unit");
    if (rolling == nullptr && unit != nullptr)
      finding.fix = insert_below(checker.source(), map, *unit, "isRolling: true");
  }
}

void check_spec(Checker& checker, const Node& map) {
  const Node* windows = child(&map, "timeWindows");
  if (windows != nullptr && windows->is_sequence() && windows->count != 1) {
    checker.error(Code::window_count, *map.find_key("timeWindows"),
                  "an SLO has exactly one time window, here are " + std::to_string(windows->count),
                  "make one SLO per window");
  }
  const Node* objectives = child(&map, "objectives");
  const bool indicator = child(&map, "indicator") != nullptr;
  const bool slices = text_of(&map, "budgetingMethod") == "Timeslices";
  bool ratios = false;
  if (objectives == nullptr || !objectives->is_sequence()) return;
  int index = 0;
  for (const Node& objective : objectives->items()) {
    const Checker::Step list(checker, "objectives");
    const Checker::Step item(checker, index++);
    const bool ratio = child(&objective, "ratioMetrics") != nullptr;
    ratios = ratios || ratio;
    const Node* op = objective.find_key("op");
    if (ratio && op != nullptr)
      checker
          .error(Code::op_with_ratio, *op, "'op' has no meaning for a ratio indicator",
                 "remove the line")
          .fix = remove_member(checker.source(), *op);
    if (!ratio && indicator && op == nullptr)
      checker.error(Code::op_missing, first_of(objective),
                    "'op' is missing: the indicator is a threshold",
                    "add 'op' (gt, gte, lt or lte)");
    if (slices && child(&objective, "timeSliceTarget") == nullptr)
      checker.error(Code::missing_field, first_of(objective), "'timeSliceTarget' is missing",
                    "Timeslices needs it");
  }
  if (indicator == ratios) {
    checker.error(Code::indicator_choice, indicator ? *map.find_key("indicator") : first_of(map),
                  indicator ? "both 'indicator' and 'ratioMetrics'"
                            : "neither 'indicator' nor 'ratioMetrics'",
                  "give a thresholdMetric under 'indicator', or 'ratioMetrics' on each objective");
  }
  if (child(&map, "description") == nullptr)
    checker.advise(Code::no_description, first_of(map), "the SLO has no description",
                   "say in a sentence what users get", Severity::info);
  if (const Node* service = child(&map, "service")) {
    const Checker::Step step(checker, "service");
    checker.refer("Service", *service, {}, true);
  }
}

const Format kLetters{check_letters, R"("pattern":"^[A-Za-z]+$")"};
const Format kCount{check_count, R"("exclusiveMinimum":0)"};
const Format kSliceRatio{check_slice_ratio, R"("minimum":0,"maximum":1)"};

const Field kMetadataFields[] = {
    {.name = "name",
     .type = Type::text,
     .help = "the name others refer to",
     .required = kBoth,
     .format = &kNameFormat},
    {.name = "displayName",
     .type = Type::text,
     .help = "the name people read",
     .format = &kDisplayNameFormat},
};
const Shape kMetadata{"metadata", kMetadataFields};
const Field kMetricFields[] = {
    {.name = "source",
     .type = Type::text,
     .help = "kind of source, such as prometheus",
     .required = kBoth,
     .format = &kLetters},
    {.name = "queryType",
     .type = Type::text,
     .help = "language of the query, such as promql",
     .required = kBoth,
     .format = &kLetters},
    {.name = "query", .type = Type::text, .help = "what to ask the source", .required = kBoth},
};
const Shape kMetric{"metric", kMetricFields};
const Field kIndicatorFields[] = {
    {.name = "thresholdMetric",
     .type = Type::object,
     .help = "a value that is compared with a limit",
     .required = kBoth,
     .shape = &kMetric},
};
const Shape kIndicator{"indicator", kIndicatorFields};
const Field kRatioFields[] = {
    {.name = "good",
     .type = Type::object,
     .help = "events that went well",
     .required = kBoth,
     .shape = &kMetric},
    {.name = "total",
     .type = Type::object,
     .help = "all events that count",
     .required = kBoth,
     .shape = &kMetric},
    {.name = "incremental", .type = Type::boolean, .help = "true when the metrics only ever rise"},
};
const Shape kRatio{"ratioMetrics", kRatioFields};
const Field kCalendarFields[] = {
    {.name = "startTime",
     .type = Type::text,
     .help = "first moment of the first window",
     .required = kBoth,
     .format = &kDateTimeFormat},
    {.name = "timeZone",
     .type = Type::text,
     .help = "IANA zone such as Europe/Paris",
     .required = kBoth,
     .format = &kZoneFormat},
};
const Shape kCalendar{"calendar", kCalendarFields};
const Field kWindowFields[] = {
    {.name = "unit",
     .type = Type::text,
     .help = "unit of the length",
     .required = kBoth,
     .choices = kUnits},
    {.name = "count",
     .type = Type::integer,
     .help = "how many units",
     .required = kBoth,
     .format = &kCount},
    {.name = "isRolling",
     .type = Type::boolean,
     .help = "true: the last such stretch; false: by the calendar"},
    {.name = "calendar",
     .type = Type::object,
     .help = "where calendar windows begin",
     .shape = &kCalendar},
};
const Shape kWindow{"timeWindow", kWindowFields, check_window};
const Field kObjectiveFields[] = {
    {.name = "displayName", .type = Type::text, .help = "the name people read"},
    {.name = "op",
     .type = Type::text,
     .help = "how a threshold metric is compared with value",
     .choices = kOps},
    {.name = "value",
     .type = Type::number,
     .help = "the limit; needed for ratios too",
     .required = kBoth},
    {.name = "target",
     .type = Type::number,
     .help = "share that must be good, such as 0.999",
     .required = kBoth | kSloth,
     .format = &kTargetFormat},
    {.name = "timeSliceTarget",
     .type = Type::number,
     .help = "share that makes a slice good",
     .format = &kSliceRatio},
    {.name = "ratioMetrics",
     .type = Type::object,
     .help = "good events among all",
     .shape = &kRatio},
};
const Shape kObjective{"objective", kObjectiveFields};
const Field kSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = "what this is about",
     .format = &kDescriptionFormat},
    {.name = "service", .type = Type::text, .help = "the service it belongs to", .required = kBoth},
    {.name = "budgetingMethod",
     .type = Type::text,
     .help = "how the error budget is counted",
     .required = kBoth,
     .choices = kMethods},
    {.name = "timeWindows",
     .type = Type::list,
     .help = "the compliance window; exactly one",
     .required = kBoth,
     .shape = &kWindow},
    {.name = "indicator", .type = Type::object, .help = "a threshold metric", .shape = &kIndicator},
    {.name = "objectives",
     .type = Type::list,
     .help = "what is promised",
     .required = kBoth,
     .shape = &kObjective},
};
const Shape kSpecShape{"sloSpec", kSpecFields, check_spec};
const Field kServiceSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = "what this is about",
     .format = &kDescriptionFormat},
};
const Shape kServiceSpec{"serviceSpec", kServiceSpecFields};

constexpr std::array<Field, 4> envelope(std::span<const std::string_view> kind, const Shape* spec,
                                        Profiles required) {
  return {{{.name = "apiVersion",
            .type = Type::text,
            .help = "openslo/v1alpha",
            .required = kBoth,
            .choices = kApiVersions},
           {.name = "kind",
            .type = Type::text,
            .help = "what this document defines",
            .required = kBoth,
            .choices = kind},
           {.name = "metadata",
            .type = Type::object,
            .help = "its name",
            .required = kBoth,
            .shape = &kMetadata},
           {.name = "spec",
            .type = Type::object,
            .help = "the definition",
            .required = required,
            .shape = spec}}};
}
const auto kSloFields = envelope(kKindSlo, &kSpecShape, kBoth);
const auto kServiceFields = envelope(kKindService, &kServiceSpec, 0);
const Shape kSlo{"slo", kSloFields};
const Shape kService{"service", kServiceFields};

const KindTable kKinds[] = {
    {"openslo/v1alpha", "SLO", &kSlo, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_v1alpha_slo(n); }},
    {"openslo/v1alpha", "Service", &kService, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_service(n); }},
};

slo::MetricSource metric_source(const Node* metric) {
  slo::MetricSource source;
  source.type = text_of(metric, "source");
  source.spec = Json::object(
      {{"queryType", text_of(metric, "queryType")}, {"query", text_of(metric, "query")}});
  return source;
}

slo::TimeWindow window_from(const Node* list) {
  static constexpr std::pair<std::string_view, slo::Unit> kNames[] = {
      {"Second", slo::Unit::second},
      {"Day", slo::Unit::day},
      {"Week", slo::Unit::week},
      {"Month", slo::Unit::month},
      {"Quarter", slo::Unit::quarter}};
  slo::TimeWindow window;
  if (list == nullptr || list->first == nullptr) return window;
  for (const auto& [name, unit] : kNames) {
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

std::span<const KindTable> openslo_v1alpha_kinds() { return kKinds; }

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
                                   metric_source(threshold), std::nullopt};
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
      objective.indicator =
          slo::Indicator{slo.name, slo::Indicator::Kind::good_total,
                         metric_source(child(ratio, "good")), metric_source(child(ratio, "total"))};
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
