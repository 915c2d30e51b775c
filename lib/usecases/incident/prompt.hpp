// What a shell prompt says of the incident that somebody works on, without being in the way.
#pragma once

#include <cstddef>
#include <optional>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct PromptIncident {
  incident::Incident head;
  bool in_use = false;          ///< chosen by this person; else the worst of the open ones
  std::size_t others_open = 0;  ///< drills, tests and what was written afterwards not counted
};

/// The incident in use, also a closed one, for that is where lines go; else the worst of the open
/// ones; none while nothing happens or no store is there. Reads only: waits for no lock, brings no
/// old store up to date. Throws Error where that is needed first, and where the store cannot be
/// read or is not trusted.
NINES_EXPORT std::optional<PromptIncident> prompt_incident(SessionOptions options);

}  // namespace nines::usecases
