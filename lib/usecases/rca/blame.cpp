// Collects the candidates of the stretch before the onset, and lets the domain judge them.
#include "usecases/rca/blame.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "store/changes.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/rca/change_signals.hpp"
#include "usecases/rca/onset.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

/// The relation with which an incident names the change that caused it.
constexpr std::string_view kCausedBy = "caused-by";
/// Changes after the onset that are looked at: to veto them, and for rollbacks.
constexpr std::chrono::hours kAfterOnset{24};

void take_times(const incident::Record& record, BlameResult& result) {
  const auto onset = onset_of(record);
  result.onset = onset.when.at;
  result.onset_source = onset.source;
  result.ended = onset.ended;
  const auto bounds = incident::bounds_of(onset.when);
  // The onset may have been later than stated: what began until then is not ruled out.
  if (onset.known && bounds && bounds->latest > result.onset)
    result.rules.uncertainty += bounds->latest - result.onset;
  if (!onset.known)
    result.warnings.push_back(
        "the start of the impact is not on record: changes between it and the declaration count "
        "as before the onset; nines incident set --milestone impact_started=TIME");
}

void take_incident(const Session& session, const BlameRequest& request, BlameResult& result) {
  if (!request.incident && request.onset) return;
  const auto head = choose_incident(session, request.incident);
  const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
  result.incident = head.name;
  take_times(record, result);
  std::set<std::string> hurt(head.services.begin(), head.services.end());
  for (const auto& span : incident::impact_spans(record, session.now())) hurt.insert(span.service);
  hurt.erase("");
  result.services.assign(hurt.begin(), hurt.end());
}

void overrule(const BlameRequest& request, BlameResult& result) {
  if (request.onset) {
    result.onset = *request.onset;
    result.onset_source = "stated";
    result.rules.uncertainty = request.rules.uncertainty;
    result.warnings.clear();
  }
  if (request.ended) result.ended = request.ended;
  if (!request.services.empty()) result.services = request.services;
  if (result.services.empty())
    throw Error(ExitCode::usage, "no service is named",
                "--service NAME says where the symptom is seen", "MISSING_ARGUMENT");
  if (result.ended && *result.ended < result.onset)
    throw Error(ExitCode::usage, "the symptom ended before its onset",
                "swap --onset and --ended, or leave --ended out", "BAD_VALUE");
}

nines::rca::FaultReach reach_of(const Catalogue& catalogue, Instant onset) {
  nines::rca::FaultReach graph;
  const auto day = std::chrono::floor<std::chrono::days>(onset);
  for (const auto& [name, service] : catalogue.services)
    for (const auto& need : service.dependencies)
      if (!need.since || *need.since <= day) graph.add(name, need.on);
  return graph;
}

/// What the team's own incidents were caused by, before this one.
nines::rca::KindHistory history_before(const Session& session, Instant onset) {
  nines::rca::KindHistory history{};
  for (const auto& change : store::changes(session.store(), {std::nullopt, std::nullopt, onset}))
    ++history.at(static_cast<std::size_t>(change.kind)).changes;
  std::set<Uid> blamed;
  for (const auto& one : store::incidents(session.store(), {.to = onset})) {
    if (!one.counts()) continue;
    for (const auto& link :
         store::incident_record(session.store(), one.uid, store::Lines::none).links) {
      if (link.relation != kCausedBy) continue;
      if (!starts_with_ignoring_case(link.target, "CHG")) continue;
      const auto found = store::find_numbered(session.store().db(), "CHG", link.target);
      if (found.size() != 1 || !blamed.insert(found.front().uid).second) continue;
      const auto change = store::find_change(session.store(), found.front().uid);
      if (change && change->start < onset)
        ++history.at(static_cast<std::size_t>(change->kind)).blamed;
    }
  }
  return history;
}

}  // namespace

BlameResult rank_changes(const Session& session, const BlameRequest& request) {
  BlameResult result;
  result.rules = request.rules;
  take_incident(session, request, result);
  overrule(request, result);
  const auto catalogue = load_catalogue(session);
  const auto reach = reach_of(catalogue, result.onset).from(result.services, nines::rca::kMostHops);
  const auto from = result.onset - request.lookback;
  for (auto& change :
       store::changes(session.store(), {std::nullopt, std::nullopt, result.onset + kAfterOnset})) {
    if (change.start < from) {
      ++result.earlier;
      continue;
    }
    nines::rca::ChangeCandidate one;
    if (const auto found = reach.find(change.service); found != reach.end())
      one.reach = found->second;
    one.change = std::move(change);
    result.candidates.push_back(std::move(one));
  }
  for (const auto& service : result.services)
    if (!catalogue.services.contains(service))
      result.warnings.push_back("no service '" + service +
                                "' is applied: its dependencies are not known");
  add_movements(session, catalogue, request, result);
  add_new_messages(session, request, result);
  add_rollbacks(session.now(), result);
  add_exposure(request, result);
  result.blame = nines::rca::blame_changes(result.candidates, result.onset,
                                           history_before(session, result.onset), result.rules);
  return result;
}

}  // namespace nines::usecases
