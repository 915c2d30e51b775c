// Reads each series once, replays its alerts, and adds up what they did.
#include "usecases/slo/backtest.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "domain/alert/backtest.hpp"
#include "domain/alert/slo_windows.hpp"
#include "domain/incident/impact.hpp"
#include "domain/slo/maintained.hpp"
#include "store/incidents.hpp"
#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "usecases/slo/alert_windows.hpp"
#include "usecases/slo/backtest_search.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"
#include "usecases/slo/surroundings.hpp"

namespace nines::usecases {
namespace {

using alert::Episode;
using alert::Millis;
using alert::MinuteHistory;
using nines::slo::Period;

constexpr std::int64_t kLongestMinutes = 366 * 1440;
const std::string kOwnPolicy = "own";

/// What is replayed: one objective, and where its minutes are.
struct Track {
  const nines::slo::Slo* slo;
  const nines::slo::Objective* objective;
  Located located;
  std::string service;
};

/// An incident as it hurt one service.
struct Hurt {
  std::size_t incident;  ///< index over all
  Period when;
};

struct Labels {
  std::map<std::string, std::vector<Hurt>> by_service;
};

/// What one track gave.
struct Played {
  BacktestRow row;
  std::vector<alert::Score> scores;    ///< per alert
  std::vector<std::size_t> incidents;  ///< index over all, in the order of the detections
  std::vector<UnseenBurn> unseen;
  std::vector<CandidateScore> candidates;  ///< with search
};

Labels labels_of(const Session& session, const std::vector<Track>& tracks) {
  std::set<std::string> services;
  for (const auto& track : tracks) services.insert(track.service);
  Labels labels;
  std::size_t index = 0;
  for (const auto& head : store::incidents(session.store(), {})) {
    const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
    bool any = false;
    for (const auto& service : services) {
      std::optional<Period> whole;
      // Regions and steps of one incident are one thing to detect.
      for (const auto& claim : incident::attributions(record, service, session.now()))
        whole = whole ? Period{std::min(whole->from, claim.interval.from),
                               std::max(whole->to, claim.interval.to)}
                      : claim.interval;
      if (!whole) continue;
      labels.by_service[service].push_back({index, *whole});
      any = true;
    }
    if (any) ++index;
  }
  return labels;
}

std::vector<Track> tracks_of(const Catalogue& catalogue, const BacktestQuery& query) {
  std::vector<const nines::slo::Slo*> slos;
  for (const auto& name : query.names) slos.push_back(&require_slo(catalogue, name));
  if (query.names.empty())
    for (const auto& slo : catalogue.slos) slos.push_back(&slo);
  std::vector<Track> tracks;
  for (const auto* slo : slos) {
    for (const auto& objective : slo->objectives) {
      auto service = subject_of(catalogue, *slo, objective);
      if (query.service && service != *query.service) continue;
      tracks.push_back({slo, &objective, locate(catalogue, *slo, objective), std::move(service)});
    }
  }
  return tracks;
}

/// The minutes that are replayed: what is stored, cut to what was asked for.
std::optional<series::Extent> stretch_of(const series::Extent& extent, const BacktestQuery& query) {
  series::Extent stretch = extent;
  if (query.to) stretch.end = std::min(stretch.end, epoch_minute(*query.to));
  stretch.begin = std::max(stretch.begin,
                           query.from ? epoch_minute(*query.from) : stretch.end - kLongestMinutes);
  if (stretch.begin >= stretch.end) return std::nullopt;
  return stretch;
}

/// Read a few days at a time, so that they are still near when they are added up. Minutes that do
/// not count for the SLO are left out, good and bad alike.
void read_history(const Track& track, const series::Reader& reader, const Catalogue& catalogue,
                  const std::vector<catalog::Maintenance>& work, MinuteHistory& history) {
  constexpr std::int64_t kPiece = 4 * 1440;
  const std::int64_t end = history.begin() + static_cast<std::int64_t>(history.size());
  const Period period{from_epoch_minute(history.begin()), from_epoch_minute(end)};
  const nines::slo::SeriesOf series = [&](const nines::slo::Objective&) {
    return track.located.series;
  };
  const auto stops = stops_of(catalogue, *track.slo, work);
  const auto measures = nines::slo::measures_of(*track.slo, reader, series, stops, period,
                                                nines::slo::excludes_maintenance(*track.slo));
  const auto measure = measures(*track.objective);
  for (std::int64_t at = history.begin(); at < end; at += kPiece)
    history.add(nines::slo::minutes_of(measure, at, std::min(at + kPiece, end)));
  history.finish();
}

std::vector<Episode> incidents_in(const std::vector<Hurt>& hurts, const MinuteHistory& history,
                                  std::vector<std::size_t>& indices) {
  std::vector<Episode> found;
  const auto size = static_cast<std::int64_t>(history.size());
  for (const auto& hurt : hurts) {
    const auto first = epoch_minute(hurt.when.from) - history.begin();
    const auto past = epoch_minute(hurt.when.to - Micros{1}) + 1 - history.begin();
    if (past <= 0 || first >= size) continue;
    // What had begun before the data cannot be detected in time: it is no label.
    if (first < 0) continue;
    found.push_back({first, std::min(std::max(past, first + 1), size)});
    indices.push_back(hurt.incident);
  }
  return found;
}

std::vector<UnseenBurn> unseen_days(const Track& track, const MinuteHistory& history,
                                    const alert::MinuteBits& seen, double allowance,
                                    std::size_t most) {
  std::vector<UnseenBurn> days;
  const auto size = static_cast<std::int64_t>(history.size());
  const auto runs = alert::episodes(seen, history.size(), 0);
  auto run = runs.begin();
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t day = (history.begin() + at) / 1440;
    const std::int64_t end = std::min(size, (day + 1) * 1440 - history.begin());
    double bad = history.bad(at, end);
    double total = history.total(at, end);
    while (run != runs.end() && run->past <= at) ++run;
    for (auto one = run; one != runs.end() && one->first < end; ++one) {
      const std::int64_t from = std::max(at, one->first);
      const std::int64_t to = std::min(end, one->past);
      bad -= history.bad(from, to);
      total -= history.total(from, to);
    }
    at = end;
    if (bad > 0 && allowance > 0)
      days.push_back({track.slo->name, track.objective->id, from_epoch_minute(day * 1440),
                      bad / allowance, bad / total});
  }
  const auto worse = [](const UnseenBurn& a, const UnseenBurn& b) {
    return std::tie(b.budget_share, a.day) < std::tie(a.budget_share, b.day);
  };
  if (days.size() > most) {
    std::nth_element(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(most), days.end(),
                     worse);
    days.resize(most);
  }
  return days;
}

BacktestFigures figures_of(const alert::Score& score, std::size_t minutes) {
  FigureSum sum;
  sum.add(score, minutes);
  std::set<std::size_t> all, caught;
  for (const auto& detection : score.detections) {
    all.insert(detection.incident);
    if (detection.after) caught.insert(detection.incident);
  }
  return sum.figures(all.size(), caught.size());
}

class Player {
 public:
  Player(const Catalogue& catalogue, const BacktestQuery& query, const Labels& labels,
         const std::vector<catalog::Maintenance>& work, const std::vector<WindowFile>& windows)
      : catalogue_(catalogue), query_(query), labels_(labels), work_(work), windows_(windows) {}

  /// `history` is the worker's, used again from track to track.
  Played play(const Track& track, const series::Reader& reader, MinuteHistory& history) const {
    Played played;
    auto& row = played.row;
    row.slo = track.slo->name;
    row.objective = track.objective->id;
    row.service = track.service;
    row.several = track.slo->objectives.size() > 1;
    row.problem = problem_of(track);
    if (!row.problem.empty()) return played;
    const auto extent = reader.extent(*track.located.series);
    const auto stretch = extent ? stretch_of(*extent, query_) : std::nullopt;
    if (!stretch) {
      row.problem = extent ? "no data in that time" : "no data yet";
      return played;
    }
    row.from = from_epoch_minute(stretch->begin);
    row.to = from_epoch_minute(stretch->end);
    replay(track, reader, *stretch, history, played);
    return played;
  }

 private:
  std::string problem_of(const Track& track) const {
    if (track.slo->composite()) return "a composite has no alert of its own";
    if (!track.located.problem.empty()) return track.located.problem;
    if (!track.located.series) return "it has no series";
    if (track.objective->target.complement().num() == 0) return "a target of 100 % has no budget";
    const auto* own = catalogue_.alerts_of(track.slo->name);
    if (own != nullptr &&
        alert::policy_for(*track.slo, windows_.front().tables, own).alerts.empty())
      return "its document has no burn-rate alert";
    return {};
  }

  void replay(const Track& track, const series::Reader& reader, const series::Extent& stretch,
              MinuteHistory& history, Played& played) const {
    const auto period = std::chrono::duration_cast<Millis>(track.slo->window.length.rolling());
    std::vector<alert::Policy> policies;
    Millis lead{0};
    for (const auto& file : windows_) {
      const auto& policy = policies.emplace_back(
          &file == windows_.data()
              ? alert::policy_for(*track.slo, file.tables, catalogue_.alerts_of(track.slo->name))
              : alert::policy_of(alert::table_for(period, file.tables)));
      for (const auto& alert : policy.alerts) {
        for (const auto& c : alert.any_of) lead = std::max({lead, c.short_window, c.long_window});
      }
    }
    const double budget = track.objective->target.complement().to_double();
    history.start(stretch.begin, stretch.end, lead);
    read_history(track, reader, catalogue_, work_, history);
    const auto hurts = labels_.by_service.find(track.service);
    const auto incidents = hurts == labels_.by_service.end()
                               ? std::vector<Episode>{}
                               : incidents_in(hurts->second, history, played.incidents);

    auto& row = played.row;
    row.minutes = history.size();
    row.observed = history.observed();
    alert::MinuteBits seen((history.size() + 63) / 64);
    const bool own = query_.own_apart && (alert::has_own_windows(*track.slo) ||
                                          catalogue_.alerts_of(track.slo->name) != nullptr);
    for (std::size_t p = 0; p < policies.size(); ++p) {
      const auto& name = p == 0 && own ? kOwnPolicy : windows_[p].name;
      for (const auto& alert : policies[p].alerts) {
        const auto fired = alert::fire(history, alert, policies[p].low_traffic, budget);
        if (p == 0)
          for (std::size_t w = 0; w < seen.size(); ++w) seen[w] |= fired.covered[w];
        played.scores.push_back(alert::score(history, fired, incidents, budget, period));
        row.alerts.push_back(
            {name, alert.severity, figures_of(played.scores.back(), history.size())});
      }
    }
    const auto& first = played.scores.front();
    const double periods =
        static_cast<double>(history.size()) /
        static_cast<double>(std::chrono::floor<std::chrono::minutes>(period).count());
    if (first.total > 0) {
      row.budget_spent = first.bad / (budget * first.total);
      played.unseen =
          unseen_days(track, history, seen, budget * first.total / periods, query_.unseen);
    }
    if (query_.search)
      played.candidates = play_candidates(history, incidents, budget, period, policies.front());
  }

  const Catalogue& catalogue_;
  const BacktestQuery& query_;
  const Labels& labels_;
  const std::vector<catalog::Maintenance>& work_;
  const std::vector<WindowFile>& windows_;
};

/// All rows together; an incident that hurt several SLOs counts once, caught by any.
std::vector<BacktestAlert> together(const std::vector<Played>& played) {
  struct Together {
    std::string policy, severity;
    FigureSum sum;
    std::set<std::size_t> incidents, caught;
  };
  std::vector<Together> all;
  for (const auto& one : played) {
    for (std::size_t a = 0; a < one.scores.size(); ++a) {
      const auto& alert = one.row.alerts[a];
      auto at = std::find_if(all.begin(), all.end(), [&](const Together& other) {
        return other.policy == alert.policy && other.severity == alert.severity;
      });
      if (at == all.end()) {
        all.push_back({alert.policy, alert.severity, {}, {}, {}});
        at = all.end() - 1;
      }
      at->sum.add(one.scores[a], one.row.minutes);
      for (const auto& detection : one.scores[a].detections) {
        at->incidents.insert(one.incidents[detection.incident]);
        if (detection.after) at->caught.insert(one.incidents[detection.incident]);
      }
    }
  }
  std::vector<BacktestAlert> alerts;
  for (const auto& one : all)
    alerts.push_back(
        {one.policy, one.severity, one.sum.figures(one.incidents.size(), one.caught.size())});
  return alerts;
}

void sort_unseen(std::vector<UnseenBurn>& days, std::size_t most) {
  std::sort(days.begin(), days.end(), [](const UnseenBurn& a, const UnseenBurn& b) {
    return std::tie(b.budget_share, a.slo, a.objective, a.day) <
           std::tie(a.budget_share, b.slo, b.objective, b.day);
  });
  if (days.size() > most) days.resize(most);
}

}  // namespace

Backtest slo_backtest(const Session& session, const BacktestQuery& query) {
  const store::Snapshot snapshot(session.store());
  return slo_backtest(session, load_catalogue(session), query);
}

Backtest slo_backtest(const Session& session, const Catalogue& catalogue,
                      const BacktestQuery& query) {
  if (query.from && query.to && *query.to <= *query.from)
    throw Error(ExitCode::usage, "the time ends before it begins", "give --from before --to");
  const store::Snapshot snapshot(session.store());
  const auto work = store::maintenance(session.store());
  const auto tracks = tracks_of(catalogue, query);
  const auto labels = labels_of(session, tracks);
  std::vector<WindowFile> windows = {{"standard", {}}};
  for (auto& file : read_window_files(query.windows, query.cwd)) windows.push_back(std::move(file));
  const Player player(catalogue, query, labels, work, windows);
  const auto readers = store::open_series(session.store(), workers_for(tracks.size()));
  std::vector<Played> played(tracks.size());
  std::vector<MinuteHistory> histories(readers.size());
  in_parallel(tracks.size(), readers.size(), [&](std::size_t i, std::size_t worker) {
    played[i] = player.play(tracks[i], *readers[worker], histories[worker]);
  });

  Backtest result;
  result.warnings = catalogue.warnings;
  result.all = together(played);
  std::set<std::size_t> incidents;
  for (auto& one : played) {
    incidents.insert(one.incidents.begin(), one.incidents.end());
    result.minutes += one.row.minutes;
    std::move(one.unseen.begin(), one.unseen.end(), std::back_inserter(result.unseen));
  }
  result.incidents = incidents.size();
  sort_unseen(result.unseen, query.unseen);
  if (query.search) {
    std::vector<CandidateTrack> searched;
    for (auto& one : played)
      if (!one.candidates.empty())
        searched.push_back({std::move(one.candidates), one.incidents, one.row.minutes});
    auto frontier = frontier_of(searched);
    result.candidates = frontier.tried;
    result.frontier = std::move(frontier.candidates);
  }
  for (auto& one : played) result.rows.push_back(std::move(one.row));
  return result;
}

}  // namespace nines::usecases
