// Points in time and spans of it: microseconds, always UTC.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nines {

using Micros = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Micros>;  ///< the only form the domain computes with
using Day = std::chrono::sys_days;              ///< a UTC day

constexpr Instant from_epoch_micros(std::int64_t us) { return Instant{Micros{us}}; }
constexpr std::int64_t epoch_micros(Instant t) { return t.time_since_epoch().count(); }
/// Minutes since the epoch, rounded down: the grain of every series.
constexpr std::int64_t epoch_minute(Instant t) {
  return std::chrono::floor<std::chrono::minutes>(t).time_since_epoch().count();
}

constexpr Instant from_epoch_minute(std::int64_t minute) {
  return Instant{std::chrono::minutes{minute}};
}

/// Source of the present; only `Context` and tests make one.
using Clock = std::function<Instant()>;

/// How exactly a time is known.
enum class Precision { exact, minute, about, unknown };

std::string_view to_string(Precision precision);
std::optional<Precision> precision_from(std::string_view text);

/// RFC 3339 in UTC: "2026-11-23T09:14:00Z", with a fraction only where it is not zero.
std::string format_utc(Instant t);

/// Strict RFC 3339 with an offset or Z (also a space in place of T); nothing else. Leap seconds
/// (":60") read as the next second.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// "43m12s", "2d3h", "0s", "-5m"; at most the two largest units unless `exact`.
std::string format_duration(Micros d, bool exact = false);

/// "30s 5m 1h 7d 4w", also joined ("1h30m"); no sign, no calendar units, no spaces inside.
std::optional<Micros> parse_duration(std::string_view text);

}  // namespace nines
