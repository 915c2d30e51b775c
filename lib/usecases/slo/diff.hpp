// What differs: definition files against the store, or two revisions against each other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/diff_impact.hpp"
#include "usecases/slo/plan.hpp"

namespace nines::usecases {

struct DiffRequest {
  /// Files and folders; or "checkout@1 checkout@3"; or one "checkout@1", which is compared with the
  /// newest; or none: every file that something was applied from.
  std::vector<std::string> operands;
  std::filesystem::path cwd;
  std::optional<std::string> input;
  std::filesystem::path calendar_program = {};  ///< nines-calendar; empty: there is none
  bool impact = false;                          ///< judge stored history under both sides
};

struct DiffResult {
  Findings findings;                    ///< any error: the files could not be compared
  std::vector<PlannedDefinition> plan;  ///< as `apply` would do it, without what is equal
  std::vector<std::string> missing;     ///< files that are gone since they were applied
  std::string from;                     ///< "store", or "checkout@1"
  std::string to;                       ///< "files", or "checkout@3"
  std::optional<DiffImpact> impact = std::nullopt;  ///< when asked for

  bool differs() const { return !plan.empty() || !missing.empty(); }
};

/// Throws Error: not_found (no such file, definition or revision), usage (operands mixed).
NINES_EXPORT DiffResult diff_definitions(const Session& session, const DiffRequest& request);

}  // namespace nines::usecases
