// Everything that bears on one incident on one axis, and what its clocks allow to say of the order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/stated_time.hpp"

namespace nines::rca {

/// In the order in which lanes are drawn.
enum class MomentLane { impact, milestone, change, metric, log, entry };
inline constexpr std::size_t kMomentLanes = 6;
std::string_view to_string(MomentLane lane);  ///< "impact", "milestone", ...

struct Moment {
  MomentLane lane = MomentLane::entry;
  std::string name;     ///< "CHG-2", "#7", "impact_started"; empty where it has none
  std::string service;  ///< empty: of none
  std::string text;
  incident::StatedTime when;
  std::optional<Instant> until;  ///< a stretch ends there
  bool onset = false;            ///< this is where the symptom began
};

struct PlacedMoment {
  Moment moment;
  std::optional<incident::Bounds> bounds;  ///< with the clocks; nothing: the time is not known
  incident::Order before_onset = incident::Order::possible;  ///< that it was not after the onset
  /// Whether it was after every line above for certain.
  bool order_certain = true;
};

/// By time, equal ones by lane and in the order given. Clocks of different names may be `apart` by
/// so much; moments of one clock keep their order, but for how exactly they were stated.
std::vector<PlacedMoment> place_moments(std::vector<Moment> moments,
                                        const incident::StatedTime& onset, Micros apart);

}  // namespace nines::rca
