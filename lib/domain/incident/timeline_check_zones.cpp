// Zone words out of season, quoted times that fit only when shifted, and logs older than the start.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/incident/clock_skew.hpp"
#include "domain/incident/timeline_rules.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident::rules {
namespace {

using namespace milestone;
using nines::Severity;

/// A word that holds for a part of the year only, and the one that holds for the rest.
struct Season {
  std::string_view word, other, zone;
};
constexpr Season kSeasons[] = {
    {"PST", "PDT", "America/Los_Angeles"}, {"PDT", "PST", "America/Los_Angeles"},
    {"EST", "EDT", "America/New_York"},    {"EDT", "EST", "America/New_York"},
    {"CST", "CDT", "America/Chicago"},     {"CDT", "CST", "America/Chicago"},
    {"MST", "MDT", "America/Denver"},      {"MDT", "MST", "America/Denver"},
    {"BST", "GMT", "Europe/London"},       {"CET", "CEST", "Europe/Paris"},
    {"CEST", "CET", "Europe/Paris"}};

const Season* out_of_season(std::string_view word, Instant at) {
  for (const auto& season : kSeasons) {
    if (season.word != word) continue;
    const auto holds = offset_at(season.zone, at), said = offset_at(word, at);
    return holds && said && *holds != *said ? &season : nullptr;
  }
  return nullptr;
}

/// Times in a text that are labelled in a table's header: "| Timestamp(PST) | ... |".
struct LabelledTimes {
  std::string zone;
  std::vector<LocalTime> times;
  std::vector<std::string> words;
};

std::vector<LabelledTimes> tables_in(std::string_view text) {
  std::vector<LabelledTimes> tables;
  for (const auto line : split(text, '\n')) {
    const auto row = trim(line);
    if (!row.starts_with("|")) continue;
    const auto cell = trim(row.substr(1, row.find('|', 1) - 1));
    const auto open = cell.find('(');
    const auto length =
        open == std::string_view::npos ? 0 : zone_word_length(cell.substr(open + 1));
    if (length > 0) {
      const auto zone = cell.substr(open + 1, length);
      const bool fresh = std::none_of(tables.begin(), tables.end(),
                                      [&](const auto& table) { return table.zone == zone; });
      if (fresh) tables.push_back({std::string(zone), {}, {}});
      continue;
    }
    const auto time = read_time(cell);
    if (tables.empty() || !time || !time->date || !time->date->year || !time->clock) continue;
    if (const auto local = local_time_of(*time->date, *time->clock, *time->date->year)) {
      tables.back().times.push_back(*local);
      tables.back().words.emplace_back(cell);
    }
  }
  return tables;
}

std::string against(Instant at, const Point& point) {
  const auto apart = at - point.when.at;
  return span_words(apart) + (apart.count() < 0 ? " before " : " after ") + point.name;
}

void check_table(const Subject& subject, const Entry* entry, const LabelledTimes& table,
                 TimelineFindings& findings) {
  if (table.times.empty()) return;
  const auto as_utc = [](LocalTime local) { return Instant{local.time_since_epoch()}; };
  const auto* season = out_of_season(table.zone, as_utc(table.times.front()));
  if (season == nullptr) return;
  const auto first = std::min_element(table.times.begin(), table.times.end());
  const auto last = std::max_element(table.times.begin(), table.times.end());
  const auto read = [&](LocalTime local, std::string_view word) {
    return as_utc(local) - *offset_at(word, as_utc(local));
  };
  auto message = "the table is labelled " + table.zone + ", but " + std::string(season->other) +
                 " holds on that day";
  const auto place = [&](LocalTime local, const Point& point) {
    const auto& words = table.words[static_cast<std::size_t>(
        std::find(table.times.begin(), table.times.end(), local) - table.times.begin())];
    message += "; " + words + " lies " + against(read(local, season->other), point) + " if " +
               std::string(season->other) + " is meant, " +
               against(read(local, table.zone), point) + " as labelled";
  };
  if (const auto start = milestone_point(subject.record, kImpactStarted)) place(*first, *start);
  if (const auto end = first_point(subject.record, {kResolved, kRecovered})) place(*last, *end);
  findings.push_back(finding(Severity::warning, slo::Code::zone_label, message, entry,
                             "ask which of the two was meant"));
}

/// The line's own time in a zone word that does not hold on that day.
void check_label(const Entry* line, TimelineFindings& findings) {
  const auto* season = out_of_season(line->when.zone, line->when.at);
  if (season == nullptr) return;
  findings.push_back(finding(Severity::warning, slo::Code::zone_label,
                             words(line->when) + " is labelled " + line->when.zone + ", but " +
                                 std::string(season->other) + " holds on that day",
                             line, "an hour may be missing: ask which was meant"));
}

/// Time stamps with their own zone inside a quoted log.
std::vector<std::pair<Instant, std::string>> stamps_in(std::string_view text) {
  std::vector<std::pair<Instant, std::string>> stamps;
  for (const auto& time : find_times(text)) {
    if (!time.date || !time.date->year || !time.clock || time.zone.empty()) continue;
    const auto offset = offset_of(time.zone);
    const auto local = local_time_of(*time.date, *time.clock, *time.date->year);
    if (!offset || !local) continue;
    stamps.emplace_back(Instant{local->time_since_epoch()} - std::chrono::minutes{*offset},
                        std::string(text.substr(time.begin, time.end - time.begin)));
  }
  return stamps;
}

/// Whole half hours that bring the stamp to the line's time, to two minutes; 0 when none does.
std::chrono::minutes slip_of(Instant stamp, Instant line) {
  using std::chrono::minutes;
  const auto apart = stamp - line;
  const auto half = std::chrono::round<minutes>(apart / 30.0).count();
  const auto shift = minutes{half * 30};
  const bool whole = std::chrono::abs(apart - shift) <= minutes{2};
  return whole && shift.count() != 0 && std::chrono::abs(shift) <= std::chrono::hours{14}
             ? shift
             : minutes{0};
}

void check_quotes(const Subject& subject, const Entry* line, TimelineFindings& findings) {
  if (line->when.precision == Precision::unknown || line->source.below.empty()) return;
  const auto start = beginning(subject);
  for (const auto& [stamp, text] : stamps_in(line->source.below)) {
    if (const auto shift = slip_of(stamp, line->when.at); shift.count() != 0) {
      findings.push_back(finding(
          Severity::warning, slo::Code::zone_slip,
          "the log quoted below " + words(line->when) + " is stamped " + text +
              ": they agree when " +
              (shift.count() > 0 ? "the line is moved " : "the line is moved back ") +
              span_words(shift),
          line, "the times may be in another zone than they were read in: ingest with --zone"));
      return;
    }
    if (start && stamp < start->when.at && stamp < line->when.at) {
      findings.push_back(finding(Severity::warning, slo::Code::quote_before_start,
                                 "the log quoted below " + words(line->when) + " is stamped " +
                                     text + ", " + span_words(line->when.at - stamp) +
                                     " before the line and " + span_words(start->when.at - stamp) +
                                     " before " + words(*start) + ": impossible as written",
                                 line, "ask when it began, and which clock the log has"));
      return;
    }
  }
}

/// A whole source that agrees with another only when it is moved by half hours.
void check_clocks(const Subject& subject, TimelineFindings& findings) {
  for (const auto& skew : clock_skews(subject.record)) {
    if (skew.zone_slip.count() == 0) continue;
    findings.push_back(
        finding(Severity::warning, slo::Code::zone_slip,
                "the times of " + skew.clock + " lie " + span_words(skew.offset) +
                    (skew.offset.count() > 0 ? " after" : " before") + " those of " +
                    skew.reference + " in " + std::to_string(skew.pairs.size()) +
                    (skew.pairs.size() == 1 ? " line" : " lines") +
                    " on the same events: they agree when moved by " + span_words(skew.zone_slip),
                nullptr, "nines incident timeline --skew shows the lines; ingest with --zone"));
  }
}

}  // namespace

void zones(const Subject& subject, TimelineFindings& findings) {
  for (const auto* line : subject.lines) {
    if (line->when.precision != Precision::unknown) check_label(line, findings);
    for (const auto& table : tables_in(line->text)) check_table(subject, line, table, findings);
    check_quotes(subject, line, findings);
  }
  check_clocks(subject, findings);
}

}  // namespace nines::incident::rules
