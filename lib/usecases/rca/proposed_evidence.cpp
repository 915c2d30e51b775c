// Fills the formulas of ratios.hpp from logs, series and tables.
#include "usecases/rca/proposed_evidence.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/rca/analysis/shared_words.hpp"
#include "domain/rca/changepoints/change_points.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/rca/onset.hpp"
#include "usecases/rca/service_series.hpp"

namespace nines::usecases {
namespace {

using nines::rca::EvidenceKind;
using nines::rca::Hypothesis;
using nines::rca::HypothesisState;
using nines::rca::ShiftKind;

/// Of the stored series so much before and after the time in question is looked at.
constexpr std::chrono::hours kStretchBefore{24}, kStretchAfter{6};
constexpr std::size_t kMostShownText = 120;

/// Whether its counts would have shown a share twice as large.
bool could_show_doubling(const stats::TwoShares& counts, std::size_t tests) {
  if (counts.first_total == 0 || counts.second_total == 0) return false;
  const double share = static_cast<double>(counts.first) / static_cast<double>(counts.first_total);
  const auto doubled =
      static_cast<std::uint64_t>(2 * share * static_cast<double>(counts.second_total));
  stats::TwoShares twice = counts;
  twice.second = std::min(doubled, counts.second_total);
  return stats::g_test_p(stats::g_statistic(twice)) <=
         nines::rca::kFalseDiscovery / static_cast<double>(std::max<std::size_t>(tests, 1));
}

/// New, gone, or at least twice or half as often: a share falls a little when others surge.
bool has_moved(const ComparedTemplate& row) {
  return row.shift.significant && row.shift.kind != ShiftKind::changed;
}

ProposedEvidence evidence_of(const LogComparison& comparison, const LogCompareRequest& request,
                             std::size_t index) {
  const auto& row = comparison.templates[index];
  nines::rca::MovedMessage message;
  message.moved = has_moved(row);
  message.q = row.shift.q;
  message.others = comparison.templates.size() - 1;
  for (std::size_t i = 0; i < comparison.templates.size(); ++i)
    if (i != index && has_moved(comparison.templates[i])) ++message.others_moved;
  message.could_be_told = could_show_doubling(row.counts, comparison.templates.size());
  ProposedEvidence evidence;
  evidence.kind = EvidenceKind::log;
  evidence.ratio = ratio_of_message(message);
  evidence.source = request.after ? request.before.name + ", " + request.after->name
                                  : request.before.name;
  const auto kind = has_moved(row) ? to_string(row.shift.kind) : "not moved";
  evidence.text = fmt::format(
      "{} message{}: '{}' ({} of {} lines before, {} of {} after)", kind,
      row.service.empty() ? "" : " of " + row.service, fit_width(row.text, kMostShownText),
      group_digits(row.counts.first), group_digits(row.counts.first_total),
      group_digits(row.counts.second), group_digits(row.counts.second_total));
  return evidence;
}

bool may_take_evidence(const Hypothesis& one) {
  return one.state == HypothesisState::open || one.state == HypothesisState::suspected;
}

std::vector<NamedSeries> series_of(const Session& session, const SeriesProposal& request,
                                   const std::filesystem::path& cwd) {
  std::vector<NamedSeries> list;
  if (request.file) {
    for (auto& [service, all] : table_series(*request.file, cwd))
      for (auto& one : all) {
        if (!service.empty() && service != one.name) one.name = service + "|" + one.name;
        list.push_back(std::move(one));
      }
  } else {
    const auto catalogue = load_catalogue(session);
    ServiceSeries stored(session, catalogue, request.at - kStretchBefore,
                         std::min(session.now(), request.at + kStretchAfter));
    list = stored.of(*request.service);
  }
  return list;
}

NamedSeries one_series(std::vector<NamedSeries> list, const SeriesProposal& request) {
  const auto& column = request.column;
  const auto is_meant = [&](const NamedSeries& one) {
    return one.name == *column || one.name.ends_with("|" + *column);
  };
  const auto where = request.file ? "'" + *request.file + "'" : "service '" + *request.service + "'";
  if (list.empty())
    throw Error(ExitCode::not_found, where + " has no series with values",
                request.file ? "a CSV: time first, then a column per metric"
                             : "nines slo import brings measurements in",
                "NO_SERIES");
  if (!column && list.size() == 1) return std::move(list.front());
  if (column)
    for (auto& one : list)
      if (is_meant(one)) return std::move(one);
  Error error(column ? ExitCode::not_found : ExitCode::usage,
              column ? where + " has no column '" + *column + "'"
                     : where + " has several series",
              "name one: --column NAME", "NO_SERIES");
  for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 10); ++i) error.note(list[i].name);
  throw error;
}

}  // namespace

Instant onset_of_case(const Session& session, const CaseView& view) {
  const auto record =
      store::incident_record(session.store(), view.incident.uid, store::Lines::none);
  return onset_of(record).when.at;
}

LogJoin join_logs(const Session& session, const std::optional<std::string>& analysis,
                  LogCompareRequest request) {
  LogJoin join;
  join.view = choose_case(session, analysis);
  if (!request.after && !request.onset) {
    request.onset = onset_of_case(session, join.view);
    join.onset_from_incident = true;
  }
  join.comparison = compare_logs(request);
  join.request = std::move(request);
  const auto& templates = join.comparison.templates;
  if (!join.comparison.fewest_new) return join;
  std::vector<std::set<std::string>> words;
  std::map<std::string, std::size_t> frequency;
  for (const auto& row : templates) {
    words.push_back(nines::rca::telling_words(row.text));
    for (const auto& word : words.back()) ++frequency[word];
  }
  const auto common = std::max<std::size_t>(2, templates.size() / 5);
  for (std::size_t i = 0; i < templates.size(); ++i) {
    if (!has_moved(templates[i])) continue;
    std::erase_if(words[i], [&](const std::string& word) { return frequency[word] > common; });
    auto mine = words[i];
    for (const auto& word : nines::rca::telling_words(templates[i].service)) mine.insert(word);
    const auto evidence = evidence_of(join.comparison, join.request, i);
    bool joined = false;
    for (std::size_t h = 0; h < join.view.file.hypotheses.size(); ++h) {
      const auto& one = join.view.file.hypotheses[h];
      if (!may_take_evidence(one)) continue;
      auto shared = nines::rca::shared_words(mine, nines::rca::telling_words(one.text));
      if (shared.empty()) continue;
      join.messages.push_back({i, h, std::move(shared), evidence});
      joined = true;
    }
    if (!joined) join.messages.push_back({i, std::nullopt, {}, evidence});
  }
  // Templates come strongest first already.
  std::stable_sort(join.messages.begin(), join.messages.end(), [](const auto& a, const auto& b) {
    return std::pair(!a.hypothesis, b.shared.size()) < std::pair(!b.hypothesis, a.shared.size());
  });
  return join;
}

ProposedEvidence propose_from_logs(const LogComparison& comparison,
                                   const LogCompareRequest& request, const std::string& id) {
  if (!comparison.fewest_new)
    throw Error(ExitCode::undecided, "too few lines to tell anything",
                "widen the windows, or bring more of the log", "TOO_FEW_LINES");
  for (std::size_t i = 0; i < comparison.templates.size(); ++i)
    if (comparison.templates[i].id == id) return evidence_of(comparison, request, i);
  throw Error(ExitCode::not_found, "no message '" + id + "' in these logs",
              "nines rca hypothesis logs FILE names them", "NO_TEMPLATE");
}

ProposedEvidence propose_from_series(const Session& session, const SeriesProposal& request,
                                     const std::filesystem::path& cwd) {
  const auto series = one_series(series_of(session, request, cwd), request);
  const auto& times = series.values.times;
  const auto found = nines::rca::find_change_points(series.values.values);
  if (times.empty() || request.at < times.front() || request.at > times.back())
    throw Error(ExitCode::undecided, series.name + " does not reach " + format_utc(request.at),
                times.empty() ? "bring a series with values"
                              : "it goes from " + format_utc(times.front()) + " to " +
                                    format_utc(times.back()) + "; --at names another time",
                "SERIES_ELSEWHERE");
  if (found.too_short)
    throw Error(ExitCode::undecided, series.name + " has too few values for any change point",
                found.because, "SERIES_TOO_SHORT");
  nines::rca::NearChange near;
  near.changes = found.points.size();
  near.window = 2 * request.within;
  near.length = times.back() - times.front();
  std::optional<Instant> nearest;
  for (const auto& point : found.points) {
    const auto at = times[point.index];
    const auto distance = [&](Instant time) {
      return time < request.at ? request.at - time : time - request.at;
    };
    if (!nearest || distance(at) < distance(*nearest)) nearest = at;
  }
  near.near = nearest && *nearest >= request.at - request.within &&
              *nearest <= request.at + request.within;
  ProposedEvidence evidence;
  evidence.kind = EvidenceKind::metric;
  evidence.ratio = ratio_of_near_change(near);
  evidence.source = request.file ? *request.file + ", " + series.name : series.name;
  evidence.text =
      near.near ? fmt::format("{} changed at {}, {} of {}", series.name, format_utc(*nearest),
                              "within " + format_duration(request.within), format_utc(request.at))
      : nearest ? fmt::format("{} did not change near {}; its nearest change is at {}", series.name,
                              format_utc(request.at), format_utc(*nearest))
                : fmt::format("{} did not change near {}", series.name, format_utc(request.at));
  return evidence;
}

ProposedEvidence propose_from_exposure(const nines::rca::ExposureTable& table) {
  if (table.exposed_failed > table.exposed || table.others_failed > table.others)
    throw Error(ExitCode::usage, "more failed than there were",
                "give FAILED/ALL: --exposed 8/10 --others 1/200", "BAD_VALUE");
  if (table.exposed == 0 || table.others == 0)
    throw Error(ExitCode::undecided, "one of the two groups is empty: nothing can be compared",
                "count both: --exposed 8/10 --others 1/200", "EMPTY_GROUP");
  ProposedEvidence evidence;
  evidence.kind = EvidenceKind::metric;
  evidence.ratio = ratio_of_exposure(table);
  evidence.source = "exposure table";
  evidence.text = fmt::format("{} of {} exposed failed, {} of {} others",
                              group_digits(table.exposed_failed), group_digits(table.exposed),
                              group_digits(table.others_failed), group_digits(table.others));
  return evidence;
}

}  // namespace nines::usecases
