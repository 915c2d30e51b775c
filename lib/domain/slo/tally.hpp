// What a stretch of measurements adds up to under a budgeting method, and what was missing in it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/slo/measure.hpp"
#include "domain/slo/ratio_sum.hpp"

namespace nines::slo {

/// The units are events (Occurrences) or slices (Timeslices, RatioTimeslices).
struct Tally {
  std::uint64_t good = 0;  ///< RatioTimeslices: not used, see `ratios`
  std::uint64_t total = 0;
  std::uint64_t known = 0;     ///< minutes, or slices, with data: observed, even if without traffic
  std::uint64_t expected = 0;  ///< minutes, or slices, in the stretch that are not excluded
  std::uint64_t imputed = 0;   ///< units in `total` that stand for missing data
  std::uint64_t doubtful = 0;  ///< good slices that a member without data could make bad
  std::uint64_t events = 0;    ///< events seen, whatever the unit is
  std::uint64_t bad_events = 0;
  std::optional<RatioSum> ratios;

  bool empty() const { return total == 0; }
  double good_units() const;
  double bad_units() const { return static_cast<double>(total) - good_units(); }
  /// Empty when nothing was counted: undefined is neither 0 nor 1.
  std::optional<double> sli() const;
  /// SLI >= target, exactly; must not be empty.
  bool meets(const Ratio& target) const;
  double coverage() const;
  /// Units that the missing data could hold: slices exactly, events at the mean rate of the
  /// observed minutes. 0 once they are imputed.
  std::uint64_t missing_units() const;
  /// The same tally if all that is missing had been good, or bad.
  Tally at_best() const;
  Tally at_worst() const;
  /// Whether the answer is the same either way.
  bool settled(const Ratio& target) const;

  MissingData missing = MissingData::exclude;
  bool in_slices = false;
};

/// Adds up [from, to), in minutes since the epoch. Slices are laid from `from`; the last may be
/// cut short by `to`. A slice, or minute, that was observed without traffic is known but not
/// counted; one that was not observed follows `missing`, unless it lies before `measured_from`.
/// Missing events are taken to be as many as the mean of the observed minutes (rounded down).
Tally tally(const Measure& measure, std::int64_t from, std::int64_t to);

}  // namespace nines::slo
