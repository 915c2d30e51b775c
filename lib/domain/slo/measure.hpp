// One series as an objective counts it: its method, what missing data means, what does not count.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/decimal.hpp"
#include "domain/series/counts.hpp"
#include "domain/slo/model.hpp"

namespace nines::slo {

/// Minutes [from, to) since the epoch.
struct MinuteSpan {
  std::int64_t from = 0;
  std::int64_t to = 0;

  friend bool operator==(const MinuteSpan&, const MinuteSpan&) = default;
};

struct Measure {
  const series::Reader& reader;
  series::SeriesId series;
  BudgetingMethod method = BudgetingMethod::occurrences;
  MissingData missing = MissingData::exclude;
  std::chrono::minutes slice{1};                     ///< slices only
  std::optional<Ratio> slice_target = std::nullopt;  ///< Timeslices: a slice at or above it is good
  /// First minute ever known of the series: nothing is missing before measuring began.
  std::int64_t measured_from = std::numeric_limits<std::int64_t>::min();
  /// Ascending and disjoint: minutes that count as if they had never been, good and bad alike.
  std::vector<MinuteSpan> excluded = {};
  /// Timeslices of a composite: a slice is bad when it is bad for any of these. The series is then
  /// not read.
  std::vector<Measure> joined = {};

  bool in_slices() const { return method != BudgetingMethod::occurrences; }
};

/// Joins overlapping and touching spans; the order of `spans` does not matter.
std::vector<MinuteSpan> normalised(std::vector<MinuteSpan> spans);

/// How many minutes of [from, to) are excluded.
std::int64_t excluded_minutes(const Measure& measure, std::int64_t from, std::int64_t to);

/// As series::Reader::sum and minutes, without what is excluded.
series::Counts counts_of(const Measure& measure, std::int64_t from, std::int64_t to);
std::vector<series::MinuteCount> minutes_of(const Measure& measure, std::int64_t from,
                                            std::int64_t to);

}  // namespace nines::slo
