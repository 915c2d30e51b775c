// A pattern that a series repeats, such as its day or its year, so that its turns are no changes.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace nines::rca {

/// A season is believed when it was seen so often, and when values one and two seasons apart agree
/// so well: at 0.5 it carries as much of the variance as all else together.
inline constexpr std::size_t kLeastSeasons = 4;
inline constexpr double kSeasonAgreement = 0.5;
/// Shorter ones cannot make a segment.
inline constexpr std::size_t kShortestSeason = 5;

struct Season {
  std::size_t length = 0;       ///< in values
  std::vector<double> without;  ///< the series with the season taken out; its level stays
};

/// By the autocorrelation around the line of the whole; the pattern is the median of each place in
/// it, around moving means of one season (classical decomposition, Macaulay 1931).
std::optional<Season> find_season(const std::vector<double>& values);

}  // namespace nines::rca
