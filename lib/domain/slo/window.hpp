// Compliance windows: the stretch of time an SLO is judged over, at any instant, in any zone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "domain/slo/model.hpp"

namespace nines::slo {

/// Half open: [from, to).
struct Period {
  Instant from;
  Instant to;

  Micros length() const { return to - from; }
  friend bool operator==(const Period&, const Period&) = default;
};

/// Places a local wall time on the UTC axis: in a gap the first instant after it, in an overlap the
/// first occurrence.
using PlaceLocal = std::function<Instant(LocalTime)>;
PlaceLocal place_in(const Zone& zone);

/// "2026-01-01 00:00:00", exactly; empty on anything else.
std::optional<LocalTime> parse_anchor(std::string_view text);

/// Clamped to the end of the month; empty beyond the year 9999.
std::optional<LocalTime> add_months(LocalTime anchor, std::int64_t count);

/// Boundary `k` (>= 0) of a calendar window: the anchor plus k lengths of local wall time, always
/// counted from the anchor and clamped to the end of the month (31st -> 28th, back to 31st next
/// time). Empty for a bad anchor, a count below 1, and beyond the year 9999.
std::optional<Instant> boundary(const TimeWindow& window, const PlaceLocal& place, std::int64_t k);

/// The window that holds `at`. Rolling: the length before `at`, which is first rounded down to a
/// whole `grain` since the epoch. Calendar: the two boundaries around `at`, rounded down to whole
/// minutes. Empty when a calendar window has not started (or its anchor cannot be read).
std::optional<Period> window_at(const TimeWindow& window, const PlaceLocal& place, Instant at,
                                std::chrono::minutes grain = std::chrono::minutes{1});

}  // namespace nines::slo
