// What a status page's own fields say of each other: late edits, and recoveries that no field
// marks.
#include <algorithm>

#include "base/text.hpp"
#include "domain/incident/timeline_rules.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

std::optional<Instant> instant_in(const Record& record, std::string_view fact_name) {
  for (const auto& fact : record.facts)
    if (fact.name == fact_name && fact.value) return parse_rfc3339(*fact.value);
  return std::nullopt;
}

void late_edit(const Subject& subject, TimelineFindings& findings) {
  const auto resolved = milestone_point(subject.record, kResolved);
  auto edited = instant_in(subject.record, "foreign.updated_at");
  if (!edited) edited = instant_in(subject.record, "foreign.modified");
  if (!resolved || !edited || *edited - resolved->when.at < std::chrono::hours{1}) return;
  findings.push_back(finding(Severity::info, slo::Code::edited_late,
                             "the record was last edited there at " + format_utc(*edited) + ", " +
                                 span_words(*edited - resolved->when.at) + " after " +
                                 words(*resolved),
                             nullptr, "its texts may say what was not known at the time"));
}

bool tells_recovery(const Entry& entry) {
  const auto lower = to_lower_ascii(entry.text);
  for (const auto* words : {"have been resolved", "has resolved", "mitigation is complete",
                            "fully recovered", "has been mitigated", "has recovered"})
    if (lower.find(words) != std::string::npos) return true;
  return false;
}

/// The text tells of recovery, and the status beside it does not.
void unmarked(const Subject& subject, TimelineFindings& findings) {
  if (milestone_point(subject.record, kMitigated)) return;
  const auto resolved = milestone_point(subject.record, kResolved);
  for (const auto* line : subject.lines) {
    if (line->origin.system != "statuspage" || line->role != "investigating" ||
        !tells_recovery(*line))
      continue;
    findings.push_back(finding(
        Severity::info, slo::Code::recovery_unmarked,
        "recovery is told at " + words(line->when) + " under status 'investigating'" +
            (resolved ? ", " + span_words(resolved->when.at - line->when.at) + " before resolved"
                      : ""),
        line, "nines incident set --milestone mitigated=" + format_utc(line->when.at)));
    return;
  }
}

}  // namespace

void foreign_fields(const Subject& subject, TimelineFindings& findings) {
  late_edit(subject, findings);
  unmarked(subject, findings);
}

}  // namespace nines::incident::rules
