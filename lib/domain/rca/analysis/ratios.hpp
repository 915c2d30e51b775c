// Likelihood ratios that are computed from data, for a person to take or to overrule.
//
// Each is the ratio of how likely what was seen is if the hypothesis is true to how likely it is if
// it is not, with 90 % bounds. What counts is the step of the table of strengths that the bound
// nearest to 1 reaches: uncertainty speaks for nothing, and nothing counts more than 10 or less
// than 1/10, because no formula knows how the data came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/count_tests.hpp"
#include "base/time.hpp"
#include "domain/rca/analysis/model.hpp"

namespace nines::rca {

/// How often a true cause shows in a record that it should show in: what makes a hit of a single
/// look as strong as the strongest step of the table (10/11 against 1/11). An assumption.
inline constexpr double kSensitivity = 10.0 / 11;

/// The step of the table that `low` and `high` both reach, towards 1.
Strength step_of(double low, double high);

/// Whether a message moved (G-test, false discoveries controlled, by a factor of two at least),
/// against how often the other messages of the same log moved: what moves with everything else
/// tells little.
///   moved: s / f          not moved: (1 - s) / (1 - f)
/// with s the sensitivity and f the share of the others that moved (Beta(1/2, 1/2), 90 %), at least
/// the chance q of a false discovery.
struct MovedMessage {
  bool moved = false;
  bool could_be_told = true;  ///< its counts would show a doubling; else not moving says nothing
  double q = 1;
  std::uint64_t others = 0;
  std::uint64_t others_moved = 0;
};
ProposedRatio ratio_of_message(const MovedMessage& message);

/// Whether a series has a change point near a time, against how likely one of its `changes` is to
/// lie so near by chance, were they thrown anywhere into the stretch:
///   near: s / c           none near: (1 - s) / (1 - c),    c = 1 - exp(-changes * window / length)
/// with the number of changes as a Poisson count (Garwood, 90 %).
struct NearChange {
  std::uint64_t changes = 0;  ///< change points found in the stretch
  bool near = false;
  Micros window{0};           ///< how wide "near" is, both sides together
  Micros length{0};           ///< of the stretch that was looked at
  bool too_short = false;     ///< too few values for any change point
};
ProposedRatio ratio_of_near_change(const NearChange& change);

/// A table of exposed and unexposed: did what had the suspected cause fail more often? The Bayes
/// factor of two independent shares, the first the larger, against one common share (Kass and
/// Raftery 1995), with Beta(1/2, 1/2) priors and integrated numerically. The bounds are those of
/// priors from Beta(1/4, 1/4) to Beta(1, 1). Groups above 50 000 count as 50 000.
struct ExposureTable {
  std::uint64_t exposed_failed = 0, exposed = 0;
  std::uint64_t others_failed = 0, others = 0;
};
ProposedRatio ratio_of_exposure(const ExposureTable& table);

}  // namespace nines::rca
