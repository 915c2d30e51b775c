// An exact sum of fractions: the mean of slice ratios, compared with a target without rounding.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/decimal.hpp"

namespace nines::slo {

/// Adds good/total fractions, each between 0 and 1.
class RatioSum {
 public:
  /// `total` must not be 0, `good` must not exceed it.
  void add(std::uint64_t good, std::uint64_t total);
  /// `count` fractions that are exactly 1, or exactly 0.
  void add_whole(std::uint64_t count);
  void add_zero(std::uint64_t count) { count_ += count; }

  std::uint64_t count() const { return count_; }
  double sum() const;
  /// sum/count >= target, exactly; count must not be 0.
  bool mean_at_least(const Ratio& target) const;

 private:
  friend class WeightedShortfall;
  std::uint64_t count_ = 0;
  std::uint64_t whole_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> parts_;  ///< those strictly between 0 and 1
};

/// One part of a weighted sum of shortfalls; `ratios` must not be empty, `weight` not negative.
struct WeightedMean {
  Decimal weight;
  const RatioSum* ratios = nullptr;
};

/// sum of weight x (1 - mean) <= allowance, exactly.
bool shortfall_within(std::span<const WeightedMean> means, const Ratio& allowance);

/// bad / (total x allowance): the share of one member's budget that is spent, with its weight.
struct WeightedShare {
  Decimal weight;
  std::uint64_t bad = 0;
  std::uint64_t total = 0;  ///< not 0
  Ratio allowance;          ///< not 0
};

/// sum of weight x share <= 1, exactly. Weights must not be negative.
bool within_one(std::span<const WeightedShare> shares);

}  // namespace nines::slo
