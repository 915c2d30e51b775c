// Spans under conventions that people use without saying so: support hours, nights that do not
// count.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"

namespace nines::incident {

/// A daily window of local time, in minutes of the day.
struct SupportHours {
  int from = 9 * 60;
  int to = 17 * 60;
  bool weekends = false;  ///< Saturdays and Sundays count as well
};

/// How much of [from, to) lies inside the window; for spans of at most ten years.
Micros time_within(const SupportHours& hours, Instant from, Instant to, const Zone& zone);

/// The window in "(during support hours 10:00-17:00)", if the text names one.
std::optional<SupportHours> support_hours_in(const std::string& text);

/// A convention under which a span of calendar time is as long as stated.
std::string fitting_convention(Instant from, Instant to, Micros stated, const Zone& zone);

}  // namespace nines::incident
