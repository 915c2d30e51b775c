// The two stretches of time that an incident's ranking compares: normal operation, and the incident.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace nines::rca {

/// The baseline ends so long before the earliest that the symptom may have begun, and so much
/// longer where only the declaration is known: a fault is there before people see it.
inline constexpr Micros kGuard = std::chrono::minutes{5};
inline constexpr Micros kUnknownGuard = std::chrono::minutes{60};
/// An incident is looked at from its onset for at most so long: later it spreads and is worked on.
inline constexpr Micros kLongestIncident = std::chrono::hours{6};
inline constexpr Micros kShortestIncident = std::chrono::minutes{5};
/// The baseline is so many times as long, for each window of the incident's length to be held
/// against it (calibration.hpp asks 20), within these bounds.
inline constexpr int kNormalLengths = 21;
inline constexpr Micros kShortestNormal = std::chrono::hours{3};
inline constexpr Micros kLongestNormal = std::chrono::days{7};

/// Half open, on whole minutes.
struct TimeStretch {
  Instant from, to;

  friend bool operator==(const TimeStretch&, const TimeStretch&) = default;
};

struct WindowQuestion {
  Instant onset;
  Micros uncertainty{0};         ///< either way
  bool onset_known = true;       ///< false: the declaration stands in
  std::optional<Instant> ended;  ///< when the symptom was over
  Instant known_until;           ///< the end of the data, or now
  std::optional<Micros> normal;  ///< how long the baseline is to be
};

struct ComparedWindows {
  TimeStretch normal, incident;
  std::string because;  ///< how they were chosen, with the figures
};

/// The incident's stretch is at least kShortestIncident, even where the data ends before.
ComparedWindows choose_windows(const WindowQuestion& question);

}  // namespace nines::rca
