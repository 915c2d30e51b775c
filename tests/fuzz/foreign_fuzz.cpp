// Any bytes read as an incident of any format give entries with text, lines that exist, and a
// check.
#include <algorithm>

#include "../support/timeline_record.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  if (size > 64 * 1024) return 0;
  const auto text = nines::fuzz::text_of(data, size);
  const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (const auto name : nines::ingest::foreign_format_names()) {
    const auto format = *nines::ingest::foreign_format_from(name);
    const auto document =
        nines::ingest::read_foreign(format, {text, "2024-03-05-fuzz.md", nines::Zone::utc(),
                                             *nines::parse_rfc3339("2026-11-23T09:00:00Z")});
    for (const auto& finding : document.findings)
      check(!finding.message.empty() && !finding.code.empty(), "a finding says what and which");
    for (const auto& one : document.incidents) {
      for (const auto& entry : one.entries) {
        check(entry.source.line >= 0 && entry.source.line <= lines,
              "a line is one of the document");
        check(entry.text.size() <= nines::ingest::kMostForeignText + 4096, "texts are bounded");
      }
      const auto record = nines::test::record_of(one);
      for (const auto& finding : nines::incident::check_timeline(record))
        check(!finding.message.empty() && !finding.code.empty(), "a finding says what and which");
    }
  }
  nines::ingest::sniff_foreign(text);
  return 0;
}
