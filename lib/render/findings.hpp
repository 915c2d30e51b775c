// Findings in every format: for people, for editors, and for the services that annotate changes.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/json.hpp"
#include "render/output.hpp"

namespace nines::render {

enum class FindingFormat { text, concise, json, sarif, github, gitlab, junit, checkstyle, rdjson };

std::optional<FindingFormat> finding_format_from(std::string_view name);
std::span<const std::string_view> finding_format_names();

struct FindingReport {
  Findings findings;               ///< in the order they are shown
  std::vector<std::string> files;  ///< all that were looked at
  std::size_t documents = 0;
  std::size_t suppressed = 0;
  std::string command = "nines slo check";  ///< that found them
};

struct FindingCounts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
};

FindingCounts count(const Findings& findings);

/// "2 errors and 1 warning in 12 files".
std::string summary(const FindingReport& report);

/// Not for `json`, which is `findings_json` in the envelope of every command. Does not flush.
void write_findings(std::ostream& out, const FindingReport& report, FindingFormat format,
                    const Style& style);

/// {"errors", "warnings", "infos", "suppressed", "files", "documents", "findings": [...]}.
Json findings_json(const FindingReport& report);

/// "file:line:col: error[CODE] message", source line, caret and hint, as `text` shows it.
std::string finding_text(const Finding& finding, const Style& style);

/// Markdown for a GitHub step summary.
std::string findings_markdown(const FindingReport& report);

// One per format.
void write_sarif(std::ostream& out, const FindingReport& report);
void write_github(std::ostream& out, const FindingReport& report);
void write_gitlab(std::ostream& out, const FindingReport& report);
void write_junit(std::ostream& out, const FindingReport& report);
void write_checkstyle(std::ostream& out, const FindingReport& report);
void write_rdjson(std::ostream& out, const FindingReport& report);

/// A hash of what the finding says and where in the document, not on which line; equal findings of
/// one report are told apart by `ordinal`.
std::string fingerprint(const Finding& finding, std::size_t ordinal);
/// `ordinal` of each finding.
std::vector<std::size_t> ordinals(const Findings& findings);

}  // namespace nines::render
