// Recorded incidents played through another policy: how soon a person, and how many nights.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/escalation_simulation.hpp"
#include "domain/incident/page.hpp"

namespace nines::incident {

/// One recorded incident.
struct ReplayCase {
  std::string name;
  Severity severity = Severity::undetermined;
  Instant opened_at;
  std::optional<Instant> answered_at;  ///< acknowledged
  std::vector<Page> pages;             ///< recorded ones, by time
  std::vector<Instant> triggers;
};

/// One side of a comparison.
struct ReplaySide {
  std::optional<Micros> to_human;  ///< from the opening to somebody's answer; none: nobody's
  std::int64_t pages = 0;
  std::int64_t night_pages = 0;
  bool exhausted = false;
  bool pages_known = true;  ///< else only the answer is on record
};

struct ReplayLine {
  std::string name;
  Severity severity = Severity::undetermined;
  Instant opened_at;
  std::optional<Micros> answer_time;  ///< from the first page to the answer, as recorded
  std::optional<ReplaySide> before;   ///< none: no pages on record, and no policy for it
  bool before_simulated = false;      ///< by the present policy, because no pages are on record
  ReplaySide after;
};

struct ReplayTotals {
  std::int64_t incidents = 0;
  std::int64_t compared = 0;  ///< answered on both sides
  std::optional<Micros> median_before;
  std::optional<Micros> median_after;
  std::int64_t sooner = 0;
  std::int64_t later = 0;
  std::int64_t nights_compared = 0;  ///< with pages known on both sides
  std::int64_t night_before = 0;
  std::int64_t night_after = 0;
  std::int64_t exhausted_after = 0;
};

/// Whoever is paged first is taken to answer as long after it as the recorded answer came after the
/// recorded first page (after the opening, where no page is on record); what is due until then goes
/// out. An incident that nobody answered goes on to the end.
ReplayLine replay(const ReplayCase& recorded, const EscalationPolicy& proposed,
                  const EscalationPolicy* present, const Surroundings& around);

ReplayTotals totals_of(const std::vector<ReplayLine>& lines);

}  // namespace nines::incident
