// Whether a measured series moved soon after a change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace nines::rca {

/// A series with the time of each value, ascending.
struct TimedValues {
  std::vector<Instant> times;
  std::vector<double> values;
  bool more_is_worse = false;  ///< only a rise counts as moving
};

struct MovedAfter {
  enum class Answer { moved, still, unknown };
  Answer answer = Answer::unknown;
  std::optional<Instant> at;  ///< of the change point
  double effect = 0;          ///< in standard deviations of both sides
  std::string because;  ///< "rose by 4.1 standard deviations at 2026-11-23T08:02:00Z (p < 0.001)"
};

/// Looks for a change point (change_points.hpp) from `slack` before the change to `window` after
/// it. Unknown where there are too few values, or none of that window.
MovedAfter moved_after(const TimedValues& series, Instant change, Micros slack, Micros window);

}  // namespace nines::rca
