// The clocks that run: everything that somebody owes an open incident, by when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Of one incident, or of all that are open; the earliest deadline first.
NINES_EXPORT std::vector<incident::Duty> running_duties(const Session& session);
NINES_EXPORT std::vector<incident::Duty> running_duties(const Session& session,
                                                        const incident::Incident& incident);

}  // namespace nines::usecases
