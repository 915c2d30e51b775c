// Milestones: the partial order with a severity for each edge, told twice, and lines after the end.
#include <algorithm>
#include <array>

#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/told.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

constexpr std::size_t kLongestReport = 300;  ///< longer texts tell many things

struct Edge {
  std::string_view before, after;
  Severity severity;
};
// Mitigated against recovered is no edge: both orders are common and neither is wrong. A
// declaration after the recovery is a retroactive one.
constexpr Edge kEdges[] = {
    {kImpactStarted, kMitigated, Severity::error}, {kImpactStarted, kRecovered, Severity::error},
    {kImpactStarted, kResolved, Severity::error},  {kResolved, kClosed, Severity::error},
    {kDeclared, kClosed, Severity::error},         {kDetected, kDeclared, Severity::warning},
    {kDetected, kResolved, Severity::warning},     {kMitigated, kResolved, Severity::warning},
    {kRecovered, kResolved, Severity::warning},    {kImpactStarted, kDetected, Severity::info},
    {kDetected, kAcknowledged, Severity::info},    {kDeclared, kAcknowledged, Severity::info}};

void edges(const Subject& subject, TimelineFindings& findings) {
  for (const auto& [before, after, severity] : kEdges) {
    const auto a = milestone_point(subject.record, before),
               b = milestone_point(subject.record, after);
    if (!a || !b) continue;
    const auto order = not_after(a->when, b->when);
    if (order == Order::impossible)
      findings.push_back(finding(
          severity, slo::Code::timeline_order,
          words(*a) + " is after " + words(*b) + " by " + span_words(a->when.at - b->when.at),
          nullptr, a->name + " comes no later than " + b->name));
    // Two times to the same minute may always be either way round; that is worth no word.
    const bool vague =
        a->when.precision == Precision::about || b->when.precision == Precision::about;
    if (order == Order::possible && vague && a->when.at > b->when.at)
      findings.push_back(
          finding(Severity::info, slo::Code::timeline_order,
                  words(*a) + " may be after " + words(*b) + ": their times are too vague to tell",
                  nullptr, "state one of them more exactly"));
  }
}

/// A line of the other system's own log: the milestones were read from those, and that somebody
/// acknowledged it again after it was taken back contradicts nothing.
bool logged_there(const Entry& line) {
  const auto hash = line.origin.reference.rfind('#');
  const auto slash = line.origin.reference.find('/', hash == std::string::npos ? 0 : hash);
  return hash != std::string::npos && slash != std::string::npos &&
         line.origin.reference.find('/', slash + 1) != std::string::npos;
}

/// Repaired, restored and resolved are used for one another: a line that tells one of them at the
/// time of another says nothing against it.
bool tells_other_end(const Record& record, std::string_view told, Instant at) {
  constexpr std::string_view kEnds[] = {kMitigated, kRecovered, kResolved};
  if (std::find(std::begin(kEnds), std::end(kEnds), told) == std::end(kEnds)) return false;
  return std::any_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view name) {
    const auto known = milestone_point(record, name);
    return known && std::chrono::abs(known->when.at - at) < std::chrono::minutes{1};
  });
}

/// The same milestone at another time in a line of the timeline.
void told_twice(const Subject& subject, TimelineFindings& findings) {
  for (const auto* line : subject.lines) {
    if (line->when.precision == Precision::unknown || line->text.size() > kLongestReport ||
        logged_there(*line))
      continue;
    const auto told = milestone_told(line->text);
    if (!told) continue;
    const auto known = milestone_point(subject.record, *told);
    if (!known) continue;
    const auto apart = line->when.at - known->when.at;
    if (std::chrono::abs(apart) < std::chrono::minutes{1}) continue;
    if (tells_other_end(subject.record, *told, line->when.at)) continue;
    findings.push_back(finding(Severity::warning, slo::Code::milestone_twice,
                               known->name + " is told twice: " + words(known->when) + " and " +
                                   words(line->when) + ", " + span_words(apart) + " apart",
                               line, "correct one of them, or the milestone"));
  }
}

void after_close(const Subject& subject, TimelineFindings& findings) {
  const auto closed = milestone_point(subject.record, kClosed);
  if (!closed) return;
  for (const auto* line : subject.lines)
    if (not_after(line->when, closed->when) == Order::impossible)
      findings.push_back(finding(Severity::info, slo::Code::entry_after_close,
                                 "line " + line->name + " happened " +
                                     span_words(line->when.at - closed->when.at) + " after " +
                                     words(*closed),
                                 line, "late lines are legal; reopen it if it was not over"));
}

/// An end without any beginning measures nothing.
void unpaired(const Subject& subject, TimelineFindings& findings) {
  const auto end = first_point(subject.record, {kRecovered, kMitigated, kResolved, kClosed});
  if (!end || first_point(subject.record, {kImpactStarted, kDetected, kDeclared})) return;
  // One that is told at a time that cannot be read is there, and is named by the rule of lines.
  for (const auto* line : subject.lines)
    if (line->when.precision == Precision::unknown) {
      const auto told = milestone_told(line->text);
      if (told == kImpactStarted || told == kDetected || told == kDeclared) return;
    }
  findings.push_back(finding(Severity::info, slo::Code::milestone_unpaired,
                             words(*end) + " has no beginning: neither impact started, detected "
                                           "nor declared is known",
                             nullptr, "nines incident set --milestone impact_started=TIME"));
}

}  // namespace

void order(const Subject& subject, TimelineFindings& findings) {
  edges(subject, findings);
  told_twice(subject, findings);
  after_close(subject, findings);
  unpaired(subject, findings);
}

}  // namespace nines::incident::rules
