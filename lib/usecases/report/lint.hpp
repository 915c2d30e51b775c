// The wording of postmortems: files, standard input, or what is on record of an incident.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct LintResult {
  Findings findings = {};               ///< by file, then place
  std::vector<std::string> files = {};  ///< as they were named
  std::size_t words = 0;                ///< of prose, that is without code, quotes and tables
  std::size_t suppressed = 0;
  std::size_t suggestions = 0;  ///< found, and not among the findings
};

/// Larger files are no postmortems. Throws Error{not_found, io, bad_data}.
inline constexpr std::size_t kMostPostmortemBytes = 2u << 20;

struct LintRequest {
  std::vector<std::string> paths = {};  ///< files; "-" is `input`
  std::filesystem::path cwd = {};
  std::string input = {};
  bool suggestions = false;
};
NINES_EXPORT LintResult lint_files(const LintRequest& request);
/// Adds what was found elsewhere.
NINES_EXPORT void join_lint(LintResult& all, LintResult&& one);

/// A text that was read already, with the names that the record of the incident knows.
LintResult lint_text(const std::string& name, const std::string& text,
                     const std::vector<std::string>& people, bool suggestions);

}  // namespace nines::usecases
