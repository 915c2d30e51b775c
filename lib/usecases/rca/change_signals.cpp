// Four kinds of evidence, each from its own source.
#include "usecases/rca/change_signals.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/rca/changes/moved_after.hpp"
#include "ingest/cohorts.hpp"
#include "usecases/rca/log_compare.hpp"
#include "usecases/rca/service_series.hpp"
#include "usecases/rca/table_file.hpp"

namespace nines::usecases {
namespace {

using nines::rca::ChangeCandidate;
using nines::rca::MovedAfter;
using nines::rca::SignalKind;

/// A change is given this long to show, and a rollback this long to help.
constexpr std::chrono::minutes kShowsWithin{30};
/// A change point is found to within a minute or two.
constexpr std::chrono::minutes kPointSlack{2};
/// Of a series, from so long before the first change to so long after the onset.
constexpr std::chrono::hours kSeriesAround{2};
/// Shorter names of keys stand in too many messages.
constexpr std::size_t kLeastNeedle = 5;

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
  Instant first = result.onset;
  for (const auto& one : result.candidates) first = std::min(first, one.change.start);
  ServiceSeries stored(session, catalogue, first - kSeriesAround, result.onset + kSeriesAround);
  SeriesByService table;
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

void add_exposure(const BlameRequest& request, BlameResult& result) {
  if (!request.cohorts) return;
  const auto text =
      read_table_file(*request.cohorts, request.folder.value_or(std::filesystem::path(".")));
  for (const auto& [name, metrics] : ingest::read_cohorts(text, *request.cohorts)) {
    bool known = false;
    for (auto& one : result.candidates) {
      const auto& change = one.change;
      if (change.name != name && change.version != name && change.reference != name) continue;
      one.exposure = nines::rca::judge_exposure(metrics);
      known = true;
    }
    if (!known)
      result.warnings.push_back("'" + name + "' of " + *request.cohorts +
                                " is no change of that time, by name, version or reference");
  }
}

}  // namespace nines::usecases
