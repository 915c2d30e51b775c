// One compiled file of the system's time zone database (RFC 8536) as a table of offsets.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace nines {

/// A stretch of time with one offset; it ends where the next one begins.
struct ZonePeriod {
  std::chrono::sys_seconds from;  ///< of the first period: before all time
  std::chrono::seconds offset;    ///< east of UTC, less than `kMostZoneOffset` either way
};

inline constexpr std::chrono::hours kMostZoneOffset{26};
/// The rule that a file ends with ("summer time each year") is carried on to the end of this year.
inline constexpr int kLastZoneYear = 2200;

/// At least one period, in order of time. Empty where the bytes are no such file of version 2 or
/// later, or count leap seconds.
std::optional<std::vector<ZonePeriod>> parse_zone_file(std::string_view bytes);

}  // namespace nines
