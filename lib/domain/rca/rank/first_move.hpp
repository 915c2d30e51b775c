// When each service first left its baseline for good: the onsets that a cascade is read from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"

namespace nines::rca {

/// A movement is held by at least half of so many rows: one row alone is a spike.
inline constexpr std::size_t kHeldRows = 5;

struct FirstMove {
  MetricName name;
  std::size_t row = 0;               ///< of `now`
  std::optional<std::size_t> still;  ///< the row before it that was measured, and usual
  double spreads = 0;                ///< the most that was held so, in usual spreads
};

/// Per service, by name, the earliest movement of its columns in `now`; none for a service that did
/// not move. Columns whose name tells a harmful direction are asked in that direction, and where a
/// service has such, only those. A movement must reach kOutlier spreads, more than anything that the
/// baseline held, and what calibration.hpp asks beyond its usual spells; it begins with the first
/// row that is beyond the baseline's and from which it is held.
std::vector<FirstMove> first_moves(const MetricTable& before, const MetricTable& now);

}  // namespace nines::rca
