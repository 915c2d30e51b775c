// What somebody who was just woken needs to see of an incident, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/catalog/change.hpp"
#include "domain/incident/ask.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/similar.hpp"
#include "usecases/paging/clocks.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct Runbook {
  std::string link;
  std::string from;  ///< who names it: "linked", "SLO checkout-availability", "service checkout"
};

/// Who is on duty for it by the rotas.
struct RotaDuty {
  std::string rota;
  std::string role;
  std::string person;  ///< empty: nobody
  std::optional<Instant> until;
};

struct Situation {
  incident::Record record;                   ///< without its lines
  std::vector<incident::Entry> last;         ///< the newest, oldest first
  std::vector<incident::ImpactSpan> impact;  ///< what is hurt at this moment
  std::vector<catalog::Change> changes;      ///< of its services first, newest first
  Instant changes_since;
  std::optional<incident::Similar> similar;
  std::vector<Runbook> runbooks;
  std::vector<incident::Duty> duties;
  std::vector<RotaDuty> on_duty;           ///< of the teams that own its services, else of all
  std::optional<RunningClock> escalation;  ///< where somebody is still to be called
};

/// The incident to show: the current one while it is open, else the worst of the open ones. None
/// when nothing is open.
NINES_EXPORT std::optional<incident::Incident> burning_incident(
    const Session& session, const std::vector<incident::Incident>& open);
NINES_EXPORT Situation situation_of(const Session& session, const incident::Incident& incident);

/// Lines that were logged on this machine and wait for an incident or for the store.
NINES_EXPORT std::size_t queued_lines(const SessionOptions& options);

}  // namespace nines::usecases
