// The rules of an incident's life.
#include "domain/incident/lifecycle.hpp"

namespace nines::incident {

std::optional<Refusal> refuse_step(const Incident& incident, const StatusStep& step) {
  const auto name = "'" + incident.name + "'";
  if (incident.status == Status::closed) {
    if (!incident.into.empty())
      return Refusal{name + " went on as '" + incident.into + "'",
                     "work on " + incident.into + " instead"};
    return Refusal{name + " is closed",
                   "nines incident reopen " + incident.name + " --because TEXT"};
  }
  if (step.to == incident.status)
    return Refusal{name + " is " + std::string(to_string(step.to)) + " already",
                   "nines incident show " + incident.name};
  if (step.to < incident.status)
    return Refusal{name + " is " + std::string(to_string(incident.status)) +
                       ", which comes after " + std::string(to_string(step.to)),
                   "nines incident reopen " + incident.name + " --because TEXT takes it back"};
  return std::nullopt;
}

std::optional<Refusal> refuse_reopening(const Incident& incident) {
  const auto name = "'" + incident.name + "'";
  if (!incident.into.empty())
    return Refusal{name + " went on as '" + incident.into + "'", "reopen " + incident.into};
  if (incident.status == Status::triage || incident.status == Status::declared)
    return Refusal{name + " is open", "nines incident show " + incident.name};
  return std::nullopt;
}

}  // namespace nines::incident
