// Planned actions in the releases to come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/schedule.hpp"
#include "usecases/remediate/plan.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ScheduleRequest {
  std::vector<nines::remediate::Release> releases = {};  ///< empty: those of the applied trains
  std::optional<std::string> train = {};                 ///< of the applied ones, this one alone
};

struct ScheduledAction {
  nines::remediate::Action action;
  nines::remediate::Placement placement;
  double days = 0;   ///< of work; 0: not known
  std::string must;  ///< why it is done whatever it averts
};

struct ScheduleResult {
  std::vector<nines::remediate::Release> releases;  ///< from today on, by day
  std::vector<double> used;                         ///< days that actions take, of each
  std::vector<ScheduledAction> actions;  ///< by release; what does not fit last
};

/// "2026-12-03=4": four free days in the release of that day. Throws Error{usage}.
NINES_EXPORT nines::remediate::Release parse_release(const std::string& text);

/// Throws Error{not_found} when no release is known, or no train of that name.
NINES_EXPORT ScheduleResult schedule_actions(const Session& session,
                                             const ScheduleRequest& request);

}  // namespace nines::usecases
