// Facts named "stated." taken apart, and milestones as they were told or most likely meant.
#include "domain/incident/stated_spans.hpp"

#include "base/text.hpp"
#include "domain/incident/told.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;

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

}  // namespace

std::vector<StatedDuration> stated_in(const Record& record) {
  std::vector<StatedDuration> all;
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

bool ends_harm(std::string_view milestone) {
  return milestone == kRecovered || milestone == kMitigated || milestone == kResolved ||
         milestone == kClosed;
}

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

std::vector<PossibleSpan> spans_between(const std::vector<Point>& from,
                                        const std::vector<Point>& to) {
  std::vector<PossibleSpan> all, forward;
  for (const auto& end : to)
    for (const auto& begin : from) {
      if (begin.name == end.name) continue;
      all.push_back({begin, end});
      if (begin.when.at <= end.when.at) forward.push_back(all.back());
    }
  return forward.empty() ? all : forward;
}

}  // namespace nines::incident::rules
