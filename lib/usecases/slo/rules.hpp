// Prometheus rules from definition files: reading, catalogues of windows, and what is wrong.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "base/time.hpp"
#include "domain/alert/generate.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RulesRequest {
  std::vector<std::string> paths;  ///< files and directories as the user named them; "-" is `input`
  std::filesystem::path cwd;
  std::string input;  ///< text of "-"
  Instant now;        ///< for the dates of suppressions
  /// Mode, numbers, groups, guards. `tables` and `default_period` are filled from what follows.
  alert::RuleOptions options;
  std::string default_period = "30d";
  std::vector<std::string> window_paths;  ///< files and directories of AlertWindows
  std::vector<std::string> extra_labels;  ///< "KEY=VALUE"
  std::vector<std::string> slo_periods;   ///< "ID=7d"
  const Session* session = nullptr;       ///< a store to read; null: none
  bool decisions = false;                 ///< who set each objective, when and why, from the store
  bool maintenance = false;               ///< leave out announced maintenance, from the store
  bool keep_sound = false;  ///< what is wrong in one document takes no rules from the others
};

/// One SLO and its rules.
struct RuledSlo {
  std::string id;
  std::string service;
  std::string name;
  std::string spec;
  std::string objective;  ///< percentage
  std::string period;     ///< "30d"
  std::string file;
  int line = 0;
  std::size_t document = 0;  ///< index into `RulesResult::documents`
  std::size_t index = 0;     ///< among the SLOs or objectives of its definition
  Finding definition;        ///< place of the name of its definition
  std::vector<alert::RuleGroup> groups;
  /// What the alerts do, and how they ask: what an evaluator needs in place of a Prometheus.
  alert::Policy policy;
  double budget = 0;
  alert::QueryShape queries;
};

/// One document that gave rules.
struct RuledDocument {
  std::string file;
  int document = 0;  ///< 0-based index in the file
  std::string spec;
  std::optional<alert::Manifest> manifest;  ///< of a Kubernetes object
};

struct RulesResult {
  std::vector<RuledDocument> documents;  ///< in the order of the input
  std::vector<RuledSlo> slos;            ///< in the order of the input
  std::vector<alert::WindowTable> tables;
  Findings findings;  ///< errors and warnings, by file and place; with an error there are no rules, see
                      ///< `keep_sound`
  std::vector<std::string> files;
};

/// Throws Error: not_found, io, usage (bad KEY=VALUE, ID=PERIOD, or period).
NINES_EXPORT RulesResult make_rules(const RulesRequest& request);

}  // namespace nines::usecases
