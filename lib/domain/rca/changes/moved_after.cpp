// The change point that moved most within the window, if one did.
#include "domain/rca/changes/moved_after.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "domain/rca/changepoints/change_points.hpp"

namespace nines::rca {

MovedAfter moved_after(const TimedValues& series, Instant change, Micros slack, Micros window) {
  MovedAfter result;
  const auto& times = series.times;
  const auto after = std::lower_bound(times.begin(), times.end(), change);
  const auto seen = std::lower_bound(after, times.end(), change + window + Micros{1}) - after;
  if (seen < static_cast<std::ptrdiff_t>(kLeastSegment)) {
    result.because =
        fmt::format("{} values within {} after it: too few to tell", seen, format_duration(window));
    return result;
  }
  const auto found = find_change_points(series.values);
  if (found.too_short) {
    result.because = fmt::format("{} values: too few for change points", series.values.size());
    return result;
  }
  const ChangePoint* best = nullptr;
  for (const auto& point : found.points) {
    const auto at = times[point.index];
    if (at < change - slack || at > change + window) continue;
    if (series.more_is_worse && point.effect <= 0) continue;
    if (best == nullptr || std::abs(point.effect) > std::abs(best->effect)) best = &point;
  }
  if (best == nullptr) {
    result.answer = MovedAfter::Answer::still;
    result.because = fmt::format("no {} within {} after it", series.more_is_worse ? "rise" : "step",
                                 format_duration(window));
    return result;
  }
  result.answer = MovedAfter::Answer::moved;
  result.at = times[best->index];
  result.effect = best->effect;
  const auto size = std::abs(best->effect);
  result.because = fmt::format(
      "{} by {} standard deviations at {}", best->effect > 0 ? "rose" : "fell",
      size > 100 ? std::string("over 100") : fmt::format("{:.1f}", size), format_utc(*result.at));
  return result;
}

}  // namespace nines::rca
