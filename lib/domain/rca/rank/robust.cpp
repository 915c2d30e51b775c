// Order statistics of a column, and its spread without units.
#include "domain/rca/rank/robust.hpp"

#include <algorithm>
#include <cmath>

#include "domain/rca/rank/metric_table.hpp"

namespace nines::rca {

std::string to_string(const MetricName& name) {
  auto text = name.service + "|" + name.metric;
  if (!name.statistic.empty()) text += "|" + name.statistic;
  return text;
}

double quantile_of(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, sorted.size() - 1);
  // As a mean of both, so that no difference of far values overflows.
  const double part = place - static_cast<double>(below);
  if (sorted[below] == sorted[above]) return sorted[below];
  return sorted[below] * (1 - part) + sorted[above] * part;
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, 0.5);
}

std::vector<double> present(const std::vector<double>& values) {
  std::vector<double> found;
  found.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(found),
               [](double value) { return !std::isnan(value); });
  return found;
}

double held(std::vector<double> values) {
  const auto place = std::min(
      values.size() - 1, static_cast<std::size_t>(kHeldShare * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end(), std::greater<>());
  return *at;
}

double settled(double value) {
  constexpr double kNothing = 1e-9;
  if (std::abs(value) < kNothing) return 0;
  if (!std::isfinite(value)) return value;
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  constexpr double kSteps = 1 << 30;
  return std::ldexp(std::nearbyint(mantissa * kSteps) / kSteps, exponent);
}

double Baseline::spread(double floor) const {
  const double level = std::max({iqr, floor * std::abs(median), step});
  return level > 0 ? level : high - low;
}

Baseline baseline_of(const std::vector<double>& values) {
  Baseline baseline;
  auto sorted = present(values);
  if (sorted.empty()) return baseline;
  std::sort(sorted.begin(), sorted.end());
  baseline.count = sorted.size();
  baseline.median = quantile_of(sorted, 0.5);
  baseline.iqr = quantile_of(sorted, 0.75) - quantile_of(sorted, 0.25);
  baseline.low = sorted.front();
  baseline.high = sorted.back();
  const auto n = static_cast<double>(sorted.size());
  double sum = 0;
  for (const double value : sorted) sum += value / n;
  baseline.mean = sum;
  double squares = 0;
  for (const double value : sorted) squares += (value - sum) * (value - sum) / n;
  baseline.deviation = std::sqrt(squares);
  return baseline;
}

}  // namespace nines::rca
