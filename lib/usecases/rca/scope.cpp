// Reads the record of the incident, and lets what is stated overrule it.
#include "usecases/rca/scope.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "domain/incident/impact.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/rca/onset.hpp"

namespace nines::usecases {
namespace {

void scope_to_incident(const Session& session, const std::optional<std::string>& word,
                       Scope& scope) {
  const auto head = choose_incident(session, word);
  const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
  const auto onset = onset_of(record);
  scope.incident = head.name;
  scope.uid = head.uid;
  scope.onset = onset.when.at;
  scope.onset_source = onset.source;
  scope.onset_known = onset.known;
  scope.ended = onset.ended;
  if (const auto bounds = incident::bounds_of(onset.when); onset.known && bounds)
    scope.uncertainty = std::max(scope.onset - bounds->earliest, bounds->latest - scope.onset);
  std::set<std::string> hurt(head.services.begin(), head.services.end());
  for (const auto& span : incident::impact_spans(record, session.now())) hurt.insert(span.service);
  hurt.erase("");
  scope.hurt.assign(hurt.begin(), hurt.end());
}

}  // namespace

Scope scope_of(const Session& session, const ScopeRequest& request) {
  Scope scope;
  if (request.incident || !request.onset) scope_to_incident(session, request.incident, scope);
  if (request.onset) {
    scope.onset = *request.onset;
    scope.onset_source = "stated";
    scope.onset_known = true;
    scope.uncertainty = Micros{0};
  }
  if (request.ended) scope.ended = request.ended;
  if (scope.ended && *scope.ended < scope.onset)
    throw Error(ExitCode::usage, "the symptom ended before its onset",
                "swap --onset and --ended, or leave --ended out", "BAD_VALUE");
  return scope;
}

std::vector<OtherIncident> other_incidents(const Session& session, const Scope& scope,
                                           const nines::rca::TimeStretch& within) {
  std::vector<OtherIncident> others;
  for (const auto& head :
       store::incidents(session.store(), {.from = within.from, .to = within.to})) {
    if (!head.counts() || head.uid == scope.uid) continue;
    const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
    const auto onset = onset_of(record);
    const nines::rca::TimeStretch hurt{onset.when.at, onset.ended.value_or(session.now())};
    if (hurt.from < within.to && hurt.to > within.from) others.push_back({head.name, hurt});
  }
  return others;
}

}  // namespace nines::usecases
