// Foreign incidents as records, without a store: for the tests of decoders and of the timeline
// check.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/timeline_check.hpp"
#include "ingest/foreign.hpp"

namespace nines::test {

inline ingest::ForeignDocument foreign(std::string_view bytes, const std::string& name = "test.md",
                                       const Zone& zone = Zone::utc()) {
  const auto format = ingest::sniff_foreign(bytes);
  if (!format) return {};
  return ingest::read_foreign(*format, {bytes, name, zone, *parse_rfc3339("2026-11-23T09:00:00Z")});
}

/// What the store would give back of it.
inline incident::Record record_of(const ingest::ForeignIncident& one,
                                  const std::string& zone = "UTC") {
  incident::Record record;
  record.head.name = "INC-1";
  record.head.title = one.title;
  record.head.origin = one.origin;
  record.milestones = one.milestones;
  record.impact = one.impact;
  record.facts = one.facts;
  incident::Source source;
  source.origin = one.origin;
  source.zone = zone;
  record.sources.push_back(source);
  std::int64_t number = 0;
  for (const auto& from : one.entries) {
    incident::Entry entry;
    entry.number = ++number;
    entry.name = std::to_string(number);
    entry.kind = from.kind;
    entry.when = from.when;
    entry.text = from.text;
    entry.author = from.author;
    entry.role = from.role;
    entry.proposed = from.proposed;
    entry.source = from.source;
    entry.origin = {one.origin.system, one.origin.reference + "#" + entry.name};
    record.entries.push_back(std::move(entry));
  }
  std::stable_sort(record.entries.begin(), record.entries.end(),
                   [](const auto& a, const auto& b) { return a.when.at < b.when.at; });
  return record;
}

/// Codes of reading and of the check, in their order; a code as often as it was found.
inline std::vector<std::string> codes_of(const ingest::ForeignDocument& document) {
  std::vector<std::string> codes;
  for (const auto& finding : document.findings) codes.push_back(finding.code);
  for (const auto& one : document.incidents)
    for (const auto& finding : incident::check_timeline(record_of(one)))
      codes.push_back(finding.code);
  return codes;
}

}  // namespace nines::test
