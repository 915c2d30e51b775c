// Takes one incident's escalation as far as the time allows: recorded first, then sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation.hpp"
#include "domain/incident/page.hpp"
#include "domain/log/event.hpp"
#include "usecases/paging/pager.hpp"
#include "usecases/paging/policies.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// What came of looking at one incident.
struct Advance {
  incident::Incident incident;
  std::string policy;
  std::string version;
  incident::Phase phase = incident::Phase::running;
  std::vector<incident::Occurrence> occurred;
  std::vector<incident::Page> pages;  ///< as they ended; intended or simulated in a dry run
  std::optional<Instant> wake;        ///< when to look again
  std::string waiting;                ///< for what
  std::string problem;  ///< why it cannot go on, or what could not be recorded; empty: neither
};

/// An escalation that begins with this look, by the policy that was chosen for it.
struct EscalationStart {
  incident::EscalationState state;
  std::string why;
};

struct AdvanceOptions {
  std::optional<EscalationStart> start = {};  ///< only where none is on record
  bool at_once = false;                       ///< a person asks for the next step now
  bool dry_run = false;
};

/// Records what is due with the state that follows from it in one transaction, but only if nobody
/// changed the incident meanwhile; then runs the commands, and records what came of each. So of two
/// runs at once one records and sends, and a page whose sender ended between is known as one that
/// may have been sent. Commits nothing when nothing is due.
Advance advance_escalation(Session& session, PolicyBook& book, const Pager& pager,
                           const Uid& incident, const AdvanceOptions& options);

/// For the lifecycle: what this person's answer, or a reopening, means to the escalation. Nothing
/// when there is none, or when it changes nothing.
std::optional<log::NewEvent> answer_to_escalation(Session& session,
                                                  const incident::Incident& incident, Instant at);
std::optional<log::NewEvent> escalation_after_reopening(Session& session,
                                                        const incident::Incident& incident);

}  // namespace nines::usecases
