// Counts as rates with their intervals, against the time before, and along several periods.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/stats.hpp"
#include "domain/remediate/rate_ratio.hpp"

namespace nines::governance {

/// Events of a stretch of time, in days.
struct CountIn {
  std::uint64_t events = 0;
  double days = 0;  ///< of them, those that the record covers; above 0
};

/// Events a 30 days, exact 95 % (Garwood).
stats::Interval per_30_days(const CountIn& counted);

/// One of "fell", "rose", "no evidence of a change", "too few to tell": the exact conditional test
/// of two Poisson counts, one-sided at 5 %.
std::string_view compare_counts(const CountIn& before, const CountIn& now);

/// Whether counts drift along periods: the score test of a log-linear trend (Armitage 1955 for
/// Poisson counts), two-sided. `p` is empty below ten events or three periods: too few to tell.
struct CountTrend {
  std::optional<double> p;
  double z = 0;  ///< above 0: rising

  std::string_view verdict() const;  ///< "rising", "falling", "no evidence of a trend", ...
};
CountTrend trend_of_counts(std::span<const CountIn> periods);

/// Difference of two shares from their own intervals (Newcombe 1998, hybrid score): `now` -
/// `before`.
struct ShareChange {
  double difference = 0;
  stats::Interval interval{0, 0};

  std::string_view verdict() const;  ///< "better", "worse", "no evidence of a change"
};
ShareChange change_of_shares(double before, const stats::Interval& before_interval, double now,
                             const stats::Interval& now_interval);

}  // namespace nines::governance
