// Optimal partitioning with pruning, for means and for lines.
#include "domain/rca/changepoints/partition.hpp"

#include <algorithm>
#include <limits>

namespace nines::rca {

SegmentCosts::SegmentCosts(const std::vector<double>& values, bool lines) : lines_(lines) {
  sums_.push_back(0);
  squares_.push_back(0);
  moments_.push_back(0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums_.push_back(sums_.back() + values[i]);
    squares_.push_back(squares_.back() + values[i] * values[i]);
    moments_.push_back(moments_.back() + static_cast<double>(i) * values[i]);
  }
}

SegmentFit SegmentCosts::fit(std::size_t from, std::size_t to) const {
  const auto n = static_cast<double>(to - from);
  const double sum = sums_[to] - sums_[from];
  SegmentFit fit;
  fit.level = sum / n;
  fit.squares = std::max(0.0, squares_[to] - squares_[from] - sum * fit.level);
  if (!lines_ || to - from < 2) return fit;
  fit.slope = along(from, to) / around_middle(n);
  fit.squares = std::max(0.0, fit.squares - along(from, to) * fit.slope);
  return fit;
}

std::vector<std::size_t> cheapest_partition(const SegmentCosts& costs, double penalty,
                                            std::size_t least_segment) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const std::size_t n = costs.size();
  std::vector<double> best(n + 1, kInfinite);
  std::vector<std::size_t> last(n + 1, 0);
  best[0] = -penalty;
  /// A start of the last segment; once beaten it stays for one more least segment, because the one
  /// that beat it cannot be used before.
  struct Start {
    std::size_t at;
    std::size_t until;
  };
  std::vector<Start> starts = {{0, std::numeric_limits<std::size_t>::max()}};
  std::vector<double> without;  // a cut at the end of it
  for (std::size_t end = least_segment; end <= n; ++end) {
    if (end >= 2 * least_segment)
      starts.push_back({end - least_segment, std::numeric_limits<std::size_t>::max()});
    without.resize(starts.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
      without[i] = best[starts[i].at] + costs.cost(starts[i].at, end);
      if (without[i] + penalty >= best[end]) continue;
      best[end] = without[i] + penalty;
      last[end] = starts[i].at;
    }
    for (std::size_t i = 0; i < starts.size(); ++i)
      if (starts[i].until > n && without[i] > best[end]) starts[i].until = end + least_segment;
    std::erase_if(starts, [&](const Start& start) { return start.until <= end; });
  }
  std::vector<std::size_t> points;
  if (n < least_segment) return points;
  for (std::size_t at = last[n]; at > 0; at = last[at]) points.push_back(at);
  std::reverse(points.begin(), points.end());
  return points;
}

}  // namespace nines::rca
