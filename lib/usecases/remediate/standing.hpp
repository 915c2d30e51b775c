// What remediation owes right now: late actions, freezes, overrides that run, changes under way.
#pragma once

#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/action.hpp"
#include "domain/remediate/change_request.hpp"
#include "domain/remediate/gate.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Standing {
  std::vector<nines::remediate::Action> late;        ///< the longest first
  std::vector<nines::remediate::GateFreeze> freezes;  ///< in force, or within a week, by start
  std::vector<nines::remediate::GateOverride> overrides;  ///< in force
  std::vector<nines::remediate::ChangeRequest> changes;   ///< started, or an emergency to be agreed to

  bool empty() const {
    return late.empty() && freezes.empty() && overrides.empty() && changes.empty();
  }
};

NINES_EXPORT Standing standing_of(const Session& session);

}  // namespace nines::usecases
