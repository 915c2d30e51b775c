// The precedence test over blocks of rows.
#include "domain/rca/rank/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace nines::rca {
namespace {

/// Windows of the baseline that are asked, at most; and values of a column looked at for it.
constexpr std::size_t kMostWindows = 2000;
constexpr std::size_t kMostWindowValues = 200'000;

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

/// The chance that at least `beyond` of `now` blocks exceed the one that is `rank`-th of `before`
/// blocks: among the highest beyond + rank - 1 of all, at most rank - 1 are of the baseline.
double chance_beyond(std::size_t before, std::size_t now, std::size_t rank, std::size_t beyond) {
  if (beyond == 0) return 1;
  const auto n = static_cast<double>(before), k = static_cast<double>(now);
  const auto highest = static_cast<double>(beyond + rank - 1);
  double chance = 0;
  for (std::size_t own = 0; own < rank; ++own) {
    const auto a = static_cast<double>(own);
    if (highest - a > k) continue;
    chance += std::exp(log_choose(n, a) + log_choose(k, highest - a) - log_choose(n + k, highest));
  }
  return std::min(1.0, chance);
}

std::size_t blocks_beyond(const std::vector<double>& now, double limit) {
  return static_cast<std::size_t>(
      std::count_if(now.begin(), now.end(), [&](double value) { return value > limit; }));
}

}  // namespace

bool by_windows(std::size_t before, std::size_t now) { return now > 0 && before >= kWindows * now; }

std::size_t window_step(std::size_t before, std::size_t now) {
  const std::size_t places = before - now + 1;
  const std::size_t most = std::clamp(kMostWindowValues / now, kWindows, kMostWindows);
  return (places + most - 1) / most;
}

std::size_t block_rows(std::size_t before, std::size_t now) {
  return std::max<std::size_t>(1, std::min(before / kWindows, now / kIncidentBlocks));
}

double precedence_chance(std::vector<double> before, const std::vector<double>& now) {
  if (before.empty() || now.empty()) return 1;
  std::sort(before.begin(), before.end(), std::greater<>());
  const std::size_t trimmed = before.size() / 10;
  const double all = chance_beyond(before.size(), now.size(), 1, blocks_beyond(now, before[0]));
  const double most =
      chance_beyond(before.size(), now.size(), trimmed + 1, blocks_beyond(now, before[trimmed]));
  return std::min(1.0, 2 * std::min(all, most));
}

double beyond_spells(std::size_t before) {
  if (before == 0 || before >= kEnoughRows) return kBeyondSpells;
  return kBeyondSpells *
         std::sqrt(static_cast<double>(kEnoughRows) / static_cast<double>(before));
}

double usual_spell(std::vector<double> stretches) {
  if (stretches.empty()) return 0;
  std::sort(stretches.begin(), stretches.end(), std::greater<>());
  return stretches[stretches.size() / 10];
}

double least_chance(std::size_t before, std::size_t now) {
  if (before == 0 || now == 0) return 1;
  return std::min(1.0, 2 * chance_beyond(before, now, 1, now));
}

}  // namespace nines::rca
