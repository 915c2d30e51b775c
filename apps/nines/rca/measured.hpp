// What verbs on measured series ask: which incident, when, and of which services.
#pragma once

#include "nines/command.hpp"
#include "usecases/rca/rank.hpp"

namespace nines::app::rca {

/// --service, --onset, --ended.
inline void declare_measured(Options& options) {
  options.list("service", "NAME", "series of these services only; default all that are measured");
  options.instant("onset", "when the symptom began; default the incident's");
  options.instant("ended", "when it was over; default the incident's");
}

/// With --incident.
inline usecases::MeasuredRequest measured_request(const Context& context) {
  usecases::MeasuredRequest request;
  const auto rules = context.time_rules();
  request.incident = context.args.text("incident");
  if (const auto at = context.args.instant("onset", rules)) request.onset = at->at;
  if (const auto at = context.args.instant("ended", rules)) request.ended = at->at;
  request.services = context.args.list("service");
  return request;
}

}  // namespace nines::app::rca
