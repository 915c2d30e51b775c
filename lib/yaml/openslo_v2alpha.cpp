// OpenSLO v2alpha: v1 with other names for references, metrics without a wrapper, stricter labels.
#include "yaml/openslo_v2alpha.hpp"

#include <array>

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr Profiles kBoth = kSpec | kGoSdk;
constexpr std::string_view kApiVersions[] = {"openslo.com/v2alpha"};
constexpr std::string_view kMethods[] = {"Occurrences", "Timeslices", "RatioTimeslices"};
constexpr std::string_view kOps[] = {"gt", "gte", "lt", "lte"};
constexpr std::string_view kRawTypes[] = {"success", "failure"};
constexpr std::string_view kKindSlo[] = {"SLO"};
constexpr std::string_view kKindSli[] = {"SLI"};
constexpr std::string_view kKindDataSource[] = {"DataSource"};
constexpr std::string_view kKindService[] = {"Service"};
constexpr std::string_view kKindPolicy[] = {"AlertPolicy"};
constexpr std::string_view kKindCondition[] = {"AlertCondition"};
constexpr std::string_view kKindTarget[] = {"AlertNotificationTarget"};

const Node& first_of(const Node& map) {
  return map.first != nullptr && !map.flow ? *map.first : map;
}

bool is_lower_label(std::string_view text) {
  const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty()) return true;
  if (text.size() > 63 || !inner(text.front()) || !inner(text.back())) return false;
  for (const char c : text) {
    if (!inner(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

void check_labels(Checker& checker, const Node& map) {
  for (const auto& [key, value] : map.members()) {
    if (value.is_scalar() && is_lower_label(value.text)) continue;
    checker.error(Code::bad_label_key, value, shown(value) + " is no label value of v2alpha",
                  "use one text of lower-case letters, digits, '-', '_' and '.'");
  }
}

/// Exactly one of a reference and an inline form.
void check_one(Checker& checker, const Node& map, std::string_view reference,
               std::string_view inlined, std::string_view kind) {
  const Node* name = child(&map, reference);
  if ((name != nullptr) == (child(&map, inlined) != nullptr)) {
    const std::string both = "'" + std::string(reference) + "' and '" + std::string(inlined) + "'";
    checker.error(Code::one_of, name != nullptr ? *map.find_key(reference) : first_of(map),
                  (name != nullptr ? "both " : "neither of ") + both,
                  "give exactly one of the two");
    return;
  }
  if (name == nullptr) return;
  const Checker::Step step(checker, reference);
  checker.refer(std::string(kind), *name);
}

void check_metric(Checker& checker, const Node& map) {
  check_one(checker, map, "dataSourceRef", "dataSourceSpec", "DataSource");
}

void check_spec(Checker& checker, const Node& map) {
  const Node* windows = child(&map, "timeWindow");
  if (windows != nullptr && windows->is_sequence() && windows->count != 1) {
    checker.error(Code::window_count, *map.find_key("timeWindow"),
                  "an SLO has exactly one time window, here are " + std::to_string(windows->count),
                  "make one SLO per window");
  }
  bool parts = false;
  if (const Node* objectives = child(&map, "objectives")) {
    int index = 0;
    for (const Node& objective : objectives->items()) {
      const Checker::Step list(checker, "objectives");
      const Checker::Step item(checker, index++);
      if (child(&objective, "sli") == nullptr && child(&objective, "sliRef") == nullptr) continue;
      parts = true;
      check_one(checker, objective, "sliRef", "sli", "SLI");
    }
  }
  const bool here = child(&map, "sli") != nullptr || child(&map, "sliRef") != nullptr;
  if (here && parts)
    checker.error(Code::indicator_choice, first_of(map), "an SLI on the SLO and on an objective",
                  "a composite SLO has SLIs on its objectives only");
  if (!parts) check_one(checker, map, "sliRef", "sli", "SLI");
  if (const Node* service = child(&map, "serviceRef")) {
    const Checker::Step step(checker, "serviceRef");
    checker.refer("Service", *service, {}, true);
  }
}

void check_condition_document(Checker& checker, const Node& map) {
  const Node* condition = child(child(&map, "spec"), "condition");
  if (condition == nullptr || !condition->is_mapping() || child(condition, "alertAfter") != nullptr)
    return;
  checker.error(Code::missing_field, first_of(*condition), "'alertAfter' is missing",
                "v2alpha needs it, such as 'alertAfter: 5m'");
}

const Format kLabelValues{check_labels, R"("minProperties":0)"};

const Field kMetadataFields[] = {
    {.name = "name",
     .type = Type::text,
     .help = "the name others refer to",
     .required = kBoth,
     .format = &kNameFormat},
    {.name = "labels",
     .type = Type::labels,
     .help = "words to group and filter by",
     .format = &kLabelValues},
    {.name = "annotations", .type = Type::annotations, .help = "further facts"},
};
const Shape kMetadata{"metadata", kMetadataFields};
const Field kMetricFields[] = {
    {.name = "dataSourceRef",
     .type = Type::text,
     .help = "name of a DataSource",
     .format = &kNameFormat},
    {.name = "dataSourceSpec",
     .type = Type::object,
     .help = "a DataSource written here",
     .shape = &kDataSourceSpecShape},
    {.name = "spec", .type = Type::free_map, .help = "what to ask the source", .required = kBoth},
};
const Shape kMetric{"metric", kMetricFields, check_metric};
const Field kRatioFields[] = {
    {.name = "counter", .type = Type::boolean, .help = "true when the metric only ever rises"},
    {.name = "good", .type = Type::object, .help = "events that went well", .shape = &kMetric},
    {.name = "bad", .type = Type::object, .help = "events that went wrong", .shape = &kMetric},
    {.name = "total", .type = Type::object, .help = "all events that count", .shape = &kMetric},
    {.name = "rawType",
     .type = Type::text,
     .help = "what the raw ratio means",
     .choices = kRawTypes},
    {.name = "raw",
     .type = Type::object,
     .help = "a ratio that is computed already",
     .shape = &kMetric},
};
const Shape kRatio{"ratioMetric", kRatioFields, check_ratio_metric};
const Field kSliSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = "what this is about",
     .format = &kDescriptionFormat},
    {.name = "thresholdMetric",
     .type = Type::object,
     .help = "a value that is compared with a limit",
     .shape = &kMetric},
    {.name = "ratioMetric",
     .type = Type::object,
     .help = "good or bad events among all",
     .shape = &kRatio},
};
const Shape kSliSpec{"sliSpec", kSliSpecFields, check_indicator_spec};
const Field kSliFields[] = {
    {.name = "metadata",
     .type = Type::object,
     .help = "its name",
     .required = kBoth,
     .shape = &kMetadata},
    {.name = "spec",
     .type = Type::object,
     .help = "what is measured",
     .required = kBoth,
     .shape = &kSliSpec},
};
const Shape kSliInline{"sli", kSliFields};
const Field kObjectiveFields[] = {
    {.name = "displayName", .type = Type::text, .help = "the name people read"},
    {.name = "op",
     .type = Type::text,
     .help = "how a threshold metric is compared with value",
     .choices = kOps},
    {.name = "value", .type = Type::number, .help = "the limit of a threshold metric"},
    {.name = "target",
     .type = Type::number,
     .help = "share that must be good, such as 0.999",
     .format = &kTargetFormat},
    {.name = "targetPercent",
     .type = Type::number,
     .help = "the same in percent, such as 99.9",
     .format = &kTargetPercentFormat},
    {.name = "timeSliceTarget",
     .type = Type::number,
     .help = "share of good events that makes a slice good",
     .format = &kSliceTargetFormat},
    {.name = "timeSliceWindow",
     .type = Type::text,
     .help = "length of a slice, such as 5m",
     .format = &kDurationFormat},
    {.name = "sli",
     .type = Type::object,
     .help = "the SLI of this part of a composite",
     .shape = &kSliInline},
    {.name = "sliRef",
     .type = Type::text,
     .help = "name of the SLI of this part of a composite",
     .format = &kNameFormat},
    {.name = "compositeWeight",
     .type = Type::number,
     .help = "weight of this part of a composite",
     .format = &kWeightFormat},
};
const Shape kObjective{"objective", kObjectiveFields, check_objective};
const Field kSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = "what this is about",
     .format = &kDescriptionFormat},
    {.name = "serviceRef",
     .type = Type::text,
     .help = "the service it belongs to",
     .required = kBoth},
    {.name = "sli",
     .type = Type::object,
     .help = "what is measured, written here",
     .shape = &kSliInline},
    {.name = "sliRef",
     .type = Type::text,
     .help = "what is measured: name of an SLI",
     .format = &kNameFormat},
    {.name = "budgetingMethod",
     .type = Type::text,
     .help = "how the error budget is counted",
     .required = kBoth,
     .choices = kMethods},
    {.name = "timeWindow",
     .type = Type::list,
     .help = "the compliance window; exactly one",
     .required = kGoSdk,
     .shape = &kTimeWindowShape},
    {.name = "objectives",
     .type = Type::list,
     .help = "what is promised",
     .required = kBoth,
     .shape = &kObjective},
    {.name = "alertPolicies",
     .type = Type::list,
     .help = "who is told when",
     .shape = &kPolicyEntryShape},
};
const Shape kSpecShape{"sloSpec", kSpecFields, check_spec};

constexpr std::array<Field, 4> envelope(std::span<const std::string_view> kind, const Shape* spec,
                                        Profiles required = kBoth) {
  return {{{.name = "apiVersion",
            .type = Type::text,
            .help = "openslo.com/v2alpha",
            .required = kBoth,
            .choices = kApiVersions},
           {.name = "kind",
            .type = Type::text,
            .help = "what this document defines",
            .required = kBoth,
            .choices = kind},
           {.name = "metadata",
            .type = Type::object,
            .help = "its name, labels and annotations",
            .required = kBoth,
            .shape = &kMetadata},
           {.name = "spec",
            .type = Type::object,
            .help = "the definition",
            .required = required,
            .shape = spec}}};
}
const auto kSloFields = envelope(kKindSlo, &kSpecShape);
const auto kSliDocFields = envelope(kKindSli, &kSliSpec);
const auto kSourceFields = envelope(kKindDataSource, &kDataSourceSpecShape);
const auto kServiceFields = envelope(kKindService, &kServiceSpecShape, 0);
const auto kPolicyFields = envelope(kKindPolicy, &kPolicySpecShape);
const auto kConditionFields = envelope(kKindCondition, &kConditionSpecShape);
const auto kTargetFields = envelope(kKindTarget, &kTargetSpecShape);
const Shape kSlo{"slo", kSloFields};
const Shape kSli{"sli", kSliDocFields};
const Shape kSource{"dataSource", kSourceFields};
const Shape kService{"service", kServiceFields};
const Shape kPolicy{"alertPolicy", kPolicyFields};
const Shape kCondition{"alertCondition", kConditionFields, check_condition_document};
const Shape kTarget{"alertNotificationTarget", kTargetFields};

const KindTable kKinds[] = {
    {"openslo.com/v2alpha", "SLO", &kSlo, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_v1_slo(n); }},
    {"openslo.com/v2alpha", "SLI", &kSli, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_v1_sli(n); }},
    {"openslo.com/v2alpha", "DataSource", &kSource, kBoth,
     [](const Node& n, Definition& d) { d.object = read_data_source(n); }},
    {"openslo.com/v2alpha", "Service", &kService, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_service(n); }},
    {"openslo.com/v2alpha", "AlertPolicy", &kPolicy, kBoth},
    {"openslo.com/v2alpha", "AlertCondition", &kCondition, kBoth},
    {"openslo.com/v2alpha", "AlertNotificationTarget", &kTarget, kBoth},
};

}  // namespace

std::span<const KindTable> openslo_v2alpha_kinds() { return kKinds; }

}  // namespace nines::yaml
