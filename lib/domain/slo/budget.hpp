// The error budget: how much of it there was, what was spent, and how fast.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "domain/slo/tally.hpp"

namespace nines::slo {

/// Against the units counted so far; nothing is clamped, an overspent budget is negative.
struct Budget {
  bool none = false;                ///< a target of 100 % has no budget
  std::uint64_t allowed = 0;        ///< floor(total x (1 - target)), in units
  double bad = 0;                   ///< units; a whole number but for RatioTimeslices
  std::int64_t remaining = 0;       ///< allowed - bad, rounded down
  std::optional<double> share;      ///< 1 - bad / (total x (1 - target)); empty without data
  Micros whole{0};                  ///< (1 - target) x length of the window
  std::optional<Micros> time_left;  ///< share x whole
};

Budget budget_of(const Tally& tally, const Ratio& target, Micros window_length);

/// Error rate over what the budget allows: 1 spends the budget in exactly one window. Empty without
/// data and for a target of 100 %: undefined is neither 0 nor infinite.
std::optional<double> burn_rate(const Tally& tally, const Ratio& target);

/// 5m 30m 1h 2h 6h 1d 3d.
inline constexpr std::array<std::chrono::minutes, 7> kBurnWindows = {
    std::chrono::minutes{5},   std::chrono::minutes{30},  std::chrono::minutes{60},
    std::chrono::minutes{120}, std::chrono::minutes{360}, std::chrono::minutes{1440},
    std::chrono::minutes{4320}};

struct Burn {
  std::chrono::minutes window{0};
  std::uint64_t total = 0;
  double bad = 0;
  std::optional<double> rate;
  std::optional<double> spends;  ///< share of a whole budget that the window spent: rate x w / P
};

/// Burn over each standard window that ends at `to`; windows shorter than a slice have no rate.
std::vector<Burn> burn_rates(const Measure& measure, const Ratio& target, std::int64_t to,
                             Micros window_length);

}  // namespace nines::slo
