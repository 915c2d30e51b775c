// What rules are made from: one SLO of a Prometheus-compatible engine, whatever dialect it was
// written in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "domain/alert/calendar_window.hpp"
#include "domain/alert/policy.hpp"
#include "domain/slo/model.hpp"

namespace nines::alert {

/// Bytes [begin, end) of the file the SLO is in.
struct SourceSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// PromQL as written, with the token {{.window}}.
struct QueryText {
  std::string text;
  SourceSpan at;
};

/// One of the two alerts, or what both have in common.
struct AlertNotes {
  bool disabled = false;
  slo::StringMap labels;
  slo::StringMap annotations;
  SourceSpan at;
};

/// One entry of a Sloth plugin chain.
struct PluginUse {
  std::string id;
  Json config;
  std::int64_t priority = 0;
  SourceSpan at;
};

/// An alert that a document spells out by itself, with an OpenSLO condition.
struct DeclaredAlert {
  std::string name;
  Alert alert;
  SourceSpan at;
};

/// An OpenSLO AlertPolicy: what it fires at, in the document or by reference.
struct DeclaredPolicy {
  std::string name;
  bool breaching = false;  ///< alertWhenBreaching
  bool no_data = false;    ///< alertWhenNoData
  std::vector<DeclaredAlert> conditions;
  std::vector<std::string> condition_refs;
};

struct RuleSource {
  std::string spec;  ///< "prometheus/v1", "sloth.slok.dev/v1", "openslo/v1alpha", "openslo/v1"
  std::string mode;  ///< "cli-gen-prom", "cli-gen-k8s", "cli-gen-openslo"
  std::string service;
  std::string name;  ///< label sloth_slo
  std::string id;    ///< label sloth_id
  SourceSpan name_at;
  SourceSpan service_at;

  double objective = 0;  ///< percentage, as the dialect computes it
  Decimal exact_objective;
  SourceSpan objective_at;

  std::optional<Millis> period;  ///< empty: the default of the run
  std::optional<CalendarWindow> calendar;
  std::vector<WindowPair> windows;  ///< of its own, in place of those of the period; may be empty
  SourceSpan period_at;

  slo::StringMap labels;  ///< of the service, then of the SLO, which win

  /// Bad and all events; both or none. Beside `raw` they serve what needs events.
  std::optional<QueryText> errors;
  std::optional<QueryText> total;
  /// One query for the error ratio; it wins over events.
  std::optional<QueryText> raw;
  std::vector<QueryText> parts;  ///< what `raw` was joined from
  std::string no_events;  ///< why there are no events: "an OpenSLO v1alpha ratio is one query"

  std::string sli_plugin;
  SourceSpan sli_plugin_at;
  bool override_plugins = false;
  std::vector<PluginUse> plugins;  ///< of the service, then of the SLO

  std::string alert_name;
  AlertNotes alerting;
  AlertNotes page;
  AlertNotes ticket;
  std::vector<DeclaredAlert> declared;  ///< in place of page and ticket
  bool alert_when_no_data = false;
  std::string except;  ///< PromQL that holds while nothing of this SLO counts; empty: never

  int document = 0;  ///< 0-based index in its file
};

/// Metadata of the manifest a Kubernetes object came from.
struct Manifest {
  std::string name;
  std::string space;  ///< namespace
  slo::StringMap labels;
  slo::StringMap annotations;
};

}  // namespace nines::alert
