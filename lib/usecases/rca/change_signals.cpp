// Three kinds of evidence, each from its own source.
#include "usecases/rca/change_signals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/rca/changes/moved_after.hpp"
#include "ingest/metric_table.hpp"
#include "ingest/timestamp.hpp"
#include "store/series.hpp"
#include "usecases/rca/log_compare.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using nines::rca::ChangeCandidate;
using nines::rca::MovedAfter;
using nines::rca::SignalKind;
using nines::rca::TimedValues;

/// A change is given this long to show, and a rollback this long to help.
constexpr std::chrono::minutes kShowsWithin{30};
/// A change point is found to within a minute or two.
constexpr std::chrono::minutes kPointSlack{2};
/// Of a series, from so long before the first change to so long after the last.
constexpr std::chrono::hours kSeriesAround{2};
/// Change points take the square of the length: a day of minutes is answered at once.
constexpr std::size_t kMostSeriesMinutes = 2 * 1440;
/// Shorter names of keys stand in too many messages.
constexpr std::size_t kLeastNeedle = 5;

struct NamedSeries {
  std::string name;
  TimedValues values;
};

/// The series of each service, read when first asked for.
class ServiceSeries {
 public:
  ServiceSeries(const Session& session, const Catalogue& catalogue, const BlameResult& result)
      : catalogue_(catalogue), reader_(store::open_series(session.store())) {
    Instant first = result.onset;
    for (const auto& one : result.candidates) first = std::min(first, one.change.start);
    const auto to = result.onset + kSeriesAround;
    from_ = epoch_minute(first - kSeriesAround);
    to_ = epoch_minute(to);
    if (to_ - from_ > static_cast<std::int64_t>(kMostSeriesMinutes))
      from_ = to_ - static_cast<std::int64_t>(kMostSeriesMinutes);
  }

  const std::vector<NamedSeries>& of(const std::string& service) {
    const auto [found, fresh] = known_.try_emplace(service);
    if (fresh) found->second = read(service);
    return found->second;
  }

 private:
  std::vector<NamedSeries> read(const std::string& service) const {
    std::vector<NamedSeries> found;
    for (const auto& slo : catalogue_.slos) {
      if (slo.service != service || slo.composite()) continue;
      for (const auto& objective : slo.objectives) {
        const auto located = locate(catalogue_, slo, objective);
        if (!located.series) continue;
        NamedSeries series{"SLO " + slo.name, {}};
        series.values.more_is_worse = true;
        for (const auto& minute : reader_->minutes(*located.series, from_, to_)) {
          if (minute.total == 0) continue;
          series.values.times.push_back(from_epoch_minute(minute.minute));
          series.values.values.push_back(static_cast<double>(minute.total - minute.good) /
                                         static_cast<double>(minute.total));
        }
        if (!series.values.times.empty()) found.push_back(std::move(series));
        break;
      }
    }
    return found;
  }

  const Catalogue& catalogue_;
  std::unique_ptr<series::Reader> reader_;
  std::int64_t from_ = 0, to_ = 0;
  std::map<std::string, std::vector<NamedSeries>, std::less<>> known_;
};

Instant time_of_row(const std::string& text, std::size_t row, const std::string& file) {
  std::int64_t micros = 0;
  ingest::TimeFormat format;
  if (text.find_first_not_of("0123456789.") == std::string::npos) {
    format.kind = ingest::TimeFormat::Kind::epoch;
    const auto whole = text.substr(0, text.find('.')).size();
    format.ticks_per_second = whole > 11 ? (whole > 14 ? 1'000'000 : 1'000) : 1;
    if (whole > 17) format.ticks_per_second = 1'000'000'000;
  } else {
    format.kind = ingest::TimeFormat::Kind::iso8601;
  }
  ingest::TimeParser parser(std::move(format));
  if (parser.parse(text, micros) == ingest::TimeProblem::none) return from_epoch_micros(micros);
  throw Error(ExitCode::bad_data,
              fmt::format("row {} of '{}' has no time: '{}'", row + 1, file, text.substr(0, 40)),
              "the first column is the time: RFC 3339, or seconds since 1970", "BAD_TABLE");
}

std::map<std::string, std::vector<NamedSeries>, std::less<>> table_series(
    const std::string& file, const std::filesystem::path& folder) {
  const auto path = folder / file;
  if (!std::filesystem::is_regular_file(path))
    throw Error(ExitCode::not_found, "no file '" + file + "'", "name a CSV file", "NO_FILE");
  const auto text = read_file(path, ingest::kMostTableBytes);
  if (text.size() > ingest::kMostTableBytes)
    throw Error(ExitCode::bad_data, "'" + file + "' is larger than tables get",
                "at most 512 MiB; take a shorter time or fewer columns", "TOO_LARGE");
  const auto table = ingest::read_metric_table(text, file);
  std::vector<Instant> times;
  for (std::size_t row = 0; row < table.times.size(); ++row)
    times.push_back(time_of_row(table.times[row], row, file));
  if (!std::is_sorted(times.begin(), times.end()))
    throw Error(ExitCode::bad_data, "time goes back in '" + file + "'", "sort the rows by time",
                "BAD_TABLE");
  std::map<std::string, std::vector<NamedSeries>, std::less<>> found;
  for (const auto& column : table.columns) {
    NamedSeries series{
        column.name.metric + (column.name.statistic.empty() ? "" : " " + column.name.statistic),
        {}};
    for (std::size_t row = 0; row < times.size(); ++row) {
      if (std::isnan(column.values[row])) continue;
      series.values.times.push_back(times[row]);
      series.values.values.push_back(column.values[row]);
    }
    if (series.values.values.size() > ingest::kMostSeriesRows) continue;
    if (!series.values.times.empty()) found[column.name.service].push_back(std::move(series));
  }
  return found;
}

/// The strongest answer of several series: one that moved, else one that stood still.
std::optional<nines::rca::ChangeSignal> movement_signal(const std::vector<NamedSeries>& series,
                                                        Instant change, Micros slack) {
  std::optional<nines::rca::ChangeSignal> best;
  double most = 0;
  for (const auto& one : series) {
    const auto moved = nines::rca::moved_after(one.values, change, slack, kShowsWithin);
    if (moved.answer == MovedAfter::Answer::unknown) continue;
    const bool is_move = moved.answer == MovedAfter::Answer::moved;
    const double effect = is_move ? std::abs(moved.effect) : -1;
    if (best && effect <= most) continue;
    most = effect;
    best = {is_move ? SignalKind::moved : SignalKind::still, one.name + ": " + moved.because};
  }
  return best;
}

/// What a message would call the change by: what it touched, in full and by its last part, and its
/// version.
std::vector<std::string> needles_of(const catalog::Change& change) {
  std::vector<std::string> needles;
  const auto add = [&](std::string_view text) {
    if (text.size() >= kLeastNeedle) needles.push_back(to_lower_ascii(text));
  };
  for (const auto& touched : change.touched) {
    add(touched);
    const auto name = touched.substr(touched.find_last_of("/.") + 1);
    const auto slash = touched.rfind('/');
    if (slash != std::string::npos) add(touched.substr(slash + 1));
    if (name.size() < touched.size() && slash == std::string::npos) add(name);
  }
  add(change.version);
  return needles;
}

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool names(std::string_view text, std::string_view needle) {
  for (auto at = text.find(needle); at != std::string_view::npos; at = text.find(needle, at + 1)) {
    const bool starts = at == 0 || !is_word_part(text[at - 1]);
    const auto end = at + needle.size();
    if (starts && (end == text.size() || !is_word_part(text[end]))) return true;
  }
  return false;
}

bool takes_back(const catalog::Change& later, const catalog::Change& change,
                const std::string& version_before) {
  if (!later.reverts.empty())
    return later.reverts == change.name || later.reverts == change.version ||
           (!change.reference.empty() && change.reference.starts_with(later.reverts));
  return later.service == change.service && later.kind == change.kind && !version_before.empty() &&
         later.version == version_before && later.version != change.version;
}

}  // namespace

void add_movements(const Session& session, const Catalogue& catalogue, const BlameRequest& request,
                   BlameResult& result) {
  ServiceSeries stored(session, catalogue, result);
  std::map<std::string, std::vector<NamedSeries>, std::less<>> table;
  if (request.metrics)
    table = table_series(*request.metrics, request.folder.value_or(std::filesystem::path(".")));
  const auto slack = std::max<Micros>(result.rules.uncertainty, kPointSlack);
  for (auto& one : result.candidates) {
    if (one.change.start > result.onset + result.rules.uncertainty) continue;
    const auto in_table = table.find(one.change.service);
    auto signal = in_table == table.end()
                      ? std::nullopt
                      : movement_signal(in_table->second, one.change.start, slack);
    const auto other = movement_signal(stored.of(one.change.service), one.change.start, slack);
    if (other &&
        (!signal || (signal->kind == SignalKind::still && other->kind == SignalKind::moved)))
      signal = other;
    if (signal) one.signals.push_back(*std::move(signal));
  }
}

void add_new_messages(const Session& session, const BlameRequest& request, BlameResult& result) {
  if (!request.log) return;
  LogCompareRequest compare;
  compare.before = *request.log;
  compare.onset = result.onset - result.rules.uncertainty;
  compare.zone = request.zone;
  compare.now = session.now();
  const auto found = compare_logs(compare);
  for (auto& one : result.candidates) {
    const auto needles = needles_of(one.change);
    for (const auto& row : found.templates) {
      if (row.shift.kind != nines::rca::ShiftKind::fresh) continue;
      if (row.first_time && *row.first_time < one.change.start - result.rules.uncertainty) continue;
      const auto text = to_lower_ascii(row.text);
      const auto named = std::find_if(needles.begin(), needles.end(),
                                      [&](const auto& needle) { return names(text, needle); });
      if (named == needles.end()) continue;
      one.signals.push_back(
          {SignalKind::named, fmt::format("a new message of line {} of the log names '{}': {}",
                                          row.first_line, *named, row.text.substr(0, 120))});
      break;
    }
  }
}

void add_rollbacks(Instant now, BlameResult& result) {
  std::map<std::pair<std::string, catalog::ChangeKind>, std::string> version;
  auto& all = result.candidates;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& change = all[i].change;
    auto& before = version[{change.service, change.kind}];
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const auto& later = all[j].change;
      if (later.start <= result.onset || !takes_back(later, change, before)) continue;
      const auto name = later.name.empty() ? std::string("a later change") : later.name;
      const auto until = later.start + kShowsWithin;
      const auto& ended = result.ended;
      if (ended && *ended < later.start - result.rules.uncertainty) break;
      if (ended && *ended <= until) {
        all[i].signals.push_back(
            {SignalKind::reversed,
             fmt::format("{} took it back, and the symptom ended {} later", name,
                         format_duration(std::max(*ended - later.start, Micros{0})))});
      } else if (ended || (result.incident && now > until)) {
        all[i].signals.push_back(
            {SignalKind::not_reversed,
             fmt::format("{} took it back, and the symptom stayed for more than {}", name,
                         format_duration(kShowsWithin))});
      }
      break;
    }
    if (!change.version.empty()) before = change.version;
  }
}

}  // namespace nines::usecases
