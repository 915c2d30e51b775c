// Where a series changed its level, or its trend when it has one, with the size and the chance.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nines::rca {

/// Optimal partitioning of the standardised series with the sum of squares as cost (Jackson et al.
/// 2005, pruned as Killick et al. 2012), after a season is taken out (season.hpp). One setting for
/// all series:
/// a change must be worth this many times ln n; the usual criterion asks 1 to 3 for independent
/// values, and measurements that follow one another ask for more,
inline constexpr double kChangePenalty = 8;
/// and a segment is no shorter than this: fewer values are a spike. One or two values that stand
/// alone are taken out beforehand, because their squares would hide a step.
inline constexpr std::size_t kLeastSegment = 5;
/// The standardised series costs at most n, and a change 8 ln n: below this many values none could
/// ever be found.
inline constexpr std::size_t kLeastValues = 27;
/// One step in the middle leaves a line a quarter of the variance around the level, and any other
/// step leaves more: only below that the series has a trend, and segments are lines.
inline constexpr double kTrendShare = 0.25;
/// A found change is kept when both sides differ by this test, and by this many standard deviations
/// inside them (a medium effect by Cohen's convention).
inline constexpr double kChangeChance = 0.01;
inline constexpr double kLeastEffect = 0.5;
/// What a change counts for between two segments without any spread.
inline constexpr double kMostEffect = 1e6;

struct ChangePoint {
  std::size_t index = 0;  ///< the first value of the new segment
  /// Change over the standard deviation inside both segments, with its sign: of the mean, or of the
  /// new segment from where the old line would have gone.
  double effect = 0;
  double p = 1;  ///< Welch's t-test of both means, or Chow's F-test of both lines, two-sided
  double before = 0, after = 0;  ///< means of both segments, or where old and new line stand there
};

struct ChangePoints {
  enum class Shape { level, trend };
  Shape shape = Shape::level;
  bool too_short = false;  ///< fewer than kLeastValues: nothing can be said
  std::vector<ChangePoint> points;
  std::string because;  ///< how it was decided, with its figures
};

ChangePoints find_change_points(const std::vector<double>& values);

}  // namespace nines::rca
