// A policy played through in advance: who would be told when, to the end.
#pragma once

#include "domain/incident/escalation.hpp"

namespace nines::incident {

struct SimulationStart {
  Instant at;
  Severity severity = Severity::sev1;
  std::optional<Instant> until = {};  ///< stop there, as if somebody had answered
};

struct Simulation {
  std::vector<Occurrence> occurred;  ///< by time
  bool complete = true;              ///< false: cut, because it goes on for ever or very long
  std::string waiting;               ///< what the end waits for, when it is no end
  EscalationState end;
};

/// Nobody answers. Cut after 200 pages or 30 days.
Simulation simulate(const EscalationPolicy& policy, const SimulationStart& start,
                    Surroundings around);
/// The same from where an incident stands.
Simulation simulate_from(const EscalationPolicy& policy, const EscalationState& state,
                         const SimulationStart& start, Surroundings around);

/// The first page of a simulation; null when there is none.
const Occurrence* first_page(const Simulation& simulation);

}  // namespace nines::incident
