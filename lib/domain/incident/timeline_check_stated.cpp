// "Time to repair: 5h 8m" against the times of the same record, base by base.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/incident/stated_spans.hpp"
#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/told.hpp"
#include "domain/incident/working_time.hpp"
#include "domain/incident/written_duration.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

TimelineFinding at_line(TimelineFinding found, int line) {
  found.line = line;
  return found;
}

std::string said(const StatedDuration& stated) {
  return stated.label + " is stated as " + span_words(stated.duration.length);
}

/// A convention under which the figure would be right, and for which span.
struct Convention {
  PossibleSpan span;
  std::string words;
};
std::optional<Convention> convention_for(const Subject& subject, const StatedDuration& stated,
                                         const std::vector<PossibleSpan>& spans) {
  for (const auto& span : spans)
    if (auto words = fitting_convention(span.from.when.at, span.to.when.at, stated.duration.length,
                                        subject.zone);
        !words.empty())
      return Convention{span, std::move(words)};
  return std::nullopt;
}

/// Whether the figure says itself that not all hours count, without saying which do.
bool names_hours(const std::string& value) {
  const auto lower = to_lower_ascii(value);
  for (const auto* word : {"working", "support", "business", "office", "night", "out of hours"})
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

/// A line of the timeline that the figure would follow from.
std::string fitting_line(const Subject& subject, const StatedDuration& stated,
                         const std::vector<PossibleSpan>& spans) {
  for (const auto* line : subject.lines) {
    if (line->when.precision == Precision::unknown || line->proposed) continue;
    for (const auto& span : spans)
      if (span.to.when.at - line->when.at == stated.duration.length)
        return "; it would follow from line " + line->name + " (" + words(line->when) + ")";
  }
  return {};
}

/// The repair is a base that some count a resolution from, but nobody means by default.
std::vector<PossibleSpan> usual(const std::vector<PossibleSpan>& spans) {
  std::vector<PossibleSpan> kept;
  for (const auto& span : spans)
    if (span.from.name != kRecovered) kept.push_back(span);
  return kept.empty() ? spans : kept;
}

/// A month, day or year that makes the figure right when it is as at the other end.
std::string fitting_date(const StatedDuration& stated, const PossibleSpan& span) {
  const auto from = read_time(span.from.when.text), to = read_time(span.to.when.text);
  if (!from || !to || !from->date || !to->date || !from->clock || !to->clock) return {};
  if (!from->date->year || !to->date->year) return {};
  const auto start = local_time_of(*from->date, *from->clock, *from->date->year);
  const auto fits = [&](const WrittenDate& date) {
    const auto end = local_time_of(date, *to->clock, *to->date->year);
    return start && end && agrees(stated.duration, *end - *start);
  };
  auto month = *to->date, day = *to->date, year = *to->date;
  month.month = from->date->month;
  day.day = from->date->day;
  year.year = from->date->year;
  if (month != *to->date && fits(month)) return "month " + std::to_string(month.month);
  if (day != *to->date && fits(day)) return "day " + std::to_string(day.day);
  if (year != *to->date && fits(year)) return "year " + std::to_string(*year.year);
  return {};
}

void check_against_window(const Subject& subject, const StatedDuration& stated,
                          const SupportHours& hours, const std::vector<PossibleSpan>& spans,
                          TimelineFindings& findings) {
  const auto candidates = usual(spans);
  const auto within = [&](const PossibleSpan& span) {
    return time_within(hours, span.from.when.at, span.to.when.at, subject.zone);
  };
  for (const auto& span : spans)
    if (agrees(stated.duration, within(span))) return;
  const auto& span = nearest(candidates, stated.duration.length, within);
  findings.push_back(
      at_line(finding(Severity::warning, slo::Code::duration_contradicted,
                      said(stated) + " in support hours; from " + words(span.from) + " to " +
                          words(span.to) + " they give " + span_words(within(span)) + ", " +
                          span_words(span.length()) + " by the calendar; stated is " +
                          difference_words(stated.duration.length, within(span)),
                      nullptr, "correct the figure, or the time it was taken from"),
              stated.line));
}

/// Times in the value itself: "5 hours 26 minutes (10:45 - 16:11 UTC)".
bool check_own_range(const StatedDuration& stated, TimelineFindings& findings) {
  const auto times = find_times(stated.value);
  if (times.size() != 2 || !times[0].clock || !times[1].clock) return false;
  const auto minutes = [](const WrittenClock& clock) { return clock.hour * 60 + clock.minute; };
  auto length = minutes(*times[1].clock) - minutes(*times[0].clock);
  if (length < 0) length += 24 * 60;
  const auto actual = Micros{std::chrono::minutes{length}};
  if (!agrees(stated.duration, actual))
    findings.push_back(at_line(
        finding(Severity::warning, slo::Code::duration_contradicted,
                said(stated) + "; its own times '" + stated.value + "' give " + span_words(actual) +
                    ", stated is " + difference_words(stated.duration.length, actual),
                nullptr, "correct the figure or the times"),
        stated.line));
  return true;
}

void contradicted(const Subject& subject, const StatedDuration& stated,
                  const std::vector<PossibleSpan>& spans, bool end_known,
                  TimelineFindings& findings) {
  for (const auto& span : spans)
    if (const auto field = fitting_date(stated, span); !field.empty()) {
      findings.push_back(at_line(
          finding(Severity::warning, slo::Code::date_typo,
                  said(stated) + ", but from " + words(span.from) + " to " + words(span.to) +
                      " is " + span_words(span.length()) + "; with " + field +
                      " in the last date it is " + span_words(stated.duration.length),
                  nullptr, "correct the date"),
          stated.line));
      return;
    }
  const auto candidates = usual(spans);
  const auto convention = convention_for(subject, stated, candidates);
  const auto span = convention ? convention->span
                               : nearest(candidates, stated.duration.length,
                                         [](const PossibleSpan& s) { return s.length(); });
  if (convention && names_hours(stated.value)) {
    findings.push_back(
        at_line(finding(Severity::info, slo::Code::duration_convention,
                        said(stated) + " ('" + stated.value + "'); from " + words(span.from) +
                            " to " + words(span.to) + " is " + span_words(span.length()) +
                            " by the calendar; it follows with " +
                            convention->words.substr(0, convention->words.find(", which")),
                        nullptr, "state which hours count, or the time by the calendar as well"),
                stated.line));
    return;
  }
  auto message = said(stated) + (end_known ? "" : ", with no event for its end") + "; from " +
                 words(span.from) + " to " + words(span.to) + " is " + span_words(span.length()) +
                 ", stated is " + difference_words(stated.duration.length, span.length());
  message += convention ? "; it would follow with " + convention->words
                        : fitting_line(subject, stated, candidates);
  findings.push_back(at_line(finding(Severity::warning, slo::Code::duration_contradicted, message,
                                     nullptr, "correct the figure, or the time it was taken from"),
                             stated.line));
}

/// The bases that a figure fits; for an end without a milestone any line may be it.
std::vector<std::string> fitting_bases(const Subject& subject, const StatedDuration& stated,
                                       const std::vector<PossibleSpan>& spans, bool end_known) {
  std::vector<std::string> bases;
  for (const auto& span : spans)
    if (end_known && agrees(stated.duration, span.length())) bases.push_back(span.from.name);
  if (end_known) return bases;
  for (const auto& from : bases_for(subject, {}))
    for (const auto* line : subject.lines)
      if (line->when.precision != Precision::unknown && !line->proposed &&
          agrees(stated.duration, line->when.at - from.when.at))
        bases.push_back(from.name);
  return bases;
}

struct Fit {
  std::string label;
  std::vector<std::string> bases;
};

/// Figures of one record that have no base in common cannot be compared.
void two_bases(const std::vector<Fit>& fits, TimelineFindings& findings) {
  for (std::size_t i = 1; i < fits.size(); ++i) {
    const auto& first = fits.front();
    const bool shared =
        std::any_of(fits[i].bases.begin(), fits[i].bases.end(), [&](const auto& base) {
          return std::find(first.bases.begin(), first.bases.end(), base) != first.bases.end();
        });
    if (shared) continue;
    findings.push_back(finding(Severity::warning, slo::Code::duration_two_bases,
                               first.label + " counts from " + first.bases.front() + ", " +
                                   fits[i].label + " from " + fits[i].bases.front() +
                                   ": the two cannot be compared",
                               nullptr, "count both from one milestone, and say which"));
    return;
  }
}

/// Whether the detection lies outside the hours that a figure counts in.
void out_of_hours(const Subject& subject, const StatedDuration& stated, const SupportHours& hours,
                  TimelineFindings& findings) {
  const auto detected = milestone_point(subject.record, kDetected);
  if (!detected) return;
  const auto at = detected->when.at;
  if (time_within(hours, at, at + std::chrono::minutes{1}, subject.zone).count() > 0) return;
  findings.push_back(at_line(finding(Severity::info, slo::Code::duration_convention,
                                     words(*detected) + " lies outside the support hours that " +
                                         stated.label + " counts in: that time is in no figure",
                                     nullptr, "state the time by the calendar as well"),
                             stated.line));
}

}  // namespace

void stated_durations(const Subject& subject, TimelineFindings& findings) {
  std::vector<Fit> fits;
  for (const auto& stated : stated_in(subject.record)) {
    if (stated.duration.length.count() == 0) {
      findings.push_back(at_line(
          finding(Severity::warning, slo::Code::duration_zero, stated.label + " is stated as 0",
                  nullptr, "leave it out, or say how long it took"),
          stated.line));
      continue;
    }
    const auto hours = support_hours_in(stated.value);
    if (!hours && check_own_range(stated, findings)) continue;
    const auto end = end_of(stated.label);
    auto ends = ends_for(subject, end);
    const bool end_known = !ends.empty();
    // A repair without an event of its own was at the latest when all was over; a detection not.
    if (!end_known && (end.empty() || ends_harm(end))) ends = ends_for(subject, {});
    const auto spans = spans_between(bases_for(subject, end), ends);
    const auto bases = fitting_bases(subject, stated, spans, end_known);
    if (hours && !spans.empty()) {
      check_against_window(subject, stated, *hours, spans, findings);
      out_of_hours(subject, stated, *hours, findings);
      continue;
    }
    if (!bases.empty()) {
      if (end_known) fits.push_back({stated.label, bases});
      continue;
    }
    if (!end_known)
      findings.push_back(
          at_line(finding(Severity::info, slo::Code::milestone_unpaired,
                          said(stated) + ", but the record has no event for its end" +
                              (end.empty() ? std::string() : ": " + std::string(end)),
                          nullptr,
                          "nines incident set --milestone " +
                              std::string(end.empty() ? kResolved : end) + "=TIME"),
                  stated.line));
    if (!spans.empty()) contradicted(subject, stated, spans, end_known, findings);
  }
  two_bases(fits, findings);
}

}  // namespace nines::incident::rules
