// Checks the step against the rules, then appends it with the note that explains it.
#include "usecases/incident/lifecycle.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "domain/incident/milestones.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/paging/advance.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;
using Events = std::vector<log::NewEvent>;

void require(const std::optional<incident::Refusal>& refusal) {
  if (refusal) throw Error(ExitCode::conflict, refusal->what, refusal->hint, "WRONG_STATE");
}

void add_note(Session& session, Events& events, const Incident& incident,
              const StepRequest& request) {
  if (request.note.empty()) return;
  auto entry = new_entry(session, request.note, request.when);
  entry.number = take_entry_number(session, incident.uid);
  events.push_back(store::incident_entry_added(incident.uid, entry));
}

/// Writes the events and the note, unless it is a dry run, and reads the result.
Incident finish(Session& session, Incident incident, Events events, const StepRequest& request,
                bool dry_run) {
  if (dry_run) return incident;
  add_note(session, events, incident, request);
  append_all(session, incident.uid, events);
  return *store::find_incident(session.store(), incident.uid);
}

incident::StatedTime when_of(const Session& session, const StepRequest& request) {
  return request.when.value_or(stated_now(session));
}

const char* const kDetectedBy = "detected_by";

bool knows_detection(const incident::Record& record) {
  return std::any_of(record.facts.begin(), record.facts.end(),
                     [](const incident::Fact& fact) { return fact.name == kDetectedBy; });
}

std::string other_subject(const Session& session, const Incident& incident,
                          const std::string& word) {
  const auto other = choose_incident(session, word);
  if (other.uid == incident.uid)
    throw Error(ExitCode::usage, "'" + incident.name + "' cannot stand in for itself",
                "--of names the other incident");
  return store::incident_subject(other.uid);
}

bool is_linked(const Session& session, const Uid& incident, const incident::Link& link) {
  const auto links = store::incident_record(session.store(), incident, store::Lines::none).links;
  return std::any_of(links.begin(), links.end(), [&](const incident::Link& known) {
    return known.target == link.target && known.relation == link.relation;
  });
}

}  // namespace

Incident acknowledge_incident(Session& session, const StepRequest& request, bool dry_run) {
  auto incident = choose_incident(session, request.incident);
  const auto record = store::incident_record(session.store(), incident.uid, store::Lines::none);
  const bool known = record.milestones.contains(std::string(incident::milestone::kAcknowledged));
  auto answer = answer_to_escalation(session, incident, when_of(session, request).at);
  // The first answer is the milestone; later ones may still end (or keep) the paging.
  if (known && !answer)
    throw Error(
        ExitCode::conflict, "'" + incident.name + "' is acknowledged already",
        "nines incident set " + incident.name + " --milestone acknowledged=TIME corrects when",
        "WRONG_STATE");
  Events events;
  if (!known)
    events.push_back(store::incident_milestone_set(incident.uid, incident::milestone::kAcknowledged,
                                                   when_of(session, request)));
  if (answer) events.push_back(std::move(*answer));
  // Whoever answers first is in command until somebody else is.
  if (incident.commander.empty())
    events.push_back(store::incident_role_set(incident.uid, incident::kCommander,
                                              session.options().actor, "",
                                              when_of(session, request).at));
  return finish(session, std::move(incident), std::move(events), request, dry_run);
}

Incident step_incident(Session& session, const StepRequest& request,
                       const incident::StatusStep& step, bool dry_run) {
  auto incident = choose_incident(session, request.incident);
  require(refuse_step(incident, step));
  return finish(
      session, incident,
      {store::incident_status_set(incident.uid, incident.status, step, when_of(session, request))},
      request, dry_run);
}

bool wants_detection(const Session& session, const std::optional<std::string>& word,
                     incident::Outcome outcome) {
  const auto incident = choose_incident(session, word);
  if (!incident.open() || !incident.counts() || outcome != incident::Outcome::resolved)
    return false;
  return !knows_detection(
      store::incident_record(session.store(), incident.uid, store::Lines::none));
}

Closed close_incident(Session& session, const CloseRequest& request, bool dry_run) {
  const auto incident = choose_incident(session, request.step.incident);
  const incident::StatusStep step{incident::Status::closed, request.outcome};
  require(refuse_step(incident, step));
  const auto when = when_of(session, request.step);
  const auto into = request.of ? other_subject(session, incident, *request.of) : "";
  Events events{store::incident_status_set(incident.uid, incident.status, step, when, into)};
  const auto record = store::incident_record(session.store(), incident.uid, store::Lines::none);
  // Only what counts as an incident is asked how it was found.
  const bool counts = incident.counts() && request.outcome == incident::Outcome::resolved;
  Closed closed{incident, !counts || knows_detection(record)};
  if (!request.detected_by.empty()) {
    events.push_back(store::incident_fact_set(
        incident.uid, {kDetectedBy, request.detected_by, false, when.at, session.options().actor}));
    closed.detection_known = true;
  }
  closed.incident = finish(session, incident, std::move(events), request.step, dry_run);
  if (!dry_run) Desk(session).leave(incident.uid);
  return closed;
}

Incident reopen_incident(Session& session, const StepRequest& request, bool dry_run) {
  auto incident = choose_incident(session, request.incident);
  require(refuse_reopening(incident));
  if (!session.options().because || session.options().because->empty())
    throw Error(ExitCode::needs_approval, "reopening needs a reason", "--because TEXT",
                "MISSING_REASON");
  Events events{store::incident_status_set(
      incident.uid, incident.status, {incident::Status::declared}, when_of(session, request))};
  if (auto again = escalation_after_reopening(session, incident))
    events.push_back(std::move(*again));
  auto opened = finish(session, incident, std::move(events), request, dry_run);
  if (!dry_run) Desk(session).use(incident.uid);
  return opened;
}

Merged merge_incident(Session& session, const StepRequest& request, const std::string& into,
                      bool dry_run) {
  Merged merged{choose_incident(session, request.incident), choose_incident(session, into)};
  if (merged.from.uid == merged.into.uid)
    throw Error(ExitCode::usage, "'" + into + "' cannot be merged into itself",
                "--into names the other incident");
  const incident::StatusStep step{incident::Status::closed, incident::Outcome::merged};
  require(refuse_step(merged.from, step));
  if (merged.into.outcome == incident::Outcome::merged)
    throw Error(ExitCode::conflict, "'" + merged.into.name + "' was merged itself",
                "merge into " + merged.into.into, "WRONG_STATE");
  if (dry_run) return merged;
  const auto subject = store::incident_subject(merged.into.uid);
  Events events{store::incident_status_set(merged.from.uid, merged.from.status, step,
                                           when_of(session, request), subject),
                store::incident_linked(merged.into.uid,
                                       {store::incident_subject(merged.from.uid), "absorbed"})};
  add_note(session, events, merged.from, request);
  append_all(session, merged.into.uid, events);
  Desk desk(session);
  if (desk.current() == merged.from.uid) desk.use(merged.into.uid);
  merged.from = *store::find_incident(session.store(), merged.from.uid);
  return merged;
}

Linked link_incident(Session& session, const std::optional<std::string>& word,
                     const std::string& target, const std::string& relation, bool dry_run) {
  Linked linked{choose_incident(session, word), {target, relation}, target};
  const auto lower = target.substr(0, 3);
  if (lower == "INC" || lower == "inc" || target.starts_with("@")) {
    const auto other = choose_incident(session, target);
    linked.link.target = store::incident_subject(other.uid);
    linked.target = other.name;
  }
  const auto& uid = linked.incident.uid;
  linked.already = is_linked(session, uid, linked.link);
  if (dry_run || linked.already) return linked;
  append_made(session, uid, [&]() -> Events {
    // Somebody else may have linked them while this waited for the store.
    linked.already = is_linked(session, uid, linked.link);
    if (linked.already) return {};
    return {store::incident_linked(uid, linked.link)};
  });
  return linked;
}

}  // namespace nines::usecases
