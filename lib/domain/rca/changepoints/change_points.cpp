// Levels or lines, the cheapest cuts, and a test of each cut.
#include "domain/rca/changepoints/change_points.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/stats.hpp"
#include "domain/rca/changepoints/partition.hpp"
#include "domain/rca/changepoints/season.hpp"

namespace nines::rca {
namespace {

/// What of a series is rounding: squares below this share of it are none.
constexpr double kRounding = 1e-20;
/// How many median distances from its neighbours a value alone may lie: 10 are 7 standard deviations
/// of a normal one.
constexpr double kSpike = 10;
/// A series that differs from its level by less than this share of it is constant.
constexpr double kSameLevel = 1e-13;

/// Divides by a power of two near the largest value, so that squares do not overflow; gives it.
double shrink_to_unit(std::vector<double>& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  if (largest == 0) return 1;
  int exponent = 0;
  std::frexp(largest, &exponent);
  const double unit = std::ldexp(1.0, std::clamp(exponent, -1000, 1000));
  for (double& value : values) value /= unit;
  return unit;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// A series without its level and its unit, so that no square overflows and that little noise on a
/// high level is not rounded away: written = value * unit + level.
struct Scaled {
  std::vector<double> values;
  double unit = 1, level = 0;

  explicit Scaled(const std::vector<double>& written) : values(written) {
    const double large = shrink_to_unit(values);
    const double mean = mean_of(values);
    double largest = 0;
    for (double& value : values) {
      value -= mean;
      largest = std::max(largest, std::abs(value));
    }
    if (largest < kSameLevel) std::fill(values.begin(), values.end(), 0);
    unit = large * shrink_to_unit(values);
    level = large * mean;
  }
};

/// The series with the median of five in the place of each value that stands alone: further from it
/// than kSpike usual distances (Hampel 1974). Two such values in a row are half a least segment, and
/// no level; their squares would hide one.
std::vector<double> without_spikes(const std::vector<double>& values) {
  constexpr std::size_t kBeside = 2;
  std::vector<double> medians, away;
  std::vector<double> window;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t from = i < kBeside ? 0 : i - kBeside;
    const std::size_t to = std::min(values.size(), i + kBeside + 1);
    window.assign(values.begin() + static_cast<std::ptrdiff_t>(from),
                  values.begin() + static_cast<std::ptrdiff_t>(to));
    const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
    std::nth_element(window.begin(), middle, window.end());
    medians.push_back(*middle);
    away.push_back(std::abs(values[i] - *middle));
  }
  auto sorted = away;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const double most = kSpike * *middle;
  if (most == 0) return values;  // mostly one value: what differs may be all there is
  auto kept = values;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (away[i] > most) kept[i] = medians[i];
  return kept;
}

/// Residuals around the level or the line of the whole, over their standard deviation.
std::vector<double> standardised(const std::vector<double>& values, bool line) {
  const SegmentFit fit = SegmentCosts(values, line).fit(0, values.size());
  const auto n = static_cast<double>(values.size());
  std::vector<double> residuals;
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double place = static_cast<double>(i) - (n - 1) / 2;
    residuals.push_back(values[i] - fit.level - fit.slope * place);
    squares += residuals.back() * residuals.back();
  }
  const double deviation = std::sqrt(squares / n);
  for (double& value : residuals) value = deviation > 0 ? value / deviation : 0;
  return residuals;
}

struct Cut {
  std::size_t from, at, to;
};

ChangePoint of_levels(const SegmentCosts& costs, const Cut& cut) {
  const auto left = costs.fit(cut.from, cut.at), right = costs.fit(cut.at, cut.to);
  const auto n = static_cast<double>(cut.at - cut.from), m = static_cast<double>(cut.to - cut.at);
  ChangePoint point{cut.at, 0, 1, left.level, right.level};
  const double change = right.level - left.level;
  const double inside = std::sqrt((left.squares + right.squares) / (n + m - 2));
  point.effect = inside > 0 ? change / inside : std::copysign(kMostEffect, change);
  const double a = left.squares / (n - 1) / n, b = right.squares / (m - 1) / m;
  if (a + b > 0)
    point.p = stats::student_two_sided(change / std::sqrt(a + b),
                                       (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1)));
  else
    point.p = change == 0 ? 1 : 0;
  return point;
}

ChangePoint of_lines(const SegmentCosts& costs, const Cut& cut) {
  const auto left = costs.fit(cut.from, cut.at), right = costs.fit(cut.at, cut.to);
  const double whole = costs.cost(cut.from, cut.to), parts = left.squares + right.squares;
  const auto n = static_cast<double>(cut.to - cut.from);
  const double left_middle = (static_cast<double>(cut.from + cut.at) - 1) / 2;
  const double right_middle = (static_cast<double>(cut.at + cut.to) - 1) / 2;
  const auto at = static_cast<double>(cut.at);
  ChangePoint point{cut.at, 0, 1, left.level + left.slope * (at - left_middle),
                    right.level + right.slope * (at - right_middle)};
  const double change = right.level - (left.level + left.slope * (right_middle - left_middle));
  const double inside = std::sqrt(parts / (n - 4));
  point.effect = inside > 0 ? change / inside : std::copysign(kMostEffect, change);
  point.p = parts > 0 ? stats::f_above((whole - parts) / 2 / (parts / (n - 4)), 2, n - 4)
                      : (whole > 0 ? 0 : 1);
  return point;
}

struct Description {
  bool lines;
  std::vector<double> series;
  SegmentCosts costs;
  std::vector<std::size_t> cuts;

  Description(const std::vector<double>& values, bool with_lines)
      : lines(with_lines), series(standardised(values, with_lines)), costs(series, with_lines) {
    const double penalty = kChangePenalty * std::log(static_cast<double>(values.size()));
    cuts = cheapest_partition(costs, penalty, kLeastSegment);
  }

  std::vector<ChangePoint> points(const SegmentCosts& measured) const {
    std::vector<ChangePoint> found;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      const Cut cut{i == 0 ? 0 : cuts[i - 1], cuts[i],
                    i + 1 < cuts.size() ? cuts[i + 1] : costs.size()};
      found.push_back(lines ? of_lines(measured, cut) : of_levels(measured, cut));
    }
    return found;
  }

  /// Drops the least certain cut that the test does not confirm, until all are confirmed.
  void confirm(const SegmentCosts& measured) {
    while (true) {
      const auto found = points(measured);
      std::size_t worst = found.size();
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i].p <= kChangeChance && std::abs(found[i].effect) >= kLeastEffect) continue;
        if (worst == found.size() || found[i].p > found[worst].p) worst = i;
      }
      if (worst == found.size()) return;
      cuts.erase(cuts.begin() + static_cast<std::ptrdiff_t>(worst));
    }
  }

  /// Bayes' information criterion: squares around the segments, and what describes them.
  double criterion(const std::vector<double>& values) const {
    const SegmentCosts measured(values, lines);
    double squares = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
      const std::size_t to = i < cuts.size() ? cuts[i] : values.size();
      squares += measured.cost(from, to);
      from = to;
    }
    const auto n = static_cast<double>(values.size());
    const auto segments = static_cast<double>(cuts.size() + 1);
    const double figures = segments * (lines ? 3 : 2) - 1;
    return n * std::log(std::max(squares, kRounding * n) / n) + figures * std::log(n);
  }
};

bool has_trend(const std::vector<double>& values, double level, double line) {
  return level > kRounding * static_cast<double>(values.size()) && line < kTrendShare * level;
}

}  // namespace

ChangePoints find_change_points(const std::vector<double>& given) {
  ChangePoints found;
  if (given.size() < kLeastValues) {
    found.too_short = true;
    found.because = fmt::format("{} values: fewer than {} can show no change by this method",
                                given.size(), kLeastValues);
    return found;
  }
  const Scaled scaled(given);
  auto values = without_spikes(scaled.values);
  std::string season_text;
  if (auto season = find_season(values)) {
    values = std::move(season->without);
    season_text = fmt::format("a season of {} values taken out; ", season->length);
  }
  const double around_level = SegmentCosts(values, false).cost(0, values.size());
  const double around_line = SegmentCosts(values, true).cost(0, values.size());
  Description best(values, false);
  if (has_trend(values, around_level, around_line)) {
    Description lines(values, true);
    if (lines.criterion(values) < best.criterion(values)) best = std::move(lines);
  }
  found.shape = best.lines ? ChangePoints::Shape::trend : ChangePoints::Shape::level;
  const SegmentCosts measured(values, best.lines);
  best.confirm(measured);
  found.points = best.points(measured);
  for (auto& point : found.points) {
    point.before = point.before * scaled.unit + scaled.level;
    point.after = point.after * scaled.unit + scaled.level;
  }
  found.because = fmt::format(
      "{}optimal partitioning into {}, penalty {:.0f} ln n, segments of {} or more, each change "
      "confirmed by {} at p {} and {} standard deviations",
      season_text, best.lines ? "lines" : "levels", kChangePenalty, kLeastSegment,
      best.lines ? "Chow's F-test" : "Welch's t-test", kChangeChance, kLeastEffect);
  return found;
}

}  // namespace nines::rca
