// "Time to repair: 5h 8m" against the times of the same record, base by base.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/told.hpp"
#include "domain/incident/working_time.hpp"
#include "domain/incident/written_duration.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

/// A fact "stated.time_to_repair" taken apart.
struct Stated {
  std::string label;  ///< "time to repair"
  std::string value;  ///< as written
  WrittenDuration duration;
  int line = 0;
};

/// Where the duration may begin and end, and whether the end it names is known at all.
struct Span {
  Point from, to;
  Micros length() const { return to.when.at - from.when.at; }
};

int line_in(const std::string& said_by) {
  const auto colon = said_by.rfind(':');
  if (colon == std::string::npos) return 0;
  int line = 0;
  for (const char c : said_by.substr(colon + 1)) {
    if (c < '0' || c > '9' || line > 100'000'000) return 0;
    line = line * 10 + (c - '0');
  }
  return line;
}

std::vector<Stated> stated_in(const Record& record) {
  std::vector<Stated> all;
  for (const auto& fact : record.facts) {
    if (!fact.name.starts_with("stated.") || !fact.value) continue;
    const auto durations = find_durations(*fact.value);
    if (durations.empty()) continue;
    auto label = fact.name.substr(7);
    std::replace(label.begin(), label.end(), '_', ' ');
    all.push_back({std::move(label), *fact.value, durations.front(), line_in(fact.said_by)});
  }
  return all;
}

/// The milestone that such a duration ends at; empty: of the whole.
std::string_view end_of(const std::string& label) {
  struct Word {
    std::string_view part, milestone;
  };
  constexpr Word kWords[] = {
      {"repair", kRecovered},        {"restor", kRecovered}, {"recover", kRecovered},
      {"mitigat", kMitigated},       {"resol", kResolved},   {"detect", kDetected},
      {"acknowledg", kAcknowledged}, {"close", kClosed},     {"declar", kDeclared}};
  for (const auto& [part, name] : kWords)
    if (label.find(part) != std::string::npos) return name;
  return {};
}

/// "11.50" and "1600" as the clock times they most likely are: for a comparison that says so, never
/// for the record.
std::optional<WrittenClock> likely_clock(std::string_view text) {
  std::string digits;
  for (const char c : trim(text)) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != '.' || digits.empty() || digits.size() > 2)
      return std::nullopt;
  }
  if (digits.size() == 3) digits.insert(digits.begin(), '0');
  if (digits.size() != 4) return std::nullopt;
  const WrittenClock clock{(digits[0] - '0') * 10 + digits[1] - '0',
                           (digits[2] - '0') * 10 + digits[3] - '0'};
  return clock.hour < 24 && clock.minute < 60 ? std::optional(clock) : std::nullopt;
}

/// A milestone whose clock time cannot be read, as it was most likely meant.
std::optional<Point> likely_point(const Subject& subject, std::string_view name) {
  for (const auto* line : subject.lines) {
    if (line->when.precision != Precision::unknown || milestone_told(line->text) != name) continue;
    const auto written = read_time(line->when.text);
    if (!written || !written->date || !written->date->year || written->clock) continue;
    const auto clock = likely_clock(std::string_view(line->when.text).substr(written->end));
    if (!clock) continue;
    const auto local = local_time_of(*written->date, *clock, *written->date->year);
    if (!local) continue;
    auto when = line->when;
    when.at = subject.zone.resolve(*local).first;
    when.precision = Precision::minute;
    std::string label(name);
    std::replace(label.begin(), label.end(), '_', ' ');
    return Point{label + ", read as " + (clock->hour < 10 ? "0" : "") +
                     std::to_string(clock->hour) + (clock->minute < 10 ? ":0" : ":") +
                     std::to_string(clock->minute),
                 std::move(when)};
  }
  return std::nullopt;
}

std::optional<Point> known_or_likely(const Subject& subject, std::string_view name) {
  auto point = milestone_point(subject.record, name);
  return point ? point : likely_point(subject, name);
}

bool ends_harm(std::string_view milestone) {
  return milestone == kRecovered || milestone == kMitigated || milestone == kResolved ||
         milestone == kClosed;
}

/// Where the figure may count from. Without a word for the beginning the first line is it; nobody
/// counts the time to detect from what came after.
std::vector<Point> bases_for(const Subject& subject, std::string_view end) {
  std::vector<Point> points;
  bool beginning_told = false;
  for (const auto name : {kDetected, kDeclared, kImpactStarted, kRecovered}) {
    if (name == end || (end == kDetected && name != kImpactStarted)) continue;
    auto point = known_or_likely(subject, name);
    if (!point) continue;
    beginning_told = beginning_told || name == kDetected || name == kImpactStarted;
    points.push_back(std::move(*point));
  }
  // The whole may count from there in any case: "duration", "downtime".
  if (!beginning_told || end.empty())
    if (auto first = first_line(subject)) points.push_back(std::move(*first));
  return points;
}

std::vector<Point> ends_for(const Subject& subject, std::string_view end) {
  if (!end.empty()) {
    auto point = known_or_likely(subject, end);
    return point ? std::vector<Point>{std::move(*point)} : std::vector<Point>{};
  }
  std::vector<Point> points;
  for (const auto name : {kRecovered, kMitigated, kResolved, kClosed})
    if (auto point = known_or_likely(subject, name)) points.push_back(std::move(*point));
  return points;
}

/// Those that run forward, where any does: a declaration after the end measures nothing.
std::vector<Span> spans_between(const std::vector<Point>& from, const std::vector<Point>& to) {
  std::vector<Span> all, forward;
  for (const auto& end : to)
    for (const auto& begin : from) {
      if (begin.name == end.name) continue;
      all.push_back({begin, end});
      if (begin.when.at <= end.when.at) forward.push_back(all.back());
    }
  return forward.empty() ? all : forward;
}

/// The span whose length, as `measure` sees it, is nearest to what was stated.
template <class Measure>
const Span& nearest(const std::vector<Span>& spans, Micros stated, Measure measure) {
  return *std::min_element(spans.begin(), spans.end(), [&](const Span& a, const Span& b) {
    return std::chrono::abs(measure(a) - stated) < std::chrono::abs(measure(b) - stated);
  });
}

TimelineFinding at_line(TimelineFinding found, int line) {
  found.line = line;
  return found;
}

std::string said(const Stated& stated) {
  return stated.label + " is stated as " + span_words(stated.duration.length);
}

/// A convention under which the figure would be right, and for which span.
struct Convention {
  Span span;
  std::string words;
};
std::optional<Convention> convention_for(const Subject& subject, const Stated& stated,
                                         const std::vector<Span>& spans) {
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
std::string fitting_line(const Subject& subject, const Stated& stated,
                         const std::vector<Span>& spans) {
  for (const auto* line : subject.lines) {
    if (line->when.precision == Precision::unknown || line->proposed) continue;
    for (const auto& span : spans)
      if (span.to.when.at - line->when.at == stated.duration.length)
        return "; it would follow from line " + line->name + " (" + words(line->when) + ")";
  }
  return {};
}

/// The repair is a base that some count a resolution from, but nobody means by default.
std::vector<Span> usual(const std::vector<Span>& spans) {
  std::vector<Span> kept;
  for (const auto& span : spans)
    if (span.from.name != kRecovered) kept.push_back(span);
  return kept.empty() ? spans : kept;
}

/// A month, day or year that makes the figure right when it is as at the other end.
std::string fitting_date(const Stated& stated, const Span& span) {
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

void check_against_window(const Subject& subject, const Stated& stated, const SupportHours& hours,
                          const std::vector<Span>& spans, TimelineFindings& findings) {
  const auto candidates = usual(spans);
  const auto within = [&](const Span& span) {
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
bool check_own_range(const Stated& stated, TimelineFindings& findings) {
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

void contradicted(const Subject& subject, const Stated& stated, const std::vector<Span>& spans,
                  bool end_known, TimelineFindings& findings) {
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
                                         [](const Span& s) { return s.length(); });
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
std::vector<std::string> fitting_bases(const Subject& subject, const Stated& stated,
                                       const std::vector<Span>& spans, bool end_known) {
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
void out_of_hours(const Subject& subject, const Stated& stated, const SupportHours& hours,
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
