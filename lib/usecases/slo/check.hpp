// Validates definition files as one set: each file by itself, then what they say about each other.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "base/time.hpp"
#include "domain/slo/profile.hpp"

namespace nines::usecases {

struct CheckRequest {
  std::vector<std::string> paths;  ///< files and directories as the user named them; "-" is `input`
  std::filesystem::path cwd;
  nines::slo::Profile profile = nines::slo::Profile::strict;
  /// Whether all that is referred to must be in the set; without it, true when a directory is
  /// given.
  std::optional<bool> closed;
  std::optional<std::string> changed_since;  ///< git revision: only findings of files changed since
  std::string input;                         ///< text of "-"
  Instant now;                               ///< for the dates of suppressions
  std::filesystem::path calendar_program = {};  ///< nines-calendar; empty: there is none
};

struct CheckResult {
  std::vector<std::string> files;  ///< in the order of their findings
  std::size_t documents = 0;
  std::size_t suppressed = 0;  ///< findings that a comment lets pass
  Findings findings;           ///< by file, line, column
};

/// Throws Error: not_found for a path that is not there, io, usage for a bad revision.
NINES_EXPORT CheckResult check(const CheckRequest& request);

/// One file changed by fixes.
struct FixedFile {
  std::string file;
  std::size_t fixes = 0;
  std::string diff;  ///< unified, with three lines of context
};

/// Makes the edits of `findings`, leaving out those that overlap an earlier one. Files are
/// replaced in one step, keeping their mode; nothing is written when `write` is false.
/// Throws Error{conflict} when a file is no longer what was checked, io when it cannot be written.
NINES_EXPORT std::vector<FixedFile> fix(const CheckRequest& request, const Findings& findings,
                                        bool write);

}  // namespace nines::usecases
