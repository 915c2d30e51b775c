// Adds up scores over SLOs, and looks for windows and factors that no others beat.
#include "usecases/slo/backtest_search.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include <fmt/format.h>

namespace nines::usecases {
namespace {

using alert::Condition;
using alert::Millis;
using namespace std::chrono_literals;

constexpr std::array<Millis, 8> kLongWindows = {30min, 1h, 2h, 4h, 6h, 12h, 24h, 72h};
/// Shares of a period's budget that may be spent in the long window.
constexpr std::array<int, 5> kPercents = {1, 2, 5, 10, 20};
/// As the standard pairs of an hour and of six have it.
constexpr int kShortPart = 12;

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

struct SearchedPair {
  Millis window{0};
  int percent = 0;

  /// Burns faster, relative to another, whatever the period.
  bool steeper_than(const SearchedPair& other) const {
    return percent * other.window.count() > other.percent * window.count();
  }
};

/// The same list for every SLO, so that scores add up.
std::vector<SearchedPair> all_pairs() {
  std::vector<SearchedPair> pairs;
  for (const Millis window : kLongWindows)
    for (const int percent : kPercents) pairs.push_back({window, percent});
  return pairs;
}

Condition condition_of(const SearchedPair& pair, Millis period) {
  const alert::WindowPair windows{alert::Severity::page, alert::Speed::quick,
                                  Decimal(pair.percent, 0), pair.window / kShortPart, pair.window};
  return {alert::burn_factor(windows, period), windows.short_window, windows.long_window, false};
}

/// Indices of one or two pairs.
using Combination = std::vector<std::size_t>;

std::vector<Combination> combinations(const std::vector<SearchedPair>& pairs) {
  std::vector<Combination> all;
  for (std::size_t i = 0; i < pairs.size(); ++i) all.push_back({i});
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t j = i + 1; j < pairs.size(); ++j) {
      // A longer window with a higher factor adds nothing.
      if (pairs[j].window > pairs[i].window && pairs[i].steeper_than(pairs[j]))
        all.push_back({i, j});
    }
  }
  return all;
}

std::string pair_text(const SearchedPair& pair) {
  return fmt::format("{} % in {}/{}", pair.percent, alert::prometheus_text(pair.window),
                     alert::prometheus_text(pair.window / kShortPart));
}

/// What is compared; each the smaller the better. What was spent by then decides between equals.
struct Cost {
  std::size_t alerts = 0;
  double missed = 0;
  double spent = 0;

  friend bool operator==(const Cost&, const Cost&) = default;
  bool beats(const Cost& other) const {
    if (alerts > other.alerts || missed > other.missed) return false;
    return alerts < other.alerts || missed < other.missed || spent < other.spent;
  }
};

Cost cost_of(const BacktestFigures& figures) {
  Cost cost;
  cost.alerts = figures.alerts;
  cost.missed = figures.judged ? static_cast<double>(figures.incidents - figures.caught)
                               : figures.unseen_share.value_or(0);
  cost.spent = (figures.judged ? figures.spent_at_detection : figures.spent_before).value_or(0);
  return cost;
}

BacktestFigures figures_of_candidate(const std::vector<CandidateTrack>& tracks, std::size_t c) {
  FigureSum sum;
  std::set<std::size_t> incidents, caught;
  for (const auto& track : tracks) {
    const auto& score = *track.scores[c].score;
    sum.add(score, track.minutes);
    for (const auto& detection : score.detections) {
      incidents.insert(track.incidents[detection.incident]);
      if (detection.after) caught.insert(track.incidents[detection.incident]);
    }
  }
  return sum.figures(incidents.size(), caught.size());
}

}  // namespace

void FigureSum::add(const alert::Score& score, std::size_t minutes) {
  alerts_ += score.alerts;
  true_alerts_ += score.true_alerts;
  firing_ += score.firing_minutes;
  minutes_ += minutes;
  longest_ = std::max(longest_, minutes);
  bad_ += score.bad;
  unseen_ += score.unseen_bad;
  before_.insert(before_.end(), score.spent_before.begin(), score.spent_before.end());
  for (const auto& detection : score.detections) {
    if (!detection.after) continue;
    after_.push_back(static_cast<double>(*detection.after));
    spent_.push_back(*detection.budget_spent);
  }
}

BacktestFigures FigureSum::figures(std::size_t incidents, std::size_t caught) const {
  BacktestFigures figures;
  figures.alerts = alerts_;
  if (longest_ > 0)
    figures.per_week = static_cast<double>(alerts_) * 10'080 / static_cast<double>(longest_);
  figures.true_alerts = true_alerts_;
  figures.incidents = incidents;
  figures.caught = caught;
  figures.judged = incidents >= kLeastIncidents;
  if (figures.judged) {
    if (alerts_ > 0) figures.precision = stats::wilson(true_alerts_, alerts_);
    figures.recall = stats::wilson(caught, incidents);
  }
  figures.detected_after = median(after_);
  figures.spent_at_detection = median(spent_);
  figures.spent_before = median(before_);
  if (minutes_ > 0)
    figures.firing_share = static_cast<double>(firing_) / static_cast<double>(minutes_);
  if (bad_ > 0) figures.unseen_share = unseen_ / bad_;
  return figures;
}

std::vector<CandidateScore> play_candidates(const alert::MinuteHistory& history,
                                            const std::vector<alert::Episode>& incidents,
                                            double budget, Millis period,
                                            const alert::Policy& policy) {
  const auto pairs = all_pairs();
  std::vector<std::optional<alert::Fired>> fired;
  for (const auto& pair : pairs) {
    const alert::Alert one{{}, {condition_of(pair, period)}, Millis{0}};
    // A factor of 1 or less fires while the budget would last: that is no alert.
    fired.push_back(one.any_of[0].factor > 1 ? std::optional(alert::fire(history, one, {}, budget))
                                             : std::nullopt);
  }
  std::vector<CandidateScore> scores;
  const auto judge = [&](const alert::Fired& all) {
    scores.push_back({alert::score(history, all, incidents, budget, period)});
  };
  judge(alert::fire(history, policy.alerts.front(), policy.low_traffic, budget));
  for (const auto& combination : combinations(pairs)) {
    const auto& first = fired[combination.front()];
    const auto& last = fired[combination.back()];
    if (!first || !last) {
      scores.emplace_back();
      continue;
    }
    auto both = *first;
    for (std::size_t w = 0; w < both.bits.size(); ++w) {
      both.bits[w] |= last->bits[w];
      both.covered[w] |= last->covered[w];
    }
    judge(both);
  }
  return scores;
}

Frontier frontier_of(const std::vector<CandidateTrack>& tracks) {
  if (tracks.empty()) return {};
  const auto pairs = all_pairs();
  const auto combined = combinations(pairs);
  std::vector<BacktestFigures> figures;
  std::vector<Cost> costs;
  const auto usable = [&](std::size_t c) {
    return std::all_of(tracks.begin(), tracks.end(), [c](const CandidateTrack& track) {
      return track.scores[c].score.has_value();
    });
  };
  std::vector<std::size_t> places;  // of those that are compared
  for (std::size_t c = 0; c < tracks.front().scores.size(); ++c) {
    if (!usable(c)) continue;
    places.push_back(c);
    figures.push_back(figures_of_candidate(tracks, c));
    costs.push_back(cost_of(figures.back()));
  }
  Frontier frontier;
  frontier.tried = places.size();
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const bool current = places[i] == 0;
    const bool beaten = std::any_of(costs.begin(), costs.end(),
                                    [&](const Cost& other) { return other.beats(costs[i]); });
    const auto here = costs.begin() + static_cast<std::ptrdiff_t>(i);
    const bool told = std::find(costs.begin(), here, costs[i]) != here;
    if (!current && (beaten || told || figures[i].alerts == 0)) continue;
    BacktestCandidate candidate{{}, current, beaten, figures[i]};
    if (!current)
      for (const auto pair : combined[places[i] - 1])
        candidate.pairs.push_back(pair_text(pairs[pair]));
    frontier.candidates.push_back(std::move(candidate));
  }
  std::stable_sort(
      frontier.candidates.begin(), frontier.candidates.end(),
      [](const auto& a, const auto& b) { return a.figures.alerts < b.figures.alerts; });
  return frontier;
}

}  // namespace nines::usecases
