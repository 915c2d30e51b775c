// Tallies the parts of a window.
#include "domain/slo/trend.hpp"

#include <algorithm>

#include "domain/slo/budget.hpp"

namespace nines::slo {

std::vector<std::int64_t> even_edges(std::int64_t from, std::int64_t to, int parts,
                                     std::int64_t grain) {
  const auto slices = std::max<std::int64_t>(0, (to - from) / std::max<std::int64_t>(grain, 1));
  const auto count = std::min<std::int64_t>(std::max(parts, 1), slices);
  std::vector<std::int64_t> edges{from};
  for (std::int64_t i = 1; i <= count; ++i) edges.push_back(from + slices * i / count * grain);
  if (count > 0) edges.back() = to;
  return edges;
}

std::vector<std::optional<double>> burn_trend(const Measure& measure, const Ratio& target,
                                              std::int64_t from, std::int64_t to, int parts) {
  const auto edges = even_edges(from, to, parts, measure.in_slices() ? measure.slice.count() : 1);
  std::vector<std::optional<double>> trend;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    trend.push_back(burn_rate(tally(measure, edges[i], edges[i + 1]), target));
  return trend;
}

std::vector<std::optional<double>> burn_down(const Measure& measure, double budget,
                                             std::span<const std::int64_t> edges) {
  std::vector<std::optional<double>> left;
  double bad = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (i > 0) bad += tally(measure, edges[i - 1], edges[i]).bad_units();
    left.push_back(budget > 0 ? std::optional(1 - bad / budget) : std::nullopt);
  }
  return left;
}

}  // namespace nines::slo
