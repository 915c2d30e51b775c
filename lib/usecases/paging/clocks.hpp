// The escalations that run: who answers, who is next and when; for status and the dashboard.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RunningClock {
  std::string incident;  ///< "INC-42"
  std::string title;
  incident::Severity severity = incident::Severity::undetermined;
  std::string policy;
  incident::Phase phase = incident::Phase::running;
  Instant opened_at;
  std::optional<Instant> next_at;  ///< when something is due; none: nothing by time alone
  std::string waiting;             ///< for what: "step 'manager'"
  std::vector<std::string> next;   ///< who would be paged then, as duty is now
  std::vector<std::string> told;   ///< who was, since the run began
  std::vector<std::string> answered;
  bool overdue = false;  ///< something was due before now: nines tick has not run
  bool exhausted = false;
};

/// Of open incidents, the earliest due first; exhausted ones too, because somebody must know.
NINES_EXPORT std::vector<RunningClock> running_clocks(const Session& session);

/// Of one incident; nothing when it is not escalated, or nobody is to be called any more.
std::optional<RunningClock> running_clock(const Session& session,
                                          const incident::Incident& incident);

}  // namespace nines::usecases
