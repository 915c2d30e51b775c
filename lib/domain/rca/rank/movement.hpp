// How far each column moved from its baseline, in usual spreads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"
#include "domain/rca/rank/robust.hpp"

namespace nines::rca {

/// One column before and now. Values are divided by `unit`, a power of two near the largest of
/// them, so that no square overflows and nothing is rounded.
struct PairedColumn {
  MetricName name;
  std::vector<double> before, now;
  double unit = 1;
  Baseline baseline;
};

/// Every column of either table once, by name; a column that one of them lacks is empty there.
std::vector<PairedColumn> pair_columns(const MetricTable& before, const MetricTable& now);

struct Movement {
  enum class Kind {
    measured,
    from_zero,  ///< 0 in every row before: no scale, so it scores by the share of rows that differ
    no_baseline,  ///< measured only now
    no_data,      ///< not measured now
    too_rare,     ///< measured in less than kHeldShare of the rows, before or now
  };
  Kind kind = Kind::no_data;
  /// Held deviation in usual spreads, by median and IQR: ranks services. A column from zero scores
  /// kOutlier times the share of rows that differ.
  double score = 0;
  /// The same by mean and standard deviation: ranks the metrics inside one service.
  double steady = 0;
  double reached = 0;                ///< the value at that deviation, as measured
  double share = 0;                  ///< rows now that lie beyond kOutlier spreads
  std::optional<std::size_t> onset;  ///< the first such row
};

Movement movement_of(const PairedColumn& column);

/// The held deviation of each stretch of `rows` rows that begins `step` rows after the one before,
/// in usual spreads; 0 where nothing was measured.
std::vector<double> stretch_deviations(const PairedColumn& column,
                                       const std::vector<double>& values, std::size_t rows,
                                       std::size_t step);

/// "cpu rose from 1.25 to 99.9, 176 usual spreads": what a person reads. `times` are those of the
/// rows now.
std::string describe(const PairedColumn& column, const Movement& movement,
                     const std::vector<std::string>& times);

/// Four significant digits.
std::string short_number(double value);

}  // namespace nines::rca
