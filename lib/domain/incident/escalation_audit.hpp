// Steps of an escalation policy that nobody would answer to at some time of a stretch.
#pragma once

#include <string>
#include <vector>

#include "domain/incident/escalation.hpp"
#include "domain/incident/rota.hpp"

namespace nines::incident {

/// The first time at which a step would find nobody.
struct UnreachableStep {
  std::string policy;
  std::string step;
  std::size_t level = 0;  ///< 1 is the first step
  Instant at;
  std::string targets;  ///< "rota shop, secondary; team db"

  friend bool operator==(const UnreachableStep&, const UnreachableStep&) = default;
};

/// By time, then by level; at most one per step. A step that waits for hours is looked at when they
/// begin; one that tells a role of the incident is not judged, since who holds it is not known
/// ahead. `edges` are the instants at which duty begins to have nobody.
std::vector<UnreachableStep> unreachable_steps(const EscalationPolicy& policy,
                                               const Surroundings& around, const Period& period,
                                               const std::vector<Instant>& edges);

}  // namespace nines::incident
