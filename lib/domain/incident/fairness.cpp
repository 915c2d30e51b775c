// Gini, Jain and their like, and a seeded simulation of chance.
#include "domain/incident/fairness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/split_mix.hpp"

namespace nines::incident {
namespace {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t n) { return split_mix64(state_) % n; }

 private:
  std::uint64_t state_;
};

constexpr int kDraws = 4000;
/// More say nothing new: the Gini of chance goes to nought with the root of the count.
constexpr std::int64_t kMostUnits = 2000;

}  // namespace

Fairness fairness_of(std::vector<double> loads) {
  Fairness fairness;
  const double sum = std::accumulate(loads.begin(), loads.end(), 0.0);
  if (loads.empty() || sum <= 0) return fairness;
  std::sort(loads.begin(), loads.end());
  const auto n = static_cast<double>(loads.size());
  double weighted = 0;
  double squares = 0;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    weighted += (2.0 * static_cast<double>(i + 1) - n - 1) * loads[i];
    squares += loads[i] * loads[i];
  }
  const double mean = sum / n;
  fairness.gini = weighted / (n * sum);
  fairness.jain = sum * sum / (n * squares);
  fairness.max_over_mean = loads.back() / mean;
  fairness.cv = std::sqrt(std::max(0.0, squares / n - mean * mean)) / mean;
  return fairness;
}

ChanceGini gini_by_chance(std::int64_t people, std::int64_t units) {
  if (people < 2 || units < 1) return {};
  const auto counted = std::min(units, kMostUnits);
  Draws draws(static_cast<std::uint64_t>(people * 1'000'003 + counted));
  std::vector<double> ginis;
  std::vector<double> loads(static_cast<std::size_t>(people));
  for (int i = 0; i < kDraws; ++i) {
    std::fill(loads.begin(), loads.end(), 0.0);
    for (std::int64_t u = 0; u < counted; ++u)
      ++loads[draws.below(static_cast<std::uint64_t>(people))];
    ginis.push_back(fairness_of(loads).gini);
  }
  std::sort(ginis.begin(), ginis.end());
  // Beyond the cap the spread shrinks with the root of the count.
  const double scale = std::sqrt(static_cast<double>(counted) / static_cast<double>(units));
  return {std::accumulate(ginis.begin(), ginis.end(), 0.0) / kDraws * scale,
          ginis[static_cast<std::size_t>(kDraws * 95 / 100)] * scale};
}

}  // namespace nines::incident
