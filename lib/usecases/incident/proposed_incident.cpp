// What accepting does to incidents.
#include "usecases/incident/proposed_incident.hpp"

#include "base/error.hpp"
#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "domain/incident/lifecycle.hpp"
#include "domain/incident/milestones.hpp"
#include "store/alerts.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/alert_timeline.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;
using incident::Proposal;

std::vector<std::string> words_of(const std::string& joined) {
  std::vector<std::string> words;
  for (const auto word : split(joined, ','))
    if (const auto name = trim(word); !name.empty()) words.emplace_back(name);
  return words;
}

incident::Severity severity_of(const Proposal& proposal) {
  return incident::severity_from(proposal.body.text("severity"))
      .value_or(incident::Severity::undetermined);
}

std::optional<incident::StatedTime> time_of(const Proposal& proposal, const char* member) {
  const auto text = proposal.body.text(member);
  const auto at = parse_rfc3339(text);
  if (!at) return std::nullopt;
  return incident::StatedTime{.at = *at, .text = text, .clock = proposal.body.text("clock")};
}

std::string target_name(const Session& session, const Proposal& proposal) {
  const auto into = proposal.body.text("into");
  return into.empty() ? store::name_of(session.store().db(), proposal.subject) : into;
}

/// The incident that the proposal is about, or that the person named instead.
Incident target_of(const Session& session, const Proposal& proposal) {
  const auto into = proposal.body.text("into");
  if (!into.empty()) return choose_incident(session, into);
  return subject_incident(session, proposal);
}

/// The alerts that spoke for the proposal go into the timeline; what their end means is proposed.
std::vector<Proposal> take_alerts(Session& session, store::Transaction& tx, const Uid& incident,
                                  const Proposal& proposal) {
  if (store::alert_kinds_of_group(session.store(), proposal.uid).empty()) return {};
  append_group_lines(session, tx, incident, proposal.uid);
  std::vector<Proposal> next;
  if (auto end = propose_end(session, tx, incident, proposal.uid)) next.push_back(std::move(*end));
  return next;
}

}  // namespace

std::string effect_of_opening(const Session& session, const Proposal& proposal) {
  if (!proposal.body.text("into").empty()) return effect_of_attaching(session, proposal);
  const auto services = join(words_of(proposal.body.text("services")), ", ");
  return "opens '" + proposal.body.text("title") + "', " +
         std::string(to_string(severity_of(proposal))) +
         (services.empty() ? "" : ", for " + services);
}

Applied open_proposed(Session& session, store::Transaction& tx, const Proposal& proposal) {
  if (!proposal.body.text("into").empty()) return attach_proposed(session, tx, proposal);
  OpenRequest request;
  request.uid = named_uid("nines incident\n" + proposal.uid.to_string());
  request.title = proposal.body.text("title");
  request.severity = severity_of(proposal);
  request.services = words_of(proposal.body.text("services"));
  request.started = time_of(proposal, "started");
  request.detected = time_of(proposal, "detected");
  auto opening = append_opening(session, tx, request);
  if (const auto by = proposal.body.text("detected_by"); !by.empty())
    tx.append(store::incident_fact_set(opening.incident.uid,
                                       {"detected_by", by, false, session.now(), proposal.rule}));
  const auto uid = opening.incident.uid;
  return {store::incident_subject(uid), true, take_alerts(session, tx, uid, proposal),
          std::move(opening.taken)};
}

std::string effect_of_attaching(const Session& session, const Proposal& proposal) {
  return "attaches to " + target_name(session, proposal);
}

Applied attach_proposed(Session& session, store::Transaction& tx, const Proposal& proposal) {
  const auto target = target_of(session, proposal);
  if (!target.open())
    throw Error(
        ExitCode::conflict, "'" + target.name + "' is closed",
        "--into another incident, or nines incident reopen " + target.name + " --because TEXT",
        "WRONG_STATE");
  auto entry = new_entry(session, "attached: " + proposal.title + " (" + proposal.name + ")");
  entry.number = take_entry_number(session, target.uid);
  entry.kind = incident::EntryKind::decision;
  tx.append(store::incident_entry_added(target.uid, entry));
  return {store::incident_subject(target.uid),
          false,
          take_alerts(session, tx, target.uid, proposal),
          {}};
}

std::string effect_of_step(const Session& session, const Proposal& proposal) {
  const auto at = proposal.body.text("at");
  return "says that " + target_name(session, proposal) + " is " + proposal.body.text("to") +
         (at.empty() ? "" : " as of " + at);
}

Applied step_proposed(Session& session, store::Transaction& tx, const Proposal& proposal) {
  const auto target = target_of(session, proposal);
  const incident::StatusStep step{
      incident::status_from(proposal.body.text("to")).value_or(incident::Status::mitigated)};
  if (const auto refusal = refuse_step(target, step))
    throw Error(ExitCode::conflict, refusal->what, refusal->hint, "WRONG_STATE");
  tx.append(store::incident_status_set(target.uid, target.status, step,
                                       time_of(proposal, "at").value_or(stated_now(session))));
  return {store::incident_subject(target.uid)};
}

}  // namespace nines::usecases
