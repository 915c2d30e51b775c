// Stretches in which more goes wrong than before, though nothing fails outright: steps and slow burns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/stats.hpp"

namespace nines::rca {

/// Events of some minutes of one series.
struct EventBin {
  std::int64_t begin = 0;  ///< minutes since the epoch, half open
  std::int64_t end = 0;
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
};

/// A step up must bring at least this much more burn (share of bad events over the error budget) and
/// this many bad events; less is nobody's concern however sure it is.
struct DegradationRules {
  double budget = 0.001;  ///< 1 - target, above 0
  double least_burn = 1;
  std::uint64_t least_bad = 10;
};

struct Degradation {
  enum class Kind { step, slow_burn };
  Kind kind = Kind::step;
  std::int64_t begin = 0;  ///< minutes, half open
  std::int64_t end = 0;
  bool goes_on = false;  ///< it reaches the end of the data
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
  stats::Interval interval{0, 1};  ///< of bad / total, 95 %, events taken as independent
  std::optional<double> before;    ///< share of bad events in the time before; a step's only
  double burn = 0;                 ///< (share, less that before) / budget
  double p = 1;                    ///< that chance alone did it: see `degradations`

  double share() const;
};

/// Of one series, bins ascending, those without events left out.
///
/// Steps: change points (rca/changepoints) of the bins' shares, each as asin(sqrt((bad + 3/8) /
/// (total + 3/4))) (Anscombe 1948). A segment is degraded when its share exceeds that of all
/// undegraded ones before it by the rules; neighbours are joined. p is the larger of a likelihood
/// ratio test of the counts and Welch's t-test of the bins, both one-sided, the latter with as many
/// bins as an AR(1) series of their lag-1 correlation is worth (Bayley and Hammersley 1946), times the
/// number of bins, since the place was looked for (Bonferroni).
/// Slow burn: when there is no step, and the whole stretch burns by the rules; p is of a one-sided
/// t-test that the mean excess of its hours (bad - budget x total) is above 0, corrected likewise.
std::vector<Degradation> degradations(const std::vector<EventBin>& bins,
                                      const DegradationRules& rules);

/// Which findings of a whole fleet to trust.
/// Keeps those whose adjusted p (Benjamini and Hochberg 1995) is at most `rate`, over all `series`
/// that were looked at: those without a finding count with p = 1. Sets p to the adjusted one.
/// Returns the indices kept, ascending.
std::vector<std::size_t> trusted(std::vector<Degradation>& found, std::size_t series, double rate);

}  // namespace nines::rca
