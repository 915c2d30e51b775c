// Sloth's field tables: one content in two spellings, and the catalogue of alert windows.
#include "yaml/sloth.hpp"

#include <array>

#include "yaml/definitions.hpp"
#include "yaml/fields.hpp"
#include "yaml/prometheus.hpp"
#include "yaml/rows.hpp"
#include "yaml/rule_sources.hpp"

namespace nines::yaml {

namespace {

constexpr Profiles kWho = kSloth | kNines;

constexpr std::string_view kSlothApiVersions[] = {"sloth.slok.dev/v1"};
constexpr std::string_view kKindLevel[] = {"PrometheusServiceLevel"};
constexpr std::string_view kKindWindows[] = {"AlertWindows"};

const Format kSlothLabels{check_sloth_labels, R"("minProperties":0)"};
const Format kNotEmpty{check_texts_not_empty, R"("minProperties":0)"};
const Format kQuery{check_windowed_query, R"("pattern":"\\{\\{ *\\.window *\\}\\}")"};
const Format kName{check_sloth_name, R"("pattern":"^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$")"};
const Format kSlothObjective{check_sloth_objective, R"("exclusiveMinimum":0,"maximum":100)"};
const Format kBudget{check_budget_percent, R"("exclusiveMinimum":0)"};

/// Another version is reported where the dialect is chosen.
const Format kVersion{[](Checker&, const Node&) {}, R"("const":"prometheus/v1")"};

constexpr std::string_view kLabelsHelp = "labels of every rule";
constexpr std::string_view kAlertLabelsHelp = "labels of the alert";
constexpr std::string_view kNotesHelp = "annotations of the alert";

const Field kPluginFields[] = {
    row::text("id", "name of the plugin", kWho),
    row::of(Type::any, "config", "what the plugin takes"),
    row::of(Type::integer, "priority", "lower numbers run first"),
};
const Shape kPlugin{"sloPlugin", kPluginFields};
const Field kPluginsFields[] = {
    row::flag("overridePrevious", "true: only this chain runs"),
    row::list("chain", "plugins in their order", &kPlugin),
};
const Shape kPlugins{"sloPlugins", kPluginsFields, check_sloth_plugins};

const Field kSliPluginFields[] = {
    row::text("id", "name of the plugin", kWho),
    row::of(Type::text_map, "options", "options of the plugin"),
};
const Shape kSliPlugin{"sliPlugin", kSliPluginFields};

const Field kAlertFields[] = {
    row::flag("disable", "true: no such alert"),
    row::of(Type::text_map, "labels", kAlertLabelsHelp, 0, &kSlothLabels),
    row::of(Type::text_map, "annotations", kNotesHelp, 0, &kNotEmpty),
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
      row::text(S.error_query, "PromQL of the bad events, with {{.window}}", kWho, &kQuery),
      row::text(S.total_query, "PromQL of all events, with {{.window}}", kWho, &kQuery),
  };
  static inline const Shape events{"events", events_fields, check_sloth_events};
  static inline const Field raw_fields[] = {
      row::text(S.error_ratio_query, "PromQL of the error ratio, with {{.window}}", kWho, &kQuery),
  };
  static inline const Shape raw{"raw", raw_fields};
  static inline const Field sli_fields[] = {
      row::object("events", "bad events among all", &events),
      row::object("raw", "an error ratio that is computed already", &raw),
      row::object("plugin", "a plugin that writes the query", &kSliPlugin),
  };
  static inline const Shape sli{"sli", sli_fields, check_sloth_sli};
  static inline const Field alerting_fields[] = {
      row::text("name", "name of the alerts"),
      row::of(Type::text_map, "labels", "labels of both alerts", 0, &kSlothLabels),
      row::of(Type::text_map, "annotations", "annotations of both alerts", 0, &kNotEmpty),
      row::object(S.page_alert, "the alert that wakes somebody", &kAlert),
      row::object(S.ticket_alert, "the alert that can wait", &kAlert),
  };
  static inline const Shape alerting{"alerting", alerting_fields, check_sloth_alerting};
  static inline const Field slo_fields[] = {
      row::text("name", "name of the SLO within the service", kWho, &kName),
      row::text("description", "what users get"),
      row::number("objective", "percentage that must be good, such as 99.9", kWho,
                  &kSlothObjective),
      row::of(Type::text_map, "labels", kLabelsHelp, 0, &kSlothLabels),
      row::object("plugins", "plugins of this SLO", &kPlugins),
      row::object("sli", "what is measured", &sli, kWho),
      row::object("alerting", "who is told when", &alerting, kWho),
  };
  static inline const Shape slo{"slo", slo_fields, check_sloth_slo};
};
using Snake = Content<kSnake>;
using Camel = Content<kCamel>;

const Field kV1Fields[] = {
    row::text("version", "prometheus/v1", kWho, &kVersion),
    row::text("service", "the service the SLOs belong to", kWho, &kName),
    row::of(Type::text_map, "labels", kLabelsHelp, 0, &kSlothLabels),
    row::object(kSnake.slo_plugins, "plugins of all SLOs", &kPlugins),
    row::list("slos", "the objectives; at least one", &Snake::slo, kWho),
};
const Shape kSlothV1{"slothSpec", kV1Fields, check_sloth_group};

const Field kSlothSpecFields[] = {
    row::text("service", "the service the SLOs belong to", kWho, &kName),
    row::of(Type::text_map, "labels", kLabelsHelp, 0, &kSlothLabels),
    row::object(kCamel.slo_plugins, "plugins of all SLOs", &kPlugins),
    row::list("slos", "the objectives; at least one", &Camel::slo, kWho),
};
const Shape kSpec8{"slothSpec", kSlothSpecFields, check_sloth_group};

const Field kSlothWindowFields[] = {
    row::number("errorBudgetPercent", "share of the budget that may burn in the long window", kWho,
                &kBudget),
    row::text("shortWindow", "short window, such as 5m", kWho, &kPrometheusDuration),
    row::text("longWindow", "long window, such as 1h", kWho, &kPrometheusDuration),
};
const Shape kSlothWindow{"alertWindow", kSlothWindowFields};
const Field kSeverityFields[] = {
    row::object("quick", "the quick window", &kSlothWindow, kWho),
    row::object("slow", "the slow window", &kSlothWindow, kWho),
};
const Shape kSeverity{"severityWindows", kSeverityFields, check_alert_windows};
const Field kWindowsSpecFields[] = {
    row::text("sloPeriod", "the period it is for, such as 30d", kWho, &kPrometheusDuration),
    row::object("page", "windows that page", &kSeverity),
    row::object("ticket", "windows that open a ticket", &kSeverity),
};
const Shape kWindowsSpec{"alertWindowsSpec", kWindowsSpecFields, check_alert_window_spec};

constexpr std::array<Field, 5> plugin_envelope(std::span<const std::string_view> kind,
                                               const Shape* spec, Profiles named) {
  return {{row::choice("apiVersion", "sloth.slok.dev/v1", kSlothApiVersions, kWho),
           row::choice("kind", "what this document defines", kind, kWho),
           row::of(Type::any, "metadata", "metadata of the Kubernetes object", named),
           row::object("spec", "the definition", spec, kWho),
           row::of(Type::any, "status", "written by the controller")}};
}
const auto kLevelFields = plugin_envelope(kKindLevel, &kSpec8, kWho);
const auto kWindowsFields = plugin_envelope(kKindWindows, &kWindowsSpec, 0);
const Shape kLevel{"prometheusServiceLevel", kLevelFields};
const Shape kSlothWindows{"alertWindows", kWindowsFields};

/// Only what tells whether two catalogues are for one period, and say the same.
void read_alert_windows(const Node& document, Definition& definition) {
  const Node* spec = child(&document, "spec");
  definition.period = prometheus_millis(text_of(spec, "sloPeriod")).value_or(0);
  definition.windows = read_window_table(spec);
  for (const std::string_view severity : {std::string_view("page"), std::string_view("ticket")}) {
    if (const Node* windows = child(spec, severity))
      definition.content += to_json(*windows).canonical() + '\n';
  }
}

const KindTable kV1Kinds[] = {
    {"prometheus/v1", "PrometheusServiceLevel", &kSlothV1, kWho,
     [](const Node& n, Definition& d) {
       d.object = read_sloth(n);
       d.rule_sources = read_sloth_rule_sources(n, "prometheus/v1");
     }},
};
const KindTable kK8sKinds[] = {
    {"sloth.slok.dev/v1", "PrometheusServiceLevel", &kLevel, kWho,
     [](const Node& n, Definition& d) {
       const Node* spec = child(&n, "spec");
       if (spec == nullptr) return;
       auto slos = read_sloth(*spec);
       d.rule_sources = read_sloth_rule_sources(*spec, "sloth.slok.dev/v1");
       d.manifest = read_manifest(child(&n, "metadata"));
       for (auto& slo : slos) slo.annotations = d.manifest->annotations;
       d.object = std::move(slos);
     }},
    {"sloth.slok.dev/v1", "AlertWindows", &kSlothWindows, kWho, read_alert_windows},
};

}  // namespace

std::span<const KindTable> sloth_v1_kinds() { return kV1Kinds; }
std::span<const KindTable> sloth_k8s_kinds() { return kK8sKinds; }

}  // namespace nines::yaml
