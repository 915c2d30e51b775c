// The rules of the timeline check, and what they share: one function per group, findings appended.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/timeline_check.hpp"
#include "domain/slo/codes.hpp"

namespace nines::incident::rules {

/// A record with what every rule asks for.
struct Subject {
  const Record& record;
  std::vector<const Entry*> lines;  ///< that people wrote, in the order of their documents
  Zone zone;                        ///< of local clock times: the source's
};

/// A point of the record that a duration can begin or end at.
struct Point {
  std::string name;  ///< "detected", "entry 3"
  StatedTime when;
};

// Milestones against each other, against the lines, and after the close.
void order(const Subject& subject, TimelineFindings& findings);
// Lines against their neighbours: dates, times that cannot be read, silence.
void lines(const Subject& subject, TimelineFindings& findings);
// Facts "stated.*": "Time to repair: 5h 8m".
void stated_durations(const Subject& subject, TimelineFindings& findings);
// Durations and stretches claimed in prose: facts "claim.*" and the texts of entries.
void claims(const Subject& subject, TimelineFindings& findings);
// Zone words out of season, and quoted times that only fit when shifted.
void zones(const Subject& subject, TimelineFindings& findings);
// What a status page's own fields say of each other.
void foreign_fields(const Subject& subject, TimelineFindings& findings);

std::optional<Point> milestone_point(const Record& record, std::string_view name);
/// The first of these milestones that is known.
std::optional<Point> first_point(const Record& record,
                                 std::initializer_list<std::string_view> names);
/// Where the record begins: the impact, the detection, the declaration, else its first line.
std::optional<Point> beginning(const Subject& subject);
/// The earliest line whose time is known.
std::optional<Point> first_line(const Subject& subject);

/// "detected (2020-09-28 13:14)": the time as it was written.
std::string words(const Point& point);
std::string words(const StatedTime& when);
/// "9m", "62d 1h50m", exact; never negative.
std::string span_words(Micros span);
/// "2m more", "4h less", "the same": of `stated` against `actual`.
std::string difference_words(Micros stated, Micros actual);

TimelineFinding finding(nines::Severity severity, slo::Code code, std::string message,
                        const Entry* entry = nullptr, std::string hint = {});

/// Minutes east of UTC that a zone word means at that moment; nothing for an unknown word.
std::optional<std::chrono::minutes> offset_at(std::string_view zone_word, Instant at);

}  // namespace nines::incident::rules
