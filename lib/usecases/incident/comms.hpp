// Telling people about an incident: drafts from the record, and what was told to whom and when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/incident/briefing.hpp"
#include "domain/incident/cadence.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Comms {
  incident::Incident incident;
  std::vector<incident::Message> messages;  ///< by time
  incident::CadenceRule cadence;
  std::optional<Instant> next_due;
};
NINES_EXPORT Comms incident_comms(const Session& session,
                                  const std::optional<std::string>& incident);

struct Draft {
  incident::Incident incident;
  std::vector<std::string> lines;  ///< public text only
};
NINES_EXPORT Draft draft_message(const Session& session, const std::optional<std::string>& incident,
                                 incident::Audience audience, const Zone& zone);

struct SentRequest {
  std::optional<std::string> incident = {};
  std::string to;
  std::string channel = {};
  std::string text;
  std::optional<incident::StatedTime> when = {};
};
struct Sent {
  incident::Incident incident;
  incident::Message message;  ///< without a name in a dry run
  bool customers_first_told = false;
  std::optional<Instant> next_due;
};
/// Records it, with a line in the timeline; telling customers for the first time sets the
/// milestone.
NINES_EXPORT Sent record_message(Session& session, const SentRequest& request, bool dry_run);

}  // namespace nines::usecases
