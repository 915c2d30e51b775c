// What the record knows about the risk of a change that is asked for.
#pragma once

#include <vector>

#include "usecases/remediate/change_requests.hpp"

namespace nines::usecases {

/// The named policy, else "default", else the only one, else the built-in one. Throws
/// Error{not_found} for an unknown name, and with the candidates when several may be meant.
nines::remediate::ChangePolicy change_policy(const Session& session,
                                             const std::optional<std::string>& name);

/// Fills in terms, score, chance and consent of `request.body`.
nines::remediate::RequestBody scored(const Session& session, const NewRequest& request,
                                     const nines::remediate::ChangePolicy& policy,
                                     const std::vector<nines::remediate::ChangeRequest>& past);

}  // namespace nines::usecases
