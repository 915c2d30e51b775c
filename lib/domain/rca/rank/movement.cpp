// Scores of columns by themselves, without a symptom.
#include "domain/rca/rank/movement.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>

namespace nines::rca {
namespace {

/// A power of two near the largest value of both; 1 when all are 0 or missing.
double unit_of(const PairedColumn& column) {
  double largest = 0;
  for (const auto* values : {&column.before, &column.now})
    for (const double value : *values)
      if (!std::isnan(value)) largest = std::max(largest, std::abs(value));
  if (largest == 0) return 1;
  int exponent = 0;
  std::frexp(largest, &exponent);
  // Both ends of the range of exponents have their own units that can be divided by.
  return std::ldexp(1.0, std::clamp(exponent, -1000, 1000));
}

void divide_all(std::vector<double>& values, double unit) {
  for (double& value : values) value /= unit;
}

double counted_deviation(double deviation) { return settled(std::min(deviation, kMostDeviation)); }

/// Deviation in spreads; a column that was always 0 has none, and any value is an outlier.
double deviation_of(const Baseline& baseline, double value) {
  const double spread = baseline.spread(kLevelFloor);
  if (spread > 0) return std::abs(value - baseline.median) / spread;
  return value == baseline.median ? 0 : kOutlier;
}

bool rarely(std::size_t measured, std::size_t rows) {
  return static_cast<double>(measured) < kHeldShare * static_cast<double>(rows);
}

double steady_of(const Baseline& baseline, const std::vector<double>& now) {
  const double spread =
      std::max({baseline.deviation, kSteadyFloor * std::abs(baseline.mean), baseline.step});
  if (!(spread > 0)) return 0;
  std::vector<double> deviations;
  for (const double value : now) deviations.push_back(std::abs(value - baseline.mean) / spread);
  return counted_deviation(held(std::move(deviations)));
}

}  // namespace

std::vector<PairedColumn> pair_columns(const MetricTable& before, const MetricTable& now) {
  std::map<MetricName, PairedColumn> by_name;
  for (const auto& column : before.columns) {
    auto& pair = by_name[column.name];
    pair.before = column.values;
    pair.baseline.step = column.step;
  }
  for (const auto& column : now.columns) by_name[column.name].now = column.values;
  std::vector<PairedColumn> columns;
  columns.reserve(by_name.size());
  for (auto& [name, column] : by_name) {
    column.name = name;
    column.unit = unit_of(column);
    divide_all(column.before, column.unit);
    divide_all(column.now, column.unit);
    const double step = column.baseline.step / column.unit;
    column.baseline = baseline_of(column.before);
    column.baseline.step = step;
    columns.push_back(std::move(column));
  }
  return columns;
}

Movement movement_of(const PairedColumn& column) {
  Movement movement;
  const auto now = present(column.now);
  if (now.empty()) return movement;
  const auto& baseline = column.baseline;
  if (baseline.count == 0) {
    movement.kind = Movement::Kind::no_baseline;
    return movement;
  }
  if (rarely(now.size(), column.now.size()) || rarely(baseline.count, column.before.size())) {
    movement.kind = Movement::Kind::too_rare;
    return movement;
  }
  std::size_t beyond = 0;
  std::vector<double> deviations;
  for (std::size_t row = 0; row < column.now.size(); ++row) {
    if (std::isnan(column.now[row])) continue;
    deviations.push_back(settled(deviation_of(baseline, column.now[row])));
    if (deviations.back() < kOutlier) continue;
    ++beyond;
    if (!movement.onset) movement.onset = row;
  }
  movement.share = static_cast<double>(beyond) / static_cast<double>(now.size());
  const double deviation = held(deviations);
  const auto at = std::find(deviations.begin(), deviations.end(), deviation);
  movement.reached = now[static_cast<std::size_t>(at - deviations.begin())] * column.unit;
  movement.score = counted_deviation(deviation);
  movement.kind = Movement::Kind::measured;
  if (baseline.always_zero()) {
    movement.kind = Movement::Kind::from_zero;
    movement.score = movement.steady = settled(kOutlier * movement.share);
  } else {
    movement.steady = steady_of(baseline, now);
  }
  return movement;
}

std::vector<double> stretch_deviations(const PairedColumn& column,
                                       const std::vector<double>& values, std::size_t rows,
                                       std::size_t step) {
  std::vector<double> stretches;
  std::vector<double> deviations;
  for (std::size_t from = 0; from + rows <= values.size(); from += step) {
    deviations.clear();
    for (std::size_t row = from; row < from + rows; ++row)
      if (!std::isnan(values[row]))
        deviations.push_back(deviation_of(column.baseline, values[row]));
    const bool unknown = deviations.empty() || column.baseline.count == 0;
    stretches.push_back(unknown ? 0 : counted_deviation(held(deviations)));
  }
  return stretches;
}

std::string short_number(double value) { return fmt::format("{:.4g}", value); }

std::string describe(const PairedColumn& column, const Movement& movement,
                     const std::vector<std::string>& times) {
  auto metric = column.name.metric;
  if (!column.name.statistic.empty()) metric += " " + column.name.statistic;
  switch (movement.kind) {
    case Movement::Kind::no_data:
      return metric + " was not measured";
    case Movement::Kind::no_baseline:
      return metric + " has no baseline: it was not measured before";
    case Movement::Kind::too_rare:
      return fmt::format("{} was measured in less than {:.0f} % of rows", metric, 100 * kHeldShare);
    case Movement::Kind::from_zero:
      if (movement.share == 0) return metric + " stayed 0";
      return fmt::format("{} was always 0, and is not in {:.0f} % of rows, from {}", metric,
                         100 * movement.share, times[*movement.onset]);
    case Movement::Kind::measured:
      break;
  }
  const double before = column.baseline.median * column.unit;
  auto text = fmt::format("{} {} from {} to {}, {} usual spreads", metric,
                          movement.reached < before ? "fell" : "rose", short_number(before),
                          short_number(movement.reached), short_number(movement.score));
  if (movement.score == 0) text = fmt::format("{} stayed at {}", metric, short_number(before));
  if (movement.onset)
    text += fmt::format("; beyond {:.0f} in {:.0f} % of rows, from {}", kOutlier,
                        100 * movement.share, times[*movement.onset]);
  return text;
}

}  // namespace nines::rca
