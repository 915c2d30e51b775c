// What the record says of a new action where the person did not.
#pragma once

#include <optional>

#include "domain/incident/model.hpp"
#include "domain/remediate/action.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

/// Services are the incident's, the day follows from its severity and from now, the team is the one
/// that owns the first service that has an owner, else the first owner of its files by CODEOWNERS.
/// Fields that are set stay as they are.
void fill_gaps(const Session& session, nines::remediate::Action& action,
               const std::optional<incident::Incident>& about, const Catalogue& catalogue);

}  // namespace nines::usecases
