// OpenSLO v1: the field tables of its seven kinds.
#include "yaml/openslo_v1.hpp"

#include <array>

#include "yaml/definitions.hpp"
#include "yaml/formats.hpp"

namespace nines::yaml {

namespace {

constexpr Profiles kBoth = kSpec | kGoSdk;

constexpr std::string_view kApiVersions[] = {"openslo/v1"};
constexpr std::string_view kMethods[] = {"Occurrences", "Timeslices", "RatioTimeslices"};
constexpr std::string_view kOps[] = {"gt", "gte", "lt", "lte"};
constexpr std::string_view kRawTypes[] = {"success", "failure"};
constexpr std::string_view kConditionKinds[] = {"burnrate"};
constexpr std::string_view kKindSlo[] = {"SLO"};
constexpr std::string_view kKindSli[] = {"SLI"};
constexpr std::string_view kKindDataSource[] = {"DataSource"};
constexpr std::string_view kKindService[] = {"Service"};
constexpr std::string_view kKindPolicy[] = {"AlertPolicy"};
constexpr std::string_view kKindCondition[] = {"AlertCondition"};
constexpr std::string_view kKindTarget[] = {"AlertNotificationTarget"};

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
    {.name = "labels", .type = Type::labels, .help = "words to group and filter by"},
    {.name = "annotations",
     .type = Type::annotations,
     .help = "further facts; those of this program begin with nines.dev/"},
};

constexpr std::string_view kDescriptionHelp = "what this is about";

const Field kMetricSourceFields[] = {
    {.name = "metricSourceRef",
     .type = Type::text,
     .help = "name of a DataSource",
     .format = &kNameFormat},
    {.name = "type", .type = Type::text, .help = "kind of source, such as Prometheus or file"},
    {.name = "spec",
     .type = Type::free_map,
     .help = "what to ask the source: 'query' for engines; 'where', 'sum', 'value' for files",
     .required = kBoth},
};
const Shape kMetricSource{"metricSource", kMetricSourceFields, check_metric_source};

const Field kMetricFields[] = {
    {.name = "metricSource",
     .type = Type::object,
     .help = "where the numbers come from",
     .required = kBoth,
     .shape = &kMetricSource},
};
const Shape kMetric{"metric", kMetricFields};

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

const Field kIndicatorSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
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
const Shape kIndicatorSpec{"indicatorSpec", kIndicatorSpecFields, check_indicator_spec};

const Field kIndicatorFields[] = {
    {.name = "metadata",
     .type = Type::object,
     .help = "its name",
     .required = kBoth,
     .shape = &kMetadataShape},
    {.name = "spec",
     .type = Type::object,
     .help = "what is measured",
     .required = kBoth,
     .shape = &kIndicatorSpec},
};
const Shape kIndicator{"indicator", kIndicatorFields};

const Field kCalendarFields[] = {
    {.name = "startTime",
     .type = Type::text,
     .help = "first moment of the first window, YYYY-MM-DD hh:mm:ss",
     .required = kBoth,
     .format = &kDateTimeFormat},
    {.name = "timeZone",
     .type = Type::text,
     .help = "IANA zone such as Europe/Paris",
     .required = kBoth,
     .format = &kZoneFormat},
};
const Shape kCalendar{"calendar", kCalendarFields};

const Field kTimeWindowFields[] = {
    {.name = "duration",
     .type = Type::text,
     .help = "length such as 30d, 1w, 1M",
     .required = kBoth,
     .format = &kDurationFormat},
    {.name = "isRolling",
     .type = Type::boolean,
     .help = "true: the last such stretch; false: by the calendar"},
    {.name = "calendar",
     .type = Type::object,
     .help = "where calendar windows begin",
     .shape = &kCalendar},
};

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
    {.name = "indicator",
     .type = Type::object,
     .help = "the indicator of this part of a composite",
     .shape = &kIndicator},
    {.name = "indicatorRef",
     .type = Type::text,
     .help = "name of the SLI of this part of a composite",
     .format = &kNameFormat},
    {.name = "compositeWeight",
     .type = Type::number,
     .help = "weight of this part of a composite",
     .format = &kWeightFormat},
};
const Shape kObjective{"objective", kObjectiveFields, check_objective};

const Field kConditionDetailFields[] = {
    {.name = "kind", .type = Type::text, .help = "what is watched", .choices = kConditionKinds},
    {.name = "op",
     .type = Type::text,
     .help = "how the burn rate is compared",
     .required = kBoth,
     .choices = kOps},
    {.name = "threshold",
     .type = Type::number,
     .help = "burn rate at which it fires",
     .required = kBoth},
    {.name = "lookbackWindow",
     .type = Type::text,
     .help = "length over which the burn rate is taken, such as 1h",
     .required = kBoth,
     .format = &kDurationFormat},
    {.name = "alertAfter",
     .type = Type::text,
     .help = "how long it must hold, such as 5m",
     .format = &kDelayFormat},
};
const Shape kConditionDetail{"condition", kConditionDetailFields, check_condition};

const Field kConditionSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
    {.name = "severity", .type = Type::text, .help = "such as page or ticket", .required = kBoth},
    {.name = "condition",
     .type = Type::object,
     .help = "when it fires",
     .required = kBoth,
     .shape = &kConditionDetail},
};

const Field kTargetSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
    {.name = "target",
     .type = Type::text,
     .help = "where the message goes, such as slack",
     .required = kBoth},
};

const Field kConditionEntryFields[] = {
    {.name = "conditionRef",
     .type = Type::text,
     .help = "name of an AlertCondition",
     .format = &kNameFormat},
    {.name = "kind",
     .type = Type::text,
     .help = "of an inline condition",
     .choices = kKindCondition},
    {.name = "metadata",
     .type = Type::object,
     .help = "of an inline condition",
     .shape = &kMetadataShape},
    {.name = "spec",
     .type = Type::object,
     .help = "of an inline condition",
     .shape = &kConditionSpecShape},
};
const Shape kConditionEntry{"conditionEntry", kConditionEntryFields, check_condition_entry};

const Field kTargetEntryFields[] = {
    {.name = "targetRef",
     .type = Type::text,
     .help = "name of an AlertNotificationTarget",
     .format = &kNameFormat},
    {.name = "kind", .type = Type::text, .help = "of an inline target", .choices = kKindTarget},
    {.name = "metadata",
     .type = Type::object,
     .help = "of an inline target",
     .shape = &kMetadataShape},
    {.name = "spec",
     .type = Type::object,
     .help = "of an inline target",
     .shape = &kTargetSpecShape},
};
const Shape kTargetEntry{"targetEntry", kTargetEntryFields, check_target_entry};

const Field kPolicySpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
    {.name = "alertWhenNoData", .type = Type::boolean, .help = "notify when there is no data"},
    {.name = "alertWhenBreaching", .type = Type::boolean, .help = "notify when a condition holds"},
    {.name = "alertWhenResolved", .type = Type::boolean, .help = "notify when it no longer holds"},
    {.name = "conditions",
     .type = Type::list,
     .help = "exactly one condition",
     .required = kBoth,
     .shape = &kConditionEntry},
    {.name = "notificationTargets",
     .type = Type::list,
     .help = "who is told; at least one",
     .required = kBoth,
     .shape = &kTargetEntry},
};

const Field kPolicyEntryFields[] = {
    {.name = "alertPolicyRef",
     .type = Type::text,
     .help = "name of an AlertPolicy",
     .format = &kNameFormat},
    {.name = "kind", .type = Type::text, .help = "of an inline policy", .choices = kKindPolicy},
    {.name = "metadata",
     .type = Type::object,
     .help = "of an inline policy",
     .shape = &kMetadataShape},
    {.name = "spec",
     .type = Type::object,
     .help = "of an inline policy",
     .shape = &kPolicySpecShape},
};

const Field kSloSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
    {.name = "service", .type = Type::text, .help = "the service it belongs to", .required = kBoth},
    {.name = "indicator",
     .type = Type::object,
     .help = "what is measured, written here",
     .shape = &kIndicator},
    {.name = "indicatorRef",
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
const Shape kSloSpec{"sloSpec", kSloSpecFields, check_slo_spec};

const Field kServiceSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
};

const Field kDataSourceSpecFields[] = {
    {.name = "description",
     .type = Type::text,
     .help = kDescriptionHelp,
     .format = &kDescriptionFormat},
    {.name = "type",
     .type = Type::text,
     .help = "kind of source, such as Prometheus or file",
     .required = kBoth},
    {.name = "connectionDetails",
     .type = Type::any,
     .help = "how it is reached; for files their format, time and columns",
     .required = kBoth},
};

/// The four members every document has.
template <Profiles SpecRequired>
constexpr std::array<Field, 4> envelope(std::span<const std::string_view> kind, const Shape* spec) {
  return {{{.name = "apiVersion",
            .type = Type::text,
            .help = "openslo/v1",
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
            .shape = &kMetadataShape},
           {.name = "spec",
            .type = Type::object,
            .help = "the definition",
            .required = SpecRequired,
            .shape = spec}}};
}

const auto kSloFields = envelope<kBoth>(kKindSlo, &kSloSpec);
const auto kSliFields = envelope<kBoth>(kKindSli, &kIndicatorSpec);
const auto kDataSourceFields = envelope<kBoth>(kKindDataSource, &kDataSourceSpecShape);
const auto kServiceFields = envelope<0>(kKindService, &kServiceSpecShape);
const auto kPolicyFields = envelope<kBoth>(kKindPolicy, &kPolicySpecShape);
const auto kConditionFields = envelope<kBoth>(kKindCondition, &kConditionSpecShape);
const auto kTargetFields = envelope<kBoth>(kKindTarget, &kTargetSpecShape);

const Shape kSlo{"slo", kSloFields, check_slo_document};
const Shape kSli{"sli", kSliFields};
const Shape kDataSource{"dataSource", kDataSourceFields};
const Shape kService{"service", kServiceFields};
const Shape kPolicy{"alertPolicy", kPolicyFields};
const Shape kCondition{"alertCondition", kConditionFields};
const Shape kTarget{"alertNotificationTarget", kTargetFields};

const KindTable kKinds[] = {
    {"openslo/v1", "SLO", &kSlo, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_v1_slo(n); }},
    {"openslo/v1", "SLI", &kSli, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_v1_sli(n); }},
    {"openslo/v1", "DataSource", &kDataSource, kBoth,
     [](const Node& n, Definition& d) { d.object = read_data_source(n); }},
    {"openslo/v1", "Service", &kService, kBoth,
     [](const Node& n, Definition& d) { d.object = read_openslo_service(n); }},
    {"openslo/v1", "AlertPolicy", &kPolicy, kBoth},
    {"openslo/v1", "AlertCondition", &kCondition, kBoth},
    {"openslo/v1", "AlertNotificationTarget", &kTarget, kBoth},
};

}  // namespace

const Shape kTimeWindowShape{"timeWindow", kTimeWindowFields, check_time_window};
const Shape kConditionSpecShape{"conditionSpec", kConditionSpecFields};
const Shape kTargetSpecShape{"targetSpec", kTargetSpecFields};
const Shape kPolicySpecShape{"alertPolicySpec", kPolicySpecFields, check_policy_spec};
const Shape kPolicyEntryShape{"alertPolicyEntry", kPolicyEntryFields, check_policy_entry};
const Shape kDataSourceSpecShape{"dataSourceSpec", kDataSourceSpecFields};
const Shape kServiceSpecShape{"serviceSpec", kServiceSpecFields};
const Shape kMetadataShape{"metadata", kMetadataFields};

std::span<const KindTable> openslo_v1_kinds() { return kKinds; }

}  // namespace nines::yaml
