// Ranks of steps, correlated at lags and at shifts that no dependency explains.
#include "domain/rca/deps/lagged.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/count_tests.hpp"

namespace nines::rca {
namespace {

/// Ranks of the steps from row to row, centred, of length one; empty for a series that says too
/// little. A step from or to a row that was not measured ranks in the middle.
std::vector<double> ranked_steps(const std::vector<double>& values) {
  std::vector<double> steps(values.size() - 1);
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    steps[i] = values[i + 1] - values[i];
    if (!std::isnan(steps[i])) known.push_back(i);
  }
  std::vector<double> ranks(steps.size(), 0);
  if (known.size() < kLeastLagRows) return {};
  std::stable_sort(known.begin(), known.end(),
                   [&](std::size_t a, std::size_t b) { return steps[a] < steps[b]; });
  const double middle = (static_cast<double>(known.size()) - 1) / 2;
  double squares = 0;
  for (std::size_t from = 0; from < known.size();) {
    std::size_t to = from;
    while (to < known.size() && steps[known[to]] == steps[known[from]]) ++to;
    const double rank = (static_cast<double>(from) + static_cast<double>(to) - 1) / 2 - middle;
    for (std::size_t i = from; i < to; ++i) ranks[known[i]] = rank;
    squares += rank * rank * static_cast<double>(to - from);
    from = to;
  }
  if (squares <= 0) return {};
  const double length = std::sqrt(squares);
  for (double& rank : ranks) rank /= length;
  return ranks;
}

/// The correlation of `a` with what `b` does `shift` rows later, around the end.
double correlation_at(const std::vector<double>& a, const std::vector<double>& b,
                      std::size_t shift) {
  const std::size_t n = a.size();
  const auto split = static_cast<std::ptrdiff_t>(n - shift);
  return std::inner_product(a.begin(), a.begin() + split,
                            b.begin() + static_cast<std::ptrdiff_t>(shift), 0.0) +
         std::inner_product(a.begin() + split, a.end(), b.begin(), 0.0);
}

struct PairShifts {
  double chance_spread = 0;  ///< of correlations at shifts far from none
  double at_once = 0;
  std::size_t best_ahead = 1, best_behind = 1;  ///< lags at which `b` follows, and leads
  double ahead = 0, behind = 0;
};

PairShifts shifts_of(const std::vector<double>& a, const std::vector<double>& b) {
  const std::size_t n = a.size(), most = kMostLag;
  PairShifts found;
  found.at_once = correlation_at(a, b, 0);
  for (std::size_t lag = 1; lag <= most; ++lag) {
    const double ahead = correlation_at(a, b, lag), behind = correlation_at(a, b, n - lag);
    if (lag == 1 || ahead > found.ahead) found.ahead = ahead, found.best_ahead = lag;
    if (lag == 1 || behind > found.behind) found.behind = behind, found.best_behind = lag;
  }
  const std::size_t first = most + 1, last = n - most - 1;
  const std::size_t step = std::max<std::size_t>(1, (last - first + 1) / kMostShifts);
  double sum = 0, squares = 0, count = 0;
  for (std::size_t shift = first; shift <= last; shift += step, ++count) {
    const double one = correlation_at(a, b, shift);
    sum += one;
    squares += one * one;
  }
  found.chance_spread = std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
  return found;
}

LaggedPair judged(std::size_t leader, std::size_t follower, std::size_t lag, double correlation,
                  const PairShifts& shifts, double other_way) {
  LaggedPair pair{leader, follower, lag, correlation, 1, 1};
  const bool best = correlation > shifts.at_once && correlation > other_way;
  if (best && correlation > 0 && shifts.chance_spread > 0)
    pair.p = std::min(1.0, static_cast<double>(kMostLag) *
                               0.5 * std::erfc(correlation / shifts.chance_spread / std::sqrt(2.0)));
  return pair;
}

}  // namespace

std::vector<LaggedPair> find_lagged(const std::vector<std::vector<double>>& series) {
  std::vector<std::vector<double>> ranks;
  for (const auto& one : series)
    ranks.push_back(one.size() > kLeastLagRows ? ranked_steps(one) : std::vector<double>{});
  std::vector<LaggedPair> pairs;
  for (std::size_t a = 0; a < ranks.size(); ++a)
    for (std::size_t b = a + 1; b < ranks.size(); ++b) {
      if (ranks[a].empty() || ranks[b].empty()) continue;
      const auto shifts = shifts_of(ranks[a], ranks[b]);
      pairs.push_back(judged(a, b, shifts.best_ahead, shifts.ahead, shifts, shifts.behind));
      pairs.push_back(judged(b, a, shifts.best_behind, shifts.behind, shifts, shifts.ahead));
    }
  std::vector<double> chances;
  for (const auto& pair : pairs) chances.push_back(pair.p);
  const auto adjusted = stats::benjamini_hochberg(chances);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].q = adjusted[i];
  std::erase_if(pairs, [](const LaggedPair& pair) { return pair.q > kLagShare; });
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const LaggedPair& a, const LaggedPair& b) { return a.q < b.q; });
  return pairs;
}

}  // namespace nines::rca
