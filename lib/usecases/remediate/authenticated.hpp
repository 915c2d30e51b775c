// Change requests and overrides with how the persons in them were authenticated.
#pragma once

#include <string>
#include <vector>

#include "domain/remediate/change_request.hpp"
#include "domain/remediate/gate.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// The named one, with the word of the one who asked, and of each who voted, held against the rules
/// in force here, as of when the change began, or of the present. Throws Error{not_found}.
nines::remediate::ChangeRequest authenticated_request(const Session& session,
                                                      const std::string& name);
/// All of them; those that are over, or have no votes, are left as they were claimed.
std::vector<nines::remediate::ChangeRequest> authenticated_requests(const Session& session);

/// All of them; those that have ended are left as they were claimed.
std::vector<nines::remediate::GateOverride> authenticated_overrides(const Session& session);

}  // namespace nines::usecases
