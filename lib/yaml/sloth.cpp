// Sloth's field tables: one content in two spellings, and the catalogue of alert windows.
#include "yaml/sloth.hpp"

#include <array>

#include "yaml/definitions.hpp"
#include "yaml/fields.hpp"

namespace nines::yaml {

namespace {

constexpr Profiles kWho = kSloth | kNines;

constexpr std::string_view kApiVersions[] = {"sloth.slok.dev/v1"};
constexpr std::string_view kKindLevel[] = {"PrometheusServiceLevel"};
constexpr std::string_view kKindWindows[] = {"AlertWindows"};

const Format kLabels{check_prometheus_labels, R"("minProperties":0)"};
const Format kNotEmpty{check_texts_not_empty, R"("minProperties":0)"};
const Format kQuery{check_windowed_query, R"("pattern":"\\{\\{ *\\.window *\\}\\}")"};
const Format kName{check_sloth_name, R"("pattern":"^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$")"};
const Format kObjective{check_sloth_objective, R"("exclusiveMinimum":0,"maximum":100)"};
const Format kDuration{check_prometheus_duration, R"("pattern":"^([0-9]+(ms|[smhdwy]))+$")"};
const Format kBudget{check_budget_percent, R"("exclusiveMinimum":0)"};

/// Another version is reported where the dialect is chosen.
const Format kVersion{[](Checker&, const Node&) {}, R"("const":"prometheus/v1")"};

constexpr std::string_view kLabelsHelp = "labels of every rule";
constexpr std::string_view kAlertLabelsHelp = "labels of the alert";
constexpr std::string_view kNotesHelp = "annotations of the alert";

const Field kPluginFields[] = {
    {.name = "id", .type = Type::text, .help = "name of the plugin", .required = kWho},
    {.name = "config", .type = Type::any, .help = "what the plugin takes"},
    {.name = "priority", .type = Type::integer, .help = "lower numbers run first"},
};
const Shape kPlugin{"sloPlugin", kPluginFields};
const Field kPluginsFields[] = {
    {.name = "overridePrevious", .type = Type::boolean, .help = "true: only this chain runs"},
    {.name = "chain", .type = Type::list, .help = "plugins in their order", .shape = &kPlugin},
};
const Shape kPlugins{"sloPlugins", kPluginsFields, check_sloth_plugins};

const Field kSliPluginFields[] = {
    {.name = "id", .type = Type::text, .help = "name of the plugin", .required = kWho},
    {.name = "options", .type = Type::text_map, .help = "options of the plugin"},
};
const Shape kSliPlugin{"sliPlugin", kSliPluginFields};

const Field kAlertFields[] = {
    {.name = "disable", .type = Type::boolean, .help = "true: no such alert"},
    {.name = "labels", .type = Type::text_map, .help = kAlertLabelsHelp, .format = &kLabels},
    {.name = "annotations", .type = Type::text_map, .help = kNotesHelp, .format = &kNotEmpty},
};
const Shape kAlert{"alert", kAlertFields};

/// The shapes whose keys differ between the two spellings.
struct Spelling {
  std::string_view error_query, total_query, error_ratio_query, page_alert, ticket_alert,
      slo_plugins;
};
constexpr Spelling kSnake{"error_query", "total_query",  "error_ratio_query",
                          "page_alert",  "ticket_alert", "slo_plugins"};
constexpr Spelling kCamel{"errorQuery", "totalQuery",  "errorRatioQuery",
                          "pageAlert",  "ticketAlert", "sloPlugins"};

template <const Spelling& S>
struct Content {
  static inline const Field events_fields[] = {
      {.name = S.error_query,
       .type = Type::text,
       .help = "PromQL of the bad events, with {{.window}}",
       .required = kWho,
       .format = &kQuery},
      {.name = S.total_query,
       .type = Type::text,
       .help = "PromQL of all events, with {{.window}}",
       .required = kWho,
       .format = &kQuery},
  };
  static inline const Shape events{"events", events_fields, check_sloth_events};
  static inline const Field raw_fields[] = {
      {.name = S.error_ratio_query,
       .type = Type::text,
       .help = "PromQL of the error ratio, with {{.window}}",
       .required = kWho,
       .format = &kQuery},
  };
  static inline const Shape raw{"raw", raw_fields};
  static inline const Field sli_fields[] = {
      {.name = "events", .type = Type::object, .help = "bad events among all", .shape = &events},
      {.name = "raw",
       .type = Type::object,
       .help = "an error ratio that is computed already",
       .shape = &raw},
      {.name = "plugin",
       .type = Type::object,
       .help = "a plugin that writes the query",
       .shape = &kSliPlugin},
  };
  static inline const Shape sli{"sli", sli_fields, check_sloth_sli};
  static inline const Field alerting_fields[] = {
      {.name = "name", .type = Type::text, .help = "name of the alerts"},
      {.name = "labels",
       .type = Type::text_map,
       .help = "labels of both alerts",
       .format = &kLabels},
      {.name = "annotations",
       .type = Type::text_map,
       .help = "annotations of both alerts",
       .format = &kNotEmpty},
      {.name = S.page_alert,
       .type = Type::object,
       .help = "the alert that wakes somebody",
       .shape = &kAlert},
      {.name = S.ticket_alert,
       .type = Type::object,
       .help = "the alert that can wait",
       .shape = &kAlert},
  };
  static inline const Shape alerting{"alerting", alerting_fields, check_sloth_alerting};
  static inline const Field slo_fields[] = {
      {.name = "name",
       .type = Type::text,
       .help = "name of the SLO within the service",
       .required = kWho,
       .format = &kName},
      {.name = "description", .type = Type::text, .help = "what users get"},
      {.name = "objective",
       .type = Type::number,
       .help = "percentage that must be good, such as 99.9",
       .required = kWho,
       .format = &kObjective},
      {.name = "labels", .type = Type::text_map, .help = kLabelsHelp, .format = &kLabels},
      {.name = "plugins", .type = Type::object, .help = "plugins of this SLO", .shape = &kPlugins},
      {.name = "sli",
       .type = Type::object,
       .help = "what is measured",
       .required = kWho,
       .shape = &sli},
      {.name = "alerting",
       .type = Type::object,
       .help = "who is told when",
       .required = kWho,
       .shape = &alerting},
  };
  static inline const Shape slo{"slo", slo_fields, check_sloth_slo};
};
using Snake = Content<kSnake>;
using Camel = Content<kCamel>;

const Field kV1Fields[] = {
    {.name = "version",
     .type = Type::text,
     .help = "prometheus/v1",
     .required = kWho,
     .format = &kVersion},
    {.name = "service",
     .type = Type::text,
     .help = "the service the SLOs belong to",
     .required = kWho,
     .format = &kName},
    {.name = "labels", .type = Type::text_map, .help = kLabelsHelp, .format = &kLabels},
    {.name = kSnake.slo_plugins,
     .type = Type::object,
     .help = "plugins of all SLOs",
     .shape = &kPlugins},
    {.name = "slos",
     .type = Type::list,
     .help = "the objectives; at least one",
     .required = kWho,
     .shape = &Snake::slo},
};
const Shape kV1{"slothSpec", kV1Fields, check_sloth_group};

const Field kSpecFields[] = {
    {.name = "service",
     .type = Type::text,
     .help = "the service the SLOs belong to",
     .required = kWho,
     .format = &kName},
    {.name = "labels", .type = Type::text_map, .help = kLabelsHelp, .format = &kLabels},
    {.name = kCamel.slo_plugins,
     .type = Type::object,
     .help = "plugins of all SLOs",
     .shape = &kPlugins},
    {.name = "slos",
     .type = Type::list,
     .help = "the objectives; at least one",
     .required = kWho,
     .shape = &Camel::slo},
};
const Shape kSpec8{"slothSpec", kSpecFields, check_sloth_group};

const Field kWindowFields[] = {
    {.name = "errorBudgetPercent",
     .type = Type::number,
     .help = "share of the budget that may burn in the long window",
     .required = kWho,
     .format = &kBudget},
    {.name = "shortWindow",
     .type = Type::text,
     .help = "short window, such as 5m",
     .required = kWho,
     .format = &kDuration},
    {.name = "longWindow",
     .type = Type::text,
     .help = "long window, such as 1h",
     .required = kWho,
     .format = &kDuration},
};
const Shape kWindow{"alertWindow", kWindowFields};
const Field kSeverityFields[] = {
    {.name = "quick",
     .type = Type::object,
     .help = "the quick window",
     .required = kWho,
     .shape = &kWindow},
    {.name = "slow",
     .type = Type::object,
     .help = "the slow window",
     .required = kWho,
     .shape = &kWindow},
};
const Shape kSeverity{"severityWindows", kSeverityFields, check_alert_windows};
const Field kWindowsSpecFields[] = {
    {.name = "sloPeriod",
     .type = Type::text,
     .help = "the period it is for, such as 30d",
     .required = kWho,
     .format = &kDuration},
    {.name = "page", .type = Type::object, .help = "windows that page", .shape = &kSeverity},
    {.name = "ticket",
     .type = Type::object,
     .help = "windows that open a ticket",
     .shape = &kSeverity},
};
const Shape kWindowsSpec{"alertWindowsSpec", kWindowsSpecFields, check_alert_window_spec};

constexpr std::array<Field, 5> envelope(std::span<const std::string_view> kind, const Shape* spec) {
  return {{{.name = "apiVersion",
            .type = Type::text,
            .help = "sloth.slok.dev/v1",
            .required = kWho,
            .choices = kApiVersions},
           {.name = "kind",
            .type = Type::text,
            .help = "what this document defines",
            .required = kWho,
            .choices = kind},
           {.name = "metadata",
            .type = Type::any,
            .help = "metadata of the Kubernetes object",
            .required = kWho},
           {.name = "spec",
            .type = Type::object,
            .help = "the definition",
            .required = kWho,
            .shape = spec},
           {.name = "status", .type = Type::any, .help = "written by the controller"}}};
}
const auto kLevelFields = envelope(kKindLevel, &kSpec8);
const auto kWindowsFields = envelope(kKindWindows, &kWindowsSpec);
const Shape kLevel{"prometheusServiceLevel", kLevelFields};
const Shape kWindows{"alertWindows", kWindowsFields};

const KindTable kV1Kinds[] = {
    {"prometheus/v1", "PrometheusServiceLevel", &kV1, kWho,
     [](const Node& n, Definition& d) { d.object = read_sloth(n); }},
};
const KindTable kK8sKinds[] = {
    {"sloth.slok.dev/v1", "PrometheusServiceLevel", &kLevel, kWho,
     [](const Node& n, Definition& d) {
       if (const Node* spec = child(&n, "spec")) d.object = read_sloth(*spec);
     }},
    {"sloth.slok.dev/v1", "AlertWindows", &kWindows, kWho},
};

}  // namespace

std::span<const KindTable> sloth_v1_kinds() { return kV1Kinds; }
std::span<const KindTable> sloth_k8s_kinds() { return kK8sKinds; }

}  // namespace nines::yaml
