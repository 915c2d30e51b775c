// Which series tend to move some time after which others: weak evidence of a dependency.
#pragma once

#include <cstddef>
#include <vector>

namespace nines::rca {

/// Lags of 1 to this many rows are tried; the best counts as so many tests.
inline constexpr std::size_t kMostLag = 10;
/// Shorter series say nothing about lags.
inline constexpr std::size_t kLeastLagRows = 100;
inline constexpr double kLagShare = 0.05;
/// Shifts of one series against the other that show what correlation comes by itself, at most.
inline constexpr std::size_t kMostShifts = 400;

struct LaggedPair {
  std::size_t leader = 0, follower = 0;  ///< places of the series
  std::size_t lag = 0;                   ///< rows by which the follower moves later
  double correlation = 0;                ///< Spearman's, of steps from row to row
  double p = 1;                          ///< one-sided, times the lags tried
  double q = 1;                          ///< after Benjamini and Hochberg, over both ways of each pair
};

/// Series of one length and one time per row; NaN where nothing was measured. Correlated are the
/// ranks of the steps from row to row, so that levels and slow waves that all share say nothing.
/// How far a correlation is from chance is told by turning one series against the other, which
/// keeps what each does by itself (a circular shift; the spread of those correlations is the
/// standard error). A pair counts one way only, and only where its best lag beats moving at once.
/// Pairs with q at most kLagShare, the strongest first. Quadratic in the series.
std::vector<LaggedPair> find_lagged(const std::vector<std::vector<double>>& series);

}  // namespace nines::rca
