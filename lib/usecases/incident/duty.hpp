// Entering overrides and swaps at night, without editing a definition.
#pragma once

#include <optional>
#include <string>

#include "base/export.hpp"
#include "domain/incident/duty_change.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct OverrideRequest {
  std::string rota;  ///< empty: that of the team, or the only one
  std::string team;
  std::string role;  ///< empty: the first of the rota
  std::string person;
  Instant from;
  Instant to;
};

/// `person` gives the shift that holds `shift`; with `back`, they take the shift of `with` that
/// holds it in return.
struct SwapRequest {
  std::string rota;
  std::string team;
  std::string person;
  std::string with;
  Instant shift;
  std::optional<Instant> back;
};

struct ChangedDuty {
  incident::DutyChange change;
  Zone zone = Zone::utc();  ///< of the rota
  std::vector<std::string> warnings;
};

/// Each throws Error{usage, not_found}: no such rota, role or person; nobody of that name is on
/// then. A person who is away is a warning: they may know better.
NINES_EXPORT ChangedDuty override_duty(Session& session, const OverrideRequest& request,
                                       bool dry_run);
NINES_EXPORT ChangedDuty swap_duty(Session& session, const SwapRequest& request, bool dry_run);
/// Throws Error{not_found}, and Error{conflict} when it is off already.
NINES_EXPORT ChangedDuty cancel_duty(Session& session, const std::string& name, bool dry_run);

}  // namespace nines::usecases
