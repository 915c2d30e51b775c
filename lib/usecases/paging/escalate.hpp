// The verb escalate: start, go on, look ahead, and play through.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation_simulation.hpp"
#include "usecases/paging/advance.hpp"

namespace nines::usecases {

struct EscalateRequest {
  std::optional<std::string> incident = {};  ///< default: the current one
  std::optional<std::string> policy = {};    ///< default: the one that is for it
};

struct Escalated {
  Advance advance;
  bool started = false;
  std::string chosen_because;                 ///< why this policy
  std::string off;                            ///< why nothing is sent; empty: pages go out
  std::vector<std::string> channel_problems;  ///< what of channels.yaml cannot be used
  incident::Simulation ahead;                 ///< from here on, if nobody answers
};

/// Starts the escalation and takes the first step, or takes the next one at once. Throws
/// Error{conflict} when the incident needs nobody any more, Error{not_found} without a policy.
NINES_EXPORT Escalated escalate_incident(Session& session, const EscalateRequest& request,
                                         const PagingSetup& setup, bool dry_run);

/// Who is next and why, and who after them; writes nothing.
NINES_EXPORT Escalated next_escalation(Session& session, const EscalateRequest& request,
                                       const PagingSetup& setup);

struct SimulateRequest {
  Instant at;
  incident::Severity severity = incident::Severity::sev1;
  std::optional<std::string> policy = {};          ///< on record
  std::optional<std::filesystem::path> file = {};  ///< or in a file
  std::optional<std::string> service = {};         ///< or the one for this service
};
struct Simulated {
  PinnedPolicy policy;
  std::string chosen_because;
  incident::Simulation simulation;
};
NINES_EXPORT Simulated simulate_escalation(const Session& session, const SimulateRequest& request);

}  // namespace nines::usecases
