// The cheapest way to cut a series into segments.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nines::rca {

/// A stretch of a series described by its mean, or by a line.
struct SegmentFit {
  double level = 0;  ///< at its middle
  double slope = 0;  ///< per value; 0 for a mean
  double squares = 0;
};

/// Costs of stretches in constant time, from running sums.
class SegmentCosts {
 public:
  SegmentCosts(const std::vector<double>& values, bool lines);
  std::size_t size() const { return sums_.size() - 1; }
  /// Of values [from, to), at least one.
  SegmentFit fit(std::size_t from, std::size_t to) const;
  /// Its squares alone: asked for every pair of places.
  double cost(std::size_t from, std::size_t to) const {
    const auto n = static_cast<double>(to - from);
    const double sum = sums_[to] - sums_[from];
    double squares = squares_[to] - squares_[from] - sum * sum / n;
    if (lines_ && to - from > 1) {
      const double moment = along(from, to);
      squares -= moment * moment / around_middle(n);
    }
    return std::max(0.0, squares);
  }

 private:
  /// Sum of each value times its place, counted from the middle.
  double along(std::size_t from, std::size_t to) const {
    const double middle = (static_cast<double>(from) + static_cast<double>(to) - 1) / 2;
    return moments_[to] - moments_[from] - middle * (sums_[to] - sums_[from]);
  }
  /// Sum of the squares of n places, counted from the middle.
  static double around_middle(double n) { return n * (n * n - 1) / 12; }

  bool lines_;
  std::vector<double> sums_, squares_, moments_;
};

/// First values of all segments but the first, ascending.
std::vector<std::size_t> cheapest_partition(const SegmentCosts& costs, double penalty,
                                            std::size_t least_segment);

}  // namespace nines::rca
