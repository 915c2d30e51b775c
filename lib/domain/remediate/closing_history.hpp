// How fast a team has closed its actions, and what that says about the next one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/stats.hpp"
#include "domain/remediate/action.hpp"

namespace nines::remediate {

/// The time that is looked back on: long enough for a count, short enough to be the same team.
inline constexpr std::chrono::weeks kClosingWindow{26};

struct ClosingHistory {
  double weeks = 0;                ///< looked back on: since the team's first action, at most 26
  std::uint64_t done = 0;          ///< closed as done in that time
  std::uint64_t waiting = 0;       ///< not closed now
  stats::Interval per_week{0, 0};  ///< exact 95 % interval of a Poisson rate (Garwood)
  std::optional<Micros> median;    ///< from added to done, of those; empty: none was done
};

/// Of the actions whose team is `team`; empty when it never had one, or only from `now` on.
std::optional<ClosingHistory> closing_history(const std::vector<Action>& actions,
                                              std::string_view team, Instant now);

/// P(at least `waiting` more are done within `time`), by a Poisson count whose rate has the
/// Jeffreys posterior Gamma(done + 1/2, weeks): the chance that the queue as it stands, this one
/// last, is worked off by then. 0 weeks of history give nothing.
std::optional<double> chance_within(const ClosingHistory& history, Micros time);

}  // namespace nines::remediate
