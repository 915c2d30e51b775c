// Loads by the share of the shifts, and their spread under chance by repeated draws.
#include "domain/incident/load_fairness.hpp"

#include <algorithm>
#include <numeric>

#include "base/split_mix.hpp"

namespace nines::incident {
namespace {

constexpr std::size_t kMostDraws = 4000;
/// Work is bounded: above this many pages chance is drawn from fewer repetitions.
constexpr std::int64_t kMostWork = 40'000'000;

class Dice {
 public:
  double next() { return static_cast<double>(split_mix64(state_) >> 11U) * 0x1.0p-53; }

 private:
  std::uint64_t state_ = 0x6E696E6573ULL;
};

std::vector<double> per_share(const std::vector<std::int64_t>& loads,
                              const std::vector<double>& shares) {
  std::vector<double> values;
  for (std::size_t i = 0; i < loads.size(); ++i)
    values.push_back(static_cast<double>(loads[i]) / shares[i]);
  return values;
}

double percentile_95(std::vector<double>& values) {
  const auto at = static_cast<std::ptrdiff_t>((values.size() * 95 + 99) / 100 - 1);
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

void draw_chance(LoadFairness& result, const std::vector<double>& shares) {
  std::vector<double> bounds(shares.size());
  std::partial_sum(shares.begin(), shares.end(), bounds.begin());
  const auto draws = static_cast<std::size_t>(std::clamp<std::int64_t>(
      kMostWork / std::max<std::int64_t>(1, result.total), 100, kMostDraws));
  std::vector<double> ginis, peaks;
  Dice dice;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    std::vector<std::int64_t> loads(shares.size(), 0);
    for (std::int64_t page = 0; page < result.total; ++page) {
      const auto at = std::upper_bound(bounds.begin(), bounds.end(), dice.next() * bounds.back());
      const auto person = std::min<std::ptrdiff_t>(at - bounds.begin(), std::ssize(shares) - 1);
      ++loads[static_cast<std::size_t>(person)];
    }
    const auto values = per_share(loads, shares);
    const auto figures = fairness_of(values);
    ginis.push_back(figures.gini);
    peaks.push_back(figures.max_over_mean);
  }
  result.draws = static_cast<std::int64_t>(draws);
  result.gini_by_chance = percentile_95(ginis);
  result.max_over_mean_by_chance = percentile_95(peaks);
}

}  // namespace

LoadFairness load_fairness(const std::vector<std::int64_t>& loads,
                           const std::vector<double>& shares) {
  LoadFairness result;
  result.people = loads.size();
  result.total = std::accumulate(loads.begin(), loads.end(), std::int64_t{0});
  if (loads.empty()) return result;
  const bool known = shares.size() == loads.size() &&
                     std::any_of(shares.begin(), shares.end(), [](double s) { return s > 0; });
  // Who served nothing and was paged all the same is no part of the shifts' fairness.
  std::vector<std::int64_t> counted;
  std::vector<double> served;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    if (known && shares[i] <= 0) continue;
    counted.push_back(loads[i]);
    served.push_back(known ? shares[i] : 1.0);
  }
  result.people = counted.size();
  result.total = std::accumulate(counted.begin(), counted.end(), std::int64_t{0});
  const auto values = per_share(counted, served);
  result.figures = fairness_of(values);
  if (result.total == 0 || result.people < 2) return result;
  draw_chance(result, served);
  result.uneven = result.figures.gini > result.gini_by_chance;
  return result;
}

}  // namespace nines::incident
