// Which incident a word means: a name, the current one, or the only one that is open.
#pragma once

#include <optional>
#include <string>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// "INC-42", "inc42", "42", an unambiguous beginning; "@" the current incident, "@-" the one before
/// it, "." the last one written to. Without a word: the current one, else the only open one.
/// Throws Error{not_found} with the open ones as candidates.
NINES_EXPORT incident::Incident choose_incident(const Session& session,
                                                const std::optional<std::string>& word);

/// The same without a word, and without an error when there is no single candidate.
NINES_EXPORT std::optional<incident::Incident> current_incident(const Session& session);

}  // namespace nines::usecases
