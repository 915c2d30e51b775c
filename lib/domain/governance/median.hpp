// The median of durations with an interval that needs no model, and with those still running.
//
// The interval lies between two order statistics: the number of values below the true median is
// binomial (n, 1/2), whatever they are distributed like (Thompson 1936). Below six values no such
// pair reaches 95 %, and there is none. A span that still runs is at least as long as it is now: it
// counts so for lower ends, and as longer than all others for upper ends; none is dropped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace nines::governance {

struct TimedSpan {
  Micros length{0};
  bool over = true;  ///< false: it still runs
};

struct MedianSpan {
  std::size_t n = 0;
  std::size_t running = 0;
  std::optional<Micros> median;  ///< the lower middle one of an even number; empty without values
  bool at_least = false;         ///< the median itself is of one that still runs
  std::optional<Micros> low, high;  ///< 95 %; no high: beyond all that is over
  std::optional<Micros> p90;        ///< of ten or more that are over at that place
  bool has_interval() const { return low.has_value(); }
};

MedianSpan median_of(std::vector<TimedSpan> spans);

/// "43m (95 % 12m to 2h5m, 90th percentile 3h, n = 12)"; for fewer than ten all of them instead of
/// a percentile: "43m (n = 3, too few for an interval: 12m, 43m, 2h5m)".
std::string describe(const std::vector<TimedSpan>& spans);

}  // namespace nines::governance
