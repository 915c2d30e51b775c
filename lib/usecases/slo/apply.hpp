// Records definitions: the whole set in one transaction, with the reason, or nothing at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/plan.hpp"

namespace nines::usecases {

struct ApplyRequest {
  std::vector<std::string> paths;    ///< files and folders as named; "-" is `input`
  std::filesystem::path cwd;         ///< where relative names start
  std::optional<std::string> input;  ///< definitions from standard input
  std::string approver;
  bool prune = false;  ///< the folders given hold everything: retire the rest
  bool dry_run = false;
  std::filesystem::path calendar_program = {};  ///< nines-calendar; empty: there is none
};

struct ApplyResult {
  Findings findings;  ///< any error among them: nothing was applied
  std::vector<PlannedDefinition> plan;
  std::size_t files = 0;
  bool reason_missing = false;  ///< nothing was applied, for want of --because
  bool applied = false;         ///< events are on disk
};

/// The reason is the session's `because`. Applying what is applied already writes nothing.
/// Throws Error: not_found (no such file), usage (prune without folders, or nothing found to
/// apply), conflict (somebody else applied meanwhile), and what reading and the store throw.
NINES_EXPORT ApplyResult apply_definitions(Session& session, const ApplyRequest& request);

}  // namespace nines::usecases
