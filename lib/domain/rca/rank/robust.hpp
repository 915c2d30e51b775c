// What a column was like before, by measures that no single value and no unit can move.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nines::rca {

/// The spread of a column never counts as less than this share of its level. It bears no unit, so
/// a column scores the same in bytes and in megabytes. Ranking services: any share from 0.01 to 0.5
/// is known to find the same first service on 50 labelled faults; 0.05 lies in the middle.
inline constexpr double kLevelFloor = 0.05;
/// The same where the baseline's own windows decide what is unusual, and the floor only keeps a
/// spread of nothing from dividing: the smallest share of that range.
inline constexpr double kWindowFloor = 0.01;
/// The same under a standard deviation, which ranks the metrics inside one service: a page of
/// memory more or less in an idle process must not outweigh its processor. Settled on 20 faults,
/// where 0.0003 to 0.001 name the same metrics.
inline constexpr double kSteadyFloor = 0.001;
/// A deviation counts when it is held by this share of the rows: one spike in ten rows is none.
inline constexpr double kHeldShare = 0.1;
/// The usual limit of a robust z: beyond it a value is an outlier (Iglewicz and Hoaglin use 3.5).
inline constexpr double kOutlier = 3;
/// What is asked where a baseline is too short to tell how rare a deviation is.
inline constexpr double kFarOutside = 5;
/// No deviation counts more than this: beyond it a baseline that hardly moved makes all alike.
inline constexpr double kMostDeviation = 1e12;

/// Linear interpolation between order statistics; `sorted` is not empty.
double quantile_of(std::span<const double> sorted, double share);
double median_of(std::vector<double> values);

struct Baseline {
  std::size_t count = 0;  ///< rows with a value; the rest is 0 without one
  double median = 0;
  double iqr = 0;
  double low = 0, high = 0;
  double mean = 0;
  double deviation = 0;  ///< standard deviation of the population
  double step = 0;       ///< the smallest difference that says anything, where that is known

  /// A column that was 0 in every row has no scale of its own, unless its step is known.
  bool always_zero() const { return count > 0 && low == 0 && high == 0 && step == 0; }
  /// max(IQR, floor * |median|, step), else the range; 0 for a column that was always 0.
  double spread(double floor) const;
};
Baseline baseline_of(const std::vector<double>& values);

/// Scores are compared to nine digits, and below 1e-9 they are 0: a change of unit rounds
/// differently beyond that.
double settled(double value);

/// What is left of `values` without NaN.
std::vector<double> present(const std::vector<double>& values);
/// The value that `kHeldShare` of `values` reach or exceed: the largest of few. Not empty.
double held(std::vector<double> values);

}  // namespace nines::rca
