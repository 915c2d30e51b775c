// Suggests who takes the roles of the next incident, from the roles on record.
#pragma once

#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/role_rotation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RotationRequest {
  std::string team;                ///< empty: every person defined
  std::vector<std::string> roles;  ///< empty: commander, deputy, scribe
};

struct Rotation {
  std::vector<incident::RoleSuggestion> suggestions;
  std::vector<incident::Candidate> candidates;
  std::int64_t incidents = 0;  ///< that count, and were looked at
};

/// Throws Error{not_found}: no such team, nobody is defined.
NINES_EXPORT Rotation suggest_rotation(const Session& session, const RotationRequest& request);

}  // namespace nines::usecases
