// One transaction: the incident, its first milestones, its commander, the lines that waited.
#include "usecases/incident/open.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;

Incident opened_head(Session& session, const OpenRequest& request) {
  Incident head;
  head.uid = request.uid.value_or(make_uid(session));
  head.title = request.title;
  head.mode = request.mode;
  head.status = request.triage ? incident::Status::triage : incident::Status::declared;
  head.severity = request.severity;
  head.priority = request.priority;
  head.services = request.services;
  head.tags = request.tags;
  head.commander = request.commander;
  head.opened_at = request.declared ? request.declared->at : session.now();
  head.origin = request.origin;
  return head;
}

void append_milestones(store::Transaction& tx, const Incident& head, const OpenRequest& request) {
  using namespace incident::milestone;
  if (request.started)
    tx.append(store::incident_milestone_set(head.uid, kImpactStarted, *request.started));
  if (request.detected)
    tx.append(store::incident_milestone_set(head.uid, kDetected, *request.detected));
}

/// A misspelt service would never meet its SLO; without a catalogue there is nothing to compare.
std::vector<std::string> unknown_services(const Session& session,
                                          const std::vector<std::string>& services) {
  std::vector<std::string> unknown;
  if (services.empty() || store::definition_count(session.store()) == 0) return unknown;
  for (const auto& service : services)
    if (!store::find_definition(session.store(), "Service", service)) unknown.push_back(service);
  return unknown;
}

}  // namespace

std::string one_line(std::string_view text, const std::string& what) {
  constexpr std::size_t kLongestTitle = 1'000;
  std::string line(trim(text));
  for (auto& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  if (line.empty())
    throw Error(ExitCode::usage, "the " + what + " is empty", "say it in a few words", "BAD_VALUE");
  if (line.size() > kLongestTitle)
    throw Error(ExitCode::usage, "the " + what + " is " + group_digits(line.size()) + " bytes long",
                "at most 1,000: keep it short, and put the rest into the log", "BAD_VALUE");
  return line;
}

Opening append_opening(Session& session, store::Transaction& tx, const OpenRequest& request) {
  Opening opening{opened_head(session, request), {}};
  auto& head = opening.incident;
  tx.append(store::incident_opened(head, store::take_number(session.store().db(), "INC")));
  append_milestones(tx, head, request);
  if (!head.commander.empty())
    tx.append(store::incident_role_set(head.uid, incident::kCommander, head.commander, "",
                                       head.opened_at));
  opening.taken = fold_spool(session, tx, head.uid);
  head.name = store::name_of(session.store().db(), store::incident_subject(head.uid));
  return opening;
}

Opened open_incident(Session& session, const OpenRequest& request, bool dry_run) {
  Opened opened{{}, 0, unknown_services(session, request.services)};
  if (dry_run) {
    opened.incident = opened_head(session, request);
    return opened;
  }
  const auto& options = session.options();
  Opening opening;
  {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    opening = append_opening(session, tx, request);
    tx.commit();
  }
  for (const auto& line : opening.taken) Spool(options.state_folder).drop(line);
  opened.incident = std::move(opening.incident);
  opened.queued = opening.taken.size();
  Desk(session).use(opened.incident.uid);
  return opened;
}

}  // namespace nines::usecases
