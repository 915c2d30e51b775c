// The facilitator's sheet of an incident, for somebody who took no part in it.
#pragma once

#include <optional>
#include <string>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/postmortem/facilitation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Facilitation {
  incident::Incident incident;
  std::string facilitator;
  bool took_part = false;  ///< the facilitator is among the responders
  nines::postmortem::FacilitationSheet sheet;
};
/// `facilitator`: default the session's actor. Looks only.
NINES_EXPORT Facilitation facilitate(const Session& session,
                                     const std::optional<std::string>& incident,
                                     const std::optional<std::string>& facilitator);

}  // namespace nines::usecases
