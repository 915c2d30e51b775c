// Durations and stretches that sentences claim: "almost two hours after mitigation", "from 14:51".
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/told.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

/// A sentence with where it stands.
struct Sentence {
  std::string_view text;
  const Entry* entry = nullptr;
  int line = 0;
};

std::vector<Sentence> sentences_in(const Subject& subject) {
  std::vector<Sentence> all;
  for (const auto& fact : subject.record.facts) {
    if (!fact.name.starts_with("claim.") || !fact.value) continue;
    const auto colon = fact.said_by.rfind(':');
    const auto digits = colon == std::string::npos ? std::string() : fact.said_by.substr(colon + 1);
    int line = 0;
    for (const char c : digits)
      line = c >= '0' && c <= '9' && line < 10'000'000 ? line * 10 + (c - '0') : 0;
    all.push_back({*fact.value, nullptr, line});
  }
  for (const auto* entry : subject.lines) {
    if (entry->proposed) continue;  // the sentence is among the facts
    for (const auto sentence : sentences_of(entry->text))
      all.push_back({sentence, entry, entry->source.line});
  }
  return all;
}

TimelineFinding about(const Sentence& sentence, Severity severity, slo::Code code,
                      std::string message, std::string hint) {
  auto found = finding(severity, code, std::move(message), sentence.entry, std::move(hint));
  found.line = sentence.line;
  return found;
}

std::string quoted(const Sentence& sentence, const WrittenDuration& duration) {
  auto words = std::string(sentence.text.substr(duration.begin, duration.end - duration.begin));
  std::replace(words.begin(), words.end(), '\n', ' ');
  return "'" + words + "'";
}

/// Words and hedges that miss by little are worth a remark, figures that miss are wrong.
Severity severity_of(const WrittenDuration& stated, Micros actual) {
  if (stated.claim == WrittenDuration::Claim::exact) return Severity::warning;
  const auto off = std::chrono::abs(stated.length - actual);
  return off * 4 <= stated.length ? Severity::info : Severity::warning;
}

/// The instant that a time in a sentence means: the line with the same words, else by its own date.
std::optional<Instant> instant_of(const Subject& subject, const WrittenTime& time) {
  for (const auto* line : subject.lines) {
    const auto written = read_time(line->when.text);
    if (!written || written->clock != time.clock || line->when.precision == Precision::unknown)
      continue;
    if (!time.date || (written->date && written->date->month == time.date->month &&
                       written->date->day == time.date->day))
      return line->when.at;
  }
  const auto start = beginning(subject);
  if (!time.date || !time.clock || !start) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(start->when.at)};
  const auto local = local_time_of(*time.date, *time.clock, int{day.year()});
  if (!local) return std::nullopt;
  const auto first = subject.zone.resolve(*local).first;
  if (time.zone.empty()) return first;
  const auto offset = offset_at(time.zone, first);
  if (!offset) return std::nullopt;
  return Instant{local->time_since_epoch()} - *offset;
}

void check_span(const Subject& subject, const Sentence& sentence, const DurationClaim& claim,
                TimelineFindings& findings) {
  std::optional<Instant> from, to;
  if (claim.from->date || claim.to->date) {
    from = instant_of(subject, *claim.from);
    to = instant_of(subject, *claim.to);
  }
  Micros actual{0};
  if (from && to) {
    actual = *to - *from;
  } else {
    const auto minutes = [](const WrittenClock& clock) { return clock.hour * 60 + clock.minute; };
    actual = std::chrono::minutes{
        (minutes(*claim.to->clock) - minutes(*claim.from->clock) + 24 * 60) % (24 * 60)};
  }
  if (agrees(claim.stated, actual)) return;
  findings.push_back(
      about(sentence, severity_of(claim.stated, actual), slo::Code::claim_contradicted,
            quoted(sentence, claim.stated) + " is said of times that give " + span_words(actual) +
                "; stated is " + difference_words(claim.stated.length, actual),
            "correct the sentence or the times"));
}

void check_after(const Subject& subject, const Sentence& sentence, const DurationClaim& claim,
                 TimelineFindings& findings) {
  auto from = milestone_point(subject.record, claim.after);
  if (!from && claim.after == kMitigated) from = milestone_point(subject.record, kRecovered);
  if (!from && claim.after == kImpactStarted) from = beginning(subject);
  std::optional<Point> to;
  if (claim.to) {
    if (const auto at = instant_of(subject, *claim.to)) {
      to = Point{"the time beside it", {.at = *at}};
      to->when.text =
          std::string(sentence.text.substr(claim.to->begin, claim.to->end - claim.to->begin));
    }
  } else {
    to = milestone_point(subject.record, claim.subject);
  }
  if (!from || !to) return;
  const auto actual = to->when.at - from->when.at;
  if (agrees(claim.stated, actual)) return;
  findings.push_back(
      about(sentence, severity_of(claim.stated, actual), slo::Code::claim_contradicted,
            quoted(sentence, claim.stated) + " is said to lie between " + words(*from) + " and " +
                words(*to) + ": that is " + (actual.count() < 0 ? "-" : "") + span_words(actual) +
                "; stated is " + difference_words(claim.stated.length, actual),
            "correct the sentence, or one of the times"));
}

void check_total(const Subject& subject, const Sentence& sentence, const DurationClaim& claim,
                 TimelineFindings& findings) {
  const auto& record = subject.record;
  std::optional<std::pair<Point, Point>> nearest;
  for (const auto end : {kRecovered, kMitigated, kResolved, kClosed})
    for (const auto begin : {kImpactStarted, kDetected, kDeclared, std::string_view()}) {
      // Without a name for it, the first line is where the story begins.
      const auto from = begin.empty() ? first_line(subject) : milestone_point(record, begin);
      const auto to = milestone_point(record, end);
      if (!from || !to) continue;
      const auto actual = to->when.at - from->when.at;
      if (agrees(claim.stated, actual)) return;
      if (!nearest || std::chrono::abs(actual - claim.stated.length) <
                          std::chrono::abs(nearest->second.when.at - nearest->first.when.at -
                                           claim.stated.length))
        nearest = {*from, *to};
    }
  if (!nearest) return;
  const auto actual = nearest->second.when.at - nearest->first.when.at;
  findings.push_back(
      about(sentence, severity_of(claim.stated, actual), slo::Code::claim_contradicted,
            quoted(sentence, claim.stated) + " is said of the whole; from " +
                words(nearest->first) + " to " + words(nearest->second) + " is " +
                span_words(actual) + ", stated is " + difference_words(claim.stated.length, actual),
            "correct the sentence, or one of the times"));
}

bool tells_of_harm(std::string_view sentence) {
  const auto lower = to_lower_ascii(sentence);
  for (const auto* word : {"experienc", "impact", "degraded", "unavailable", "outage", "disruption",
                           "affected", "elevated", "failing"})
    if (lower.find(word) != std::string::npos) return true;
  return false;
}

/// The instant of a clock time with a zone that is nearest to another.
Instant nearest_day(const WrittenClock& clock, std::chrono::minutes offset, Instant other) {
  const auto local = std::chrono::floor<std::chrono::days>(other + offset);
  auto at = local + std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute} - offset;
  if (at - other > std::chrono::hours{12}) at -= std::chrono::days{1};
  if (other - at > std::chrono::hours{12}) at += std::chrono::days{1};
  return at;
}

/// "from 14:51 UTC to 15:28 UTC ... experienced": when the harm began, as somebody wrote later.
void check_start(const Subject& subject, const Sentence& sentence, std::set<Instant>& seen,
                 TimelineFindings& findings) {
  const auto start = milestone_point(subject.record, kImpactStarted);
  const auto at = to_lower_ascii(sentence.text).find("from ");
  if (!start || sentence.entry == nullptr || at == std::string::npos ||
      !tells_of_harm(sentence.text))
    return;
  std::vector<WrittenTime> times;
  for (const auto& time : find_times(sentence.text))
    if (time.clock && time.begin >= at) times.push_back(time);
  if (times.size() != 2 || times[0].begin - at > 30) return;
  const auto zone = times[0].zone.empty() ? times[1].zone : times[0].zone;
  const auto offset = zone.empty() ? std::nullopt : offset_at(zone, start->when.at);
  if (!offset) return;
  const auto told = nearest_day(*times[0].clock, *offset, start->when.at);
  const auto apart = told - start->when.at;
  if (std::chrono::abs(apart) < std::chrono::minutes{10} || !seen.insert(told).second) return;
  findings.push_back(about(
      sentence, Severity::warning, slo::Code::start_told_otherwise,
      "the text tells of harm from " + format_utc(told) + ", " + span_words(apart) +
          (apart.count() < 0 ? " before " : " after ") + words(*start),
      "nines incident set --milestone impact_started=" + format_utc(told) + " if it is right"));
}

}  // namespace

void claims(const Subject& subject, TimelineFindings& findings) {
  std::set<std::pair<std::int64_t, int>> told;
  std::set<Instant> starts;
  for (const auto& sentence : sentences_in(subject)) {
    for (const auto& claim : find_claims(sentence.text)) {
      const auto before = findings.size();
      if (claim.from && claim.to)
        check_span(subject, sentence, claim, findings);
      else if (!claim.after.empty())
        check_after(subject, sentence, claim, findings);
      else if (claim.total)
        check_total(subject, sentence, claim, findings);
      // The same figure again, in a later report, is the same mistake.
      const int kind = claim.total ? 0 : claim.from ? 1 : 2;
      if (findings.size() > before && !told.emplace(claim.stated.length.count(), kind).second)
        findings.pop_back();
    }
    check_start(subject, sentence, starts, findings);
  }
}

}  // namespace nines::incident::rules
