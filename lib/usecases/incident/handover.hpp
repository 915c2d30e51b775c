// Handing the command of an incident over: offered by one person, taken by another.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Handover {
  incident::Incident incident;
  std::vector<std::string> lines;           ///< what the receiver is told
  std::optional<incident::Ask> ask;         ///< the offer that waits; none: this only looks
  std::optional<incident::Ask> instead_of;  ///< an earlier offer that it takes the place of
};

/// The lines as they would be now, and the offer that waits, if one does.
NINES_EXPORT Handover preview_handover(const Session& session,
                                       const std::optional<std::string>& incident,
                                       const Zone& zone);

struct HandoverRequest {
  std::optional<std::string> incident = {};
  std::string to;
  Micros within = std::chrono::minutes{15};  ///< by then it should be acknowledged
};
/// Records the offer with its lines; the command stays where it is until it is acknowledged.
/// Throws Error{conflict} for a closed incident, and for whoever is in command already.
NINES_EXPORT Handover offer_handover(Session& session, const HandoverRequest& request,
                                     const Zone& zone, bool dry_run);

struct TakenOver {
  incident::Incident incident;  ///< afterwards
  incident::Ask ask;
  std::string before;  ///< who was in command; may be empty
};
/// The person the offer names takes the command. Throws Error{conflict} when no offer waits, or it
/// waits for somebody else.
NINES_EXPORT TakenOver accept_handover(Session& session, const std::optional<std::string>& incident,
                                       bool dry_run);

}  // namespace nines::usecases
