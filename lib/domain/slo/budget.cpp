// Budget arithmetic; slo-math: budget = (1 - target) x total, burn = error rate / (1 - target).
#include "domain/slo/budget.hpp"

#include <cmath>

#include "base/wide.hpp"

namespace nines::slo {
namespace {

std::int64_t whole_units_left(const Tally& tally, std::uint64_t allowed, double exact_allowed) {
  if (tally.ratios) return static_cast<std::int64_t>(std::floor(exact_allowed - tally.bad_units()));
  return static_cast<std::int64_t>(static_cast<Wide>(allowed) - (tally.total - tally.good));
}

Micros scaled(Micros length, double factor) {
  return Micros{std::llround(static_cast<double>(length.count()) * factor)};
}

}  // namespace

Budget budget_of(const Tally& tally, const Ratio& target, Micros window_length) {
  const auto allowance = target.complement();
  Budget budget;
  budget.none = allowance.num() == 0;
  budget.bad = tally.bad_units();
  budget.allowed = allowance.floor_of(tally.total);
  const double exact = allowance.to_double() * static_cast<double>(tally.total);
  budget.remaining = whole_units_left(tally, budget.allowed, exact);
  budget.whole = scaled(window_length, allowance.to_double());
  if (budget.none || tally.empty()) return budget;
  budget.share = 1 - budget.bad / exact;
  budget.time_left = scaled(budget.whole, *budget.share);
  return budget;
}

std::optional<double> burn_rate(const Tally& tally, const Ratio& target) {
  const auto allowance = target.complement();
  if (tally.empty() || allowance.num() == 0) return std::nullopt;
  return tally.bad_units() / static_cast<double>(tally.total) / allowance.to_double();
}

std::vector<Burn> burn_rates(const Measure& measure, const Ratio& target, std::int64_t to,
                             Micros window_length) {
  std::vector<Burn> burns;
  burns.reserve(kBurnWindows.size());
  for (const auto window : kBurnWindows) {
    Burn burn{window, 0, 0, std::nullopt, std::nullopt};
    if (!measure.in_slices() || window >= measure.slice) {
      const auto counted = tally(measure, to - window.count(), to);
      burn.total = counted.total;
      burn.bad = counted.bad_units();
      burn.rate = burn_rate(counted, target);
    }
    if (burn.rate && window_length.count() > 0)
      burn.spends = *burn.rate * static_cast<double>(Micros{window}.count()) /
                    static_cast<double>(window_length.count());
    burns.push_back(burn);
  }
  return burns;
}

}  // namespace nines::slo
