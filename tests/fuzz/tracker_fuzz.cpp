// Any bytes read as an export of a tracker give issues that can be kept, or an error with a hint; as a
// runbook and as CODEOWNERS they give what stands in them.
#include <algorithm>
#include <set>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "check.hpp"
#include "domain/remediate/runbook.hpp"
#include "ingest/codeowners.hpp"
#include "ingest/tracker.hpp"

namespace {

using namespace nines;

void read_issues(std::string_view text, ingest::TrackerFormat format) {
  try {
    const auto read = ingest::read_tracker(text, "f", format, "org/repo");
    std::set<std::string> references;
    for (const auto& issue : read.issues) {
      fuzz::check(!issue.title.empty() && issue.title == escape_controls(issue.title),
                  "a title is one line of plain text");
      fuzz::check(!issue.reference.empty() && references.insert(issue.reference).second,
                  "each issue has a reference of its own");
    }
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data, "a refusal is bad data");
  }
}

void read_texts(std::string_view text) {
  std::set<std::string> programs;
  for (const auto& command : remediate::runbook_commands(text)) {
    fuzz::check(!command.program.empty() && command.line > 0 &&
                    programs.insert(command.program).second,
                "each program is named once, with its line");
    fuzz::check(command.program.find(' ') == std::string::npos, "a program is one word");
  }
  remediate::runbook_reviewed(text);
  remediate::has_heading_anchor(text, "a");
  const auto rules = ingest::read_codeowners(text);
  for (const auto& rule : rules)
    fuzz::check(!rule.pattern.empty() && rule.line > 0, "a rule has a pattern");
  const auto* owner = ingest::owner_of(rules, "src/pool/names.cpp");
  fuzz::check(owner == nullptr || !owner->owners.empty(), "who owns a file is named");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(text)) return 0;  // refused before it comes so far
  for (const auto name : ingest::tracker_format_names())
    read_issues(text, *ingest::tracker_format_from(name));
  read_issues(text, ingest::sniff_tracker(text));
  read_texts(text);
  return 0;
}
