// Runs every rule, and the words they share.
#include "domain/incident/timeline_check.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident {
namespace rules {
namespace {

Zone zone_of(const Record& record) {
  for (const auto& source : record.sources) {
    if (source.zone.empty()) continue;
    if (const auto minutes = incident::offset_of(source.zone))
      return Zone::fixed(std::chrono::minutes{*minutes});
    if (const auto zone = Zone::find(source.zone)) return *zone;
  }
  return Zone::utc();
}

Subject subject_of(const Record& record) {
  Subject subject{record, {}, zone_of(record)};
  for (const auto& entry : record.entries)
    if (entry.kind != EntryKind::state && !entry.retracted) subject.lines.push_back(&entry);
  std::stable_sort(subject.lines.begin(), subject.lines.end(), [](const Entry* a, const Entry* b) {
    return std::tie(a->origin.system, a->source.line) < std::tie(b->origin.system, b->source.line);
  });
  return subject;
}

}  // namespace

std::optional<Point> milestone_point(const Record& record, std::string_view name) {
  const auto found = record.milestones.find(std::string(name));
  if (found == record.milestones.end() || found->second.precision == Precision::unknown)
    return std::nullopt;
  auto shown = std::string(name);
  std::replace(shown.begin(), shown.end(), '_', ' ');
  return Point{shown, found->second};
}

std::optional<Point> first_point(const Record& record,
                                 std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (auto point = milestone_point(record, name)) return point;
  return std::nullopt;
}

std::optional<Point> beginning(const Subject& subject) {
  using namespace milestone;
  if (auto point = first_point(subject.record, {kImpactStarted, kDetected, kDeclared}))
    return point;
  return first_line(subject);
}

std::optional<Point> first_line(const Subject& subject) {
  const Entry* first = nullptr;
  for (const auto* line : subject.lines)
    if (line->when.precision != Precision::unknown &&
        (first == nullptr || line->when.at < first->when.at))
      first = line;
  if (first == nullptr) return std::nullopt;
  return Point{"first line, entry " + first->name, first->when};
}

std::string words(const StatedTime& when) {
  if (when.text.empty()) return format_utc(std::chrono::floor<std::chrono::seconds>(when.at));
  const auto written = read_time(when.text);
  // A clock time alone does not say which day.
  if (written && !written->date) {
    const auto offset = offset_at(when.zone, when.at);
    const auto local = when.at + (offset ? *offset : std::chrono::minutes{0});
    return format_utc(local).substr(0, 10) + " " + when.text;
  }
  return when.text;
}

std::string words(const Point& point) { return point.name + " (" + words(point.when) + ")"; }

std::string span_words(Micros span) {
  return format_duration(Micros{std::chrono::abs(span)}, true);
}

std::string difference_words(Micros stated, Micros actual) {
  const auto difference = stated - actual;
  if (difference.count() == 0) return "the same";
  return span_words(difference) + (difference.count() > 0 ? " more" : " less");
}

TimelineFinding finding(nines::Severity severity, slo::Code code, std::string message,
                        const Entry* entry, std::string hint) {
  TimelineFinding found{
      severity, std::string(slo::name_of(code)), std::move(message), {}, std::move(hint)};
  if (entry != nullptr) {
    found.entry = entry->name;
    found.line = entry->source.line;
  }
  return found;
}

std::optional<std::chrono::minutes> offset_at(std::string_view zone_word, Instant at) {
  if (const auto minutes = offset_of(zone_word)) return std::chrono::minutes{*minutes};
  const auto meant = zone_meant(zone_word);
  const auto zone = Zone::find(meant ? *meant : zone_word);
  if (!zone) return std::nullopt;
  return std::chrono::floor<std::chrono::minutes>(zone->offset_at(at));
}

}  // namespace rules

namespace {

/// A line with a mistyped date tells its milestone at no other time: it has been named already.
void drop_what_a_typo_explains(TimelineFindings& findings) {
  const auto typo = slo::name_of(slo::Code::date_typo),
             twice = slo::name_of(slo::Code::milestone_twice);
  std::set<std::string> mistyped;
  for (const auto& one : findings)
    if (one.code == typo && !one.entry.empty()) mistyped.insert(one.entry);
  std::erase_if(findings, [&](const TimelineFinding& one) {
    return one.code == twice && mistyped.contains(one.entry);
  });
}

}  // namespace

TimelineFindings check_timeline(const Record& record) {
  TimelineFindings findings;
  const auto subject = rules::subject_of(record);
  rules::order(subject, findings);
  rules::lines(subject, findings);
  rules::stated_durations(subject, findings);
  rules::claims(subject, findings);
  rules::zones(subject, findings);
  rules::foreign_fields(subject, findings);
  drop_what_a_typo_explains(findings);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const TimelineFinding& a, const TimelineFinding& b) {
                     return std::tuple(-static_cast<int>(a.severity), a.code, a.line) <
                            std::tuple(-static_cast<int>(b.severity), b.code, b.line);
                   });
  return findings;
}

bool contradicts(const TimelineFindings& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const TimelineFinding& one) {
    return one.severity != nines::Severity::info;
  });
}

}  // namespace nines::incident
