// Definition files in, typed definitions and findings out: the one door to every dialect.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "domain/alert/rule_source.hpp"
#include "domain/catalog/definition.hpp"
#include "domain/catalog/people.hpp"
#include "domain/incident/escalation_policy.hpp"
#include "domain/incident/playbook.hpp"
#include "domain/incident/rota.hpp"
#include "domain/slo/model.hpp"
#include "domain/slo/profile.hpp"
#include "yaml/document.hpp"

namespace nines::yaml {

using slo::Profile;

/// A name in one document that stands for another document.
struct Reference {
  std::string kind;  ///< kind wanted: "SLI", "DataSource", "Service", "Vendor"
  std::string name;
  std::string type;   ///< of a metric source, where written: must equal the DataSource's
  bool soft = false;  ///< a warning when it resolves to nothing and any such kind is given
  Finding where;      ///< place, path and object of the reference; code and texts are empty
};

/// A finding that holds only when `name` turns out to be an SLI that is (or is not) a threshold.
struct Conditional {
  std::string sli;
  bool if_threshold = false;
  Finding finding;
};

/// One option given to a plugin of an SLI.
struct PluginOption {
  std::string plugin;
  std::string option;
  Finding where;
};

/// A condition of an alert: fires above `factor` times the even burn rate, over `lookback`.
struct BurnLimit {
  double factor = 0;
  std::chrono::seconds lookback{0};
};

/// One document.
struct Definition {
  std::string api_version;  ///< "openslo/v1", "nines/v1", "prometheus/v1"
  std::string kind;    ///< "SLO", "DataSource"; "PrometheusServiceLevel" for both Sloth dialects
  std::string name;    ///< identity is (kind, name); the service, in Sloth's own dialect
  bool valid = false;  ///< no finding of this document is an error
  /// Several for Sloth, whose one document defines every SLO of a service; monostate for the kinds
  /// that only others refer to, and for documents too broken to read.
  std::variant<std::monostate, slo::Slo, slo::Sli, slo::DataSource, catalog::Service,
               catalog::Vendor, catalog::Person, catalog::Team, catalog::Calendar, incident::Rota,
               incident::EscalationPolicy, incident::Playbook, std::vector<slo::Slo>>
      object;
  Json json;      ///< the document itself as `to_json` gives it, when asked for
  Finding where;  ///< place of the name; code and texts are empty
  std::vector<Reference> references;
  std::vector<Conditional> conditionals;
  std::vector<Finding> targets;  ///< places of the targets, one per objective of a valid SLO
  std::vector<BurnLimit> burns;  ///< of conditions written in this document
  std::vector<PluginOption> plugin_options;
  std::int64_t period = 0;                       ///< of AlertWindows, in milliseconds
  std::string content;                           ///< of AlertWindows: equal for equal windows
  std::optional<alert::WindowTable> windows;     ///< of a valid AlertWindows
  std::vector<alert::RuleSource> rule_sources;   ///< of Sloth's dialects and OpenSLO v1alpha
  std::vector<alert::DeclaredPolicy> policies;   ///< of OpenSLO v1: an AlertPolicy, or an SLO's
  std::vector<alert::DeclaredAlert> conditions;  ///< of an OpenSLO v1 AlertCondition
  std::optional<alert::Manifest> manifest;       ///< of a PrometheusServiceLevel object
  bool recorded = true;  ///< false for rule files, which are made from definitions
};

/// "# nines: allow CODE[, CODE] [until 2026-12-31] because REASON", for its own line and the next.
struct Suppression {
  Finding where;
  std::vector<std::string> codes;
  std::string reason;
  std::optional<Day> until;  ///< last day it holds
};

struct ReadOptions {
  Profile profile = Profile::strict;
  bool keep_json = true;
  Limits limits;
};

struct Reading {
  std::vector<Definition> definitions;
  Findings findings;  ///< in file order, of single documents only: none about references
  std::vector<Suppression> suppressions;
};

/// Reads YAML or JSON bytes. Never throws on bad input; `file` is the name findings show.
Reading read_definitions(std::string_view bytes, std::string_view file,
                         const ReadOptions& options = {});

/// Reads one document as `Definition::json` holds it (for definitions that come from the store).
/// Such findings have no place. `origin` is the file they name.
Reading read_definition(const Json& document, std::string_view origin,
                        const ReadOptions& options = {});

/// Place of the member `path` ("[1].spec.connectionDetails.format", as findings have it) in the
/// document of that index, or of the nearest member above it that is there: for checks that know
/// values but not their places. `key` asks for the name instead of a value. Code and texts are
/// empty.
Finding locate(std::string_view bytes, std::string_view file, int document, std::string_view path,
               bool key = false);

}  // namespace nines::yaml
