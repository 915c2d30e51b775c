// Generated incidents with recorded changes: one that caused it among decoys, or decoys alone.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/split_mix.hpp"
#include "domain/rca/changes/blame.hpp"
#include "domain/rca/changes/moved_after.hpp"
#include "support/rca_measures.hpp"

namespace nines::test {

struct ChangeCase {
  Instant onset;
  std::vector<rca::ChangeCandidate> candidates;
  std::optional<std::size_t> truth;  ///< nothing: no recorded change did it
  int distance = 0;                  ///< hops from the symptom to the faulty service
};

/// Thirty services in a random graph without cycles. One becomes faulty at the onset; it and the
/// services on the way up to the symptom (itself in six of ten cases, one hop up in three, two in
/// one) fail more often from then on, by 1 to 10 standard deviations; a fifth of all services is
/// not measured. The true change is on the faulty service, 0 to 15 minutes before the onset, of a
/// kind as often as decoys have it. Of the 20 decoys 14 are on other services in the six hours
/// before, 2 on any service 1 to 12 hours before, 4 on any service after the onset. Evidence is
/// what `moved_after` finds in the made-up series: no logs, no rollbacks.
class ChangeCases {
 public:
  explicit ChangeCases(std::uint64_t seed) : state_(seed) {}

  ChangeCase next(bool causal) {
    ChangeCase made;
    made.onset = *parse_rfc3339("2026-11-23T09:00:00Z");
    draw_graph();
    const int faulty = pick(kServices);
    std::vector<int> hurt{faulty};
    const int climb = pick(10);
    for (int up = 0; up < (climb < 6 ? 0 : climb < 9 ? 1 : 2); ++up) {
      const auto& callers = callers_[static_cast<std::size_t>(hurt.back())];
      if (callers.empty()) break;
      hurt.push_back(callers[static_cast<std::size_t>(pick(static_cast<int>(callers.size())))]);
    }
    made.distance = static_cast<int>(hurt.size()) - 1;
    draw_series(made.onset, hurt);
    const auto reach = graph_.from({name_of(hurt.back())}, rca::kMostHops);
    const int place = causal ? pick(21) : -1;
    for (int i = 0, decoy = 0; i < (causal ? 21 : 20); ++i) {
      if (i == place) {
        made.truth = made.candidates.size();
        add(made, reach, faulty, -seconds(0, 900));
      } else {
        add_decoy(made, reach, faulty, decoy++);
      }
    }
    return made;
  }

 private:
  static constexpr int kServices = 30;
  static constexpr int kMinutes = 150;  ///< of each series; 90 of them before the onset

  int pick(int below) {
    return static_cast<int>(split_mix64(state_) % static_cast<std::uint64_t>(below));
  }
  double part() { return static_cast<double>(split_mix64(state_) >> 11U) * 0x1p-53; }
  std::chrono::seconds seconds(int from, int to) {
    return std::chrono::seconds{from + pick(to - from)};
  }
  /// Standard normal, as the sum of twelve uniform ones: the same on every machine.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += part();
    return sum;
  }
  static std::string name_of(int service) { return "s" + std::to_string(service); }

  void draw_graph() {
    graph_ = {};
    callers_.assign(kServices, {});
    for (int service = 1; service < kServices; ++service)
      for (int n = 0; n < 2; ++n) {
        if (n == 1 && pick(2) == 0) continue;
        const int caller = pick(service);
        graph_.add(name_of(caller), name_of(service));
        callers_[static_cast<std::size_t>(service)].push_back(caller);
      }
  }

  void draw_series(Instant onset, const std::vector<int>& hurt) {
    series_.clear();
    for (int service = 0; service < kServices; ++service) {
      const bool fails = std::find(hurt.begin(), hurt.end(), service) != hurt.end();
      const int start = 90 + pick(3);
      const double rise = 1 + 9 * part();
      if (pick(5) == 0) continue;
      auto& series = series_[name_of(service)];
      series.more_is_worse = true;
      for (int minute = 0; minute < kMinutes; ++minute) {
        series.times.push_back(onset + std::chrono::minutes{minute - 90});
        series.values.push_back(0.01 + 0.003 * (normal() + (fails && minute >= start ? rise : 0)));
      }
    }
  }

  void add(ChangeCase& made, const std::map<std::string, rca::Reach, std::less<>>& reach,
           int service, Micros at) {
    rca::ChangeCandidate one;
    static constexpr catalog::ChangeKind kMix[] = {
        catalog::ChangeKind::deploy,         catalog::ChangeKind::deploy,
        catalog::ChangeKind::deploy,         catalog::ChangeKind::deploy,
        catalog::ChangeKind::deploy,         catalog::ChangeKind::configuration,
        catalog::ChangeKind::configuration,  catalog::ChangeKind::flag,
        catalog::ChangeKind::infrastructure, catalog::ChangeKind::schema};
    one.change.kind = kMix[pick(10)];
    one.change.service = name_of(service);
    one.change.start = made.onset + at;
    if (pick(2) == 0) one.change.size = static_cast<std::uint64_t>(std::exp(7 * part()));
    if (const auto found = reach.find(one.change.service); found != reach.end())
      one.reach = found->second;
    const auto series = series_.find(one.change.service);
    if (series != series_.end() && one.change.start <= made.onset + std::chrono::seconds{60}) {
      auto moved = rca::moved_after(series->second, one.change.start, std::chrono::minutes{2},
                                    std::chrono::minutes{30});
      if (moved.answer != rca::MovedAfter::Answer::unknown)
        one.signals.push_back({moved.answer == rca::MovedAfter::Answer::moved
                                   ? rca::SignalKind::moved
                                   : rca::SignalKind::still,
                               std::move(moved.because)});
    }
    made.candidates.push_back(std::move(one));
  }

  void add_decoy(ChangeCase& made, const std::map<std::string, rca::Reach, std::less<>>& reach,
                 int faulty, int number) {
    if (number < 14) {
      const int other = (faulty + 1 + pick(kServices - 1)) % kServices;
      add(made, reach, other, -seconds(0, 6 * 3600));
    } else if (number < 16) {
      add(made, reach, pick(kServices), -seconds(3600, 12 * 3600));
    } else {
      add(made, reach, pick(kServices), seconds(61, 3600));
    }
  }

  std::uint64_t state_;
  rca::FaultReach graph_;
  std::vector<std::vector<int>> callers_;
  std::map<std::string, rca::TimedValues, std::less<>> series_;
};

struct ChangeScore {
  Ranks ranks;  ///< of the true change, with "none of these" in the list
  std::map<int, Ranks> by_distance;
  std::size_t answered = 0;       ///< causal cases whose verdict is the true change
  std::size_t false_blame = 0;    ///< cases without one in which a change comes first
  std::size_t false_verdict = 0;  ///< and in which the verdict names one
  std::size_t without = 0;
};

/// Adds the cases of one seed: two with a true change to one without.
inline void score_changes(std::uint64_t seed, std::size_t causal, ChangeScore& score) {
  ChangeCases cases(seed);
  const auto blame = [](const ChangeCase& one) {
    return rca::blame_changes(one.candidates, one.onset, {}, {});
  };
  for (std::size_t i = 0; i < causal; ++i) {
    const auto one = cases.next(true);
    const auto found = blame(one);
    std::size_t rank = 0;
    for (std::size_t at = 0; at < found.ranked.size(); ++at)
      if (found.ranked[at].candidate == one.truth) rank = at + 1;
    score.ranks.ranks.push_back(rank);
    score.by_distance[one.distance].ranks.push_back(rank);
    if (rank == 1 && found.verdict == rca::Blame::Verdict::change) ++score.answered;
  }
  for (std::size_t i = 0; i < causal / 2; ++i) {
    const auto found = blame(cases.next(false));
    ++score.without;
    if (found.ranked.front().candidate) ++score.false_blame;
    if (found.verdict == rca::Blame::Verdict::change) ++score.false_verdict;
  }
}

}  // namespace nines::test
