// What the versions of OpenSLO share: shapes that are the same, and tables by the names of a
// version.
#pragma once

#include "yaml/definitions.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"
#include "yaml/rule_sources.hpp"

namespace nines::yaml {

constexpr Profiles kOpenSlo = kSpec | kGoSdk;

extern const Shape kCalendarShape;
extern const Shape kServiceSpecShape;
extern const Shape kDataSourceSpecShape;

inline constexpr std::string_view kOps[] = {"gt", "gte", "lt", "lte"};
inline constexpr std::string_view kMethods[] = {"Occurrences", "Timeslices", "RatioTimeslices"};
inline constexpr std::string_view kRawTypes[] = {"success", "failure"};
inline constexpr std::string_view kConditionKinds[] = {"burnrate"};
inline constexpr std::string_view kSloKind[] = {"SLO"};
inline constexpr std::string_view kSliKind[] = {"SLI"};
inline constexpr std::string_view kDataSourceKind[] = {"DataSource"};
inline constexpr std::string_view kServiceKind[] = {"Service"};
inline constexpr std::string_view kPolicyKind[] = {"AlertPolicy"};
inline constexpr std::string_view kConditionKind[] = {"AlertCondition"};
inline constexpr std::string_view kTargetKind[] = {"AlertNotificationTarget"};

// Rows that stand in several tables.
inline constexpr Field kDescriptionRow =
    row::text("description", "what this is about", 0, &kDescriptionFormat);
inline constexpr Field kNameRow =
    row::text("name", "the name others refer to", kOpenSlo, &kNameFormat);
inline constexpr Field kMetadataNameRow =
    row::text("displayName", "the name people read", 0, &kDisplayNameFormat);
inline constexpr Field kDisplayNameRow = row::text("displayName", "the name people read");
inline constexpr Field kOpRow =
    row::choice("op", "how a threshold metric is compared with value", kOps);
inline constexpr Field kRollingRow =
    row::flag("isRolling", "true: the last such stretch; false: by the calendar");
inline constexpr Field kCalendarRow =
    row::object("calendar", "where calendar windows begin", &kCalendarShape);
inline constexpr std::string_view kTargetHelp = "share that must be good, such as 0.999";

/// Where v1 and v2alpha differ.
struct OpenSloVersion {
  Words api_version;
  SloNames names;
  const Shape* metadata;
  const Shape* metric;
  const Format* length;  ///< of windows and slices
  const Format* delay;   ///< of alertAfter
  Profiles alert_after;  ///< who rejects a condition without alertAfter
};

/// The tables of the seven kinds of one version.
template <const OpenSloVersion& V>
struct OpenSloParts {
  static inline const Field ratio_fields[] = {
      row::flag("counter", "true when the metric only ever rises"),
      row::object("good", "events that went well", V.metric),
      row::object("bad", "events that went wrong", V.metric),
      row::object("total", "all events that count", V.metric),
      row::choice("rawType", "what the raw ratio means", kRawTypes),
      row::object("raw", "a ratio that is computed already", V.metric),
  };
  static inline const Shape ratio{"ratioMetric", ratio_fields, check_ratio_metric};

  static inline const Field indicator_spec_fields[] = {
      kDescriptionRow,
      row::object("thresholdMetric", "a value that is compared with a limit", V.metric),
      row::object("ratioMetric", "good or bad events among all", &ratio),
  };
  static inline const Shape indicator_spec{"indicatorSpec", indicator_spec_fields,
                                           check_indicator_spec};

  static inline const Field indicator_fields[] = {
      row::object("metadata", "its name", V.metadata, kOpenSlo),
      row::object("spec", "what is measured", &indicator_spec, kOpenSlo),
  };
  static inline const Shape indicator{"indicator", indicator_fields};

  static inline const Field window_fields[] = {
      row::text("duration", "length such as 30d or 4w", kOpenSlo, V.length),
      kRollingRow,
      kCalendarRow,
  };
  static inline const Shape window{"timeWindow", window_fields, check_time_window};

  static inline const Field objective_fields[] = {
      kDisplayNameRow,
      kOpRow,
      row::number("value", "the limit of a threshold metric"),
      row::number("target", kTargetHelp, 0, &kTargetFormat),
      row::number("targetPercent", "the same in percent, such as 99.9", 0, &kTargetPercentFormat),
      row::number("timeSliceTarget", "share of good events that makes a slice good", 0,
                  &kSliceTargetFormat),
      row::text("timeSliceWindow", "length of a slice, such as 5m", 0, V.length),
      row::object(V.names.indicator, "the indicator of this part of a composite", &indicator),
      row::text(V.names.indicator_ref, "name of the SLI of this part of a composite", 0,
                &kNameFormat),
      row::number("compositeWeight", "weight of this part of a composite", 0, &kWeightFormat),
  };
  static inline const Shape objective{"objective", objective_fields, check_objective};

  static inline const Field condition_fields[] = {
      row::choice("kind", "what is watched", kConditionKinds),
      row::choice("op", "how the burn rate is compared", kOps, kOpenSlo),
      row::number("threshold", "burn rate at which it fires", kOpenSlo),
      row::text("lookbackWindow", "length over which the burn rate is taken, such as 1h", kOpenSlo,
                V.length),
      row::text("alertAfter", "how long it must hold, such as 5m", V.alert_after, V.delay),
  };
  static inline const Shape condition{"condition", condition_fields, check_condition};

  static inline const Field condition_spec_fields[] = {
      kDescriptionRow,
      row::text("severity", "such as page or ticket", kOpenSlo),
      row::object("condition", "when it fires", &condition, kOpenSlo),
  };
  static inline const Shape condition_spec{"conditionSpec", condition_spec_fields};

  static inline const Field target_spec_fields[] = {
      kDescriptionRow,
      row::text("target", "where the message goes, such as slack", kOpenSlo),
  };
  static inline const Shape target_spec{"targetSpec", target_spec_fields};

  /// An entry that is a reference, or an object written in its place.
  static constexpr std::array<Field, 4> entry(std::string_view ref, Words kind, const Shape* spec) {
    return {{row::text(ref, "name of a document of that kind", 0, &kNameFormat),
             row::choice("kind", "of one written here", kind),
             row::object("metadata", "of one written here", V.metadata),
             row::object("spec", "of one written here", spec)}};
  }
  static inline const auto condition_entry_fields =
      entry("conditionRef", kConditionKind, &condition_spec);
  static inline const Shape condition_entry{"conditionEntry", condition_entry_fields,
                                            check_condition_entry};
  static inline const auto target_entry_fields = entry("targetRef", kTargetKind, &target_spec);
  static inline const Shape target_entry{"targetEntry", target_entry_fields, check_target_entry};

  static inline const Field policy_spec_fields[] = {
      kDescriptionRow,
      row::flag("alertWhenNoData", "notify when there is no data"),
      row::flag("alertWhenBreaching", "notify when a condition holds"),
      row::flag("alertWhenResolved", "notify when it no longer holds"),
      row::list("conditions", "exactly one condition", &condition_entry, kOpenSlo),
      row::list("notificationTargets", "who is told; at least one", &target_entry, kOpenSlo),
  };
  static inline const Shape policy_spec{"alertPolicySpec", policy_spec_fields, check_policy_spec};
  static inline const auto policy_entry_fields = entry("alertPolicyRef", kPolicyKind, &policy_spec);
  static inline const Shape policy_entry{"alertPolicyEntry", policy_entry_fields,
                                         check_policy_entry};

  static inline const Field slo_spec_fields[] = {
      kDescriptionRow,
      row::text(V.names.service, "the service it belongs to", kOpenSlo),
      row::object(V.names.indicator, "what is measured, written here", &indicator),
      row::text(V.names.indicator_ref, "what is measured: name of an SLI", 0, &kNameFormat),
      row::choice("budgetingMethod", "how the error budget is counted", kMethods, kOpenSlo),
      row::list("timeWindow", "the compliance window; exactly one", &window, kGoSdk),
      row::list("objectives", "what is promised", &objective, kOpenSlo),
      row::list("alertPolicies", "who is told when", &policy_entry),
  };
  static inline const Shape slo_spec{
      "sloSpec", slo_spec_fields,
      [](Checker& checker, const Node& map) { check_slo_spec(checker, map, V.names); }};

  static constexpr std::array<Field, 4> document(Words kind, const Shape* spec,
                                                 Profiles spec_required) {
    return envelope({V.api_version, kind, V.metadata, spec, kOpenSlo, spec_required});
  }
  static inline const auto slo_fields = document(kSloKind, &slo_spec, kOpenSlo);
  static inline const auto sli_fields = document(kSliKind, &indicator_spec, kOpenSlo);
  static inline const auto source_fields =
      document(kDataSourceKind, &kDataSourceSpecShape, kOpenSlo);
  static inline const auto service_fields = document(kServiceKind, &kServiceSpecShape, 0);
  static inline const auto policy_fields = document(kPolicyKind, &policy_spec, kOpenSlo);
  static inline const auto alert_condition_fields =
      document(kConditionKind, &condition_spec, kOpenSlo);
  static inline const auto target_fields = document(kTargetKind, &target_spec, kOpenSlo);
  static inline const Shape slo{"slo", slo_fields, check_slo_document};
  static inline const Shape sli{"sli", sli_fields};
  static inline const Shape source{"dataSource", source_fields};
  static inline const Shape service{"service", service_fields};
  static inline const Shape policy{"alertPolicy", policy_fields};
  static inline const Shape alert_condition{"alertCondition", alert_condition_fields};
  static inline const Shape target{"alertNotificationTarget", target_fields};

  static constexpr std::string_view api = V.api_version[0];
  static inline const KindTable kinds[] = {
      {api, "SLO", &slo, kOpenSlo,
       [](const Node& n, Definition& d) {
         d.object = read_openslo_v1_slo(n);
         d.policies = read_slo_policies(n);
       }},
      {api, "SLI", &sli, kOpenSlo,
       [](const Node& n, Definition& d) { d.object = read_openslo_v1_sli(n); }},
      {api, "DataSource", &source, kOpenSlo,
       [](const Node& n, Definition& d) { d.object = read_data_source(n); }},
      {api, "Service", &service, kOpenSlo,
       [](const Node& n, Definition& d) { d.object = read_openslo_service(n); }},
      {api, "AlertPolicy", &policy, kOpenSlo,
       [](const Node& n, Definition& d) { d.policies = read_declared_policy(n); }},
      {api, "AlertCondition", &alert_condition, kOpenSlo,
       [](const Node& n, Definition& d) { d.conditions = read_declared_condition(n); }},
      {api, "AlertNotificationTarget", &target, kOpenSlo},
  };
};

}  // namespace nines::yaml
