// Proposals about incidents: open one, attach to one, take a step in one's life.
#pragma once

#include <string>

#include "usecases/incident/proposal_kinds.hpp"

namespace nines::usecases {

// incident.open: "title", "severity" ("SEV-2"), "services" (joined by commas); "started",
// "detected" (RFC 3339) by "clock"; "detected_by". With "into" (INC-4) it attaches instead.
std::string effect_of_opening(const Session& session, const incident::Proposal& proposal);
Applied open_proposed(Session& session, store::Transaction& tx, const incident::Proposal& proposal);

// incident.attach: the subject is the incident, unless "into" names another.
std::string effect_of_attaching(const Session& session, const incident::Proposal& proposal);
Applied attach_proposed(Session& session, store::Transaction& tx,
                        const incident::Proposal& proposal);

// incident.step: the subject is the incident; "to" ("mitigated"), "at" (RFC 3339) by "clock".
std::string effect_of_step(const Session& session, const incident::Proposal& proposal);
Applied step_proposed(Session& session, store::Transaction& tx, const incident::Proposal& proposal);

}  // namespace nines::usecases
