// What accepting a conclusion or an action does to the record.
#include "usecases/incident/proposed_finding.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/remediate/action_defaults.hpp"

namespace nines::usecases {
namespace {

namespace field = nines::remediate::field;
using incident::Proposal;

std::string title_of(const incident::Conclusion& conclusion) {
  if (!conclusion.hypothesis.empty()) return conclusion.hypothesis;
  if (conclusion.severity) return "severity " + std::string(to_string(*conclusion.severity));
  return "service " + conclusion.service + " is hurt";
}

/// A proposal of an earlier release calls it "action".
std::string title_of_action(const Proposal& proposal) {
  const auto title = proposal.body.text("title");
  return title.empty() ? proposal.body.text("action") : title;
}

void add_line(Session& session, store::Transaction& tx, const Uid& incident, std::string text,
              incident::EntryKind kind) {
  auto entry = new_entry(session, std::move(text));
  entry.kind = kind;
  entry.number = take_entry_number(session, incident);
  tx.append(store::incident_entry_added(incident, entry));
}

}  // namespace

NewProposal conclusion_proposal(const incident::TriageStep& step,
                                const incident::Conclusion& conclusion) {
  const auto rule = step.playbook + "." + conclusion.rule;
  NewProposal wanted;
  wanted.key = "triage/" + step.incident.to_string() + "/" + rule;
  wanted.kind = "triage.conclusion";
  wanted.rule = rule;
  wanted.subject = store::incident_subject(step.incident);
  wanted.title = title_of(conclusion);
  wanted.body = Json::object(
      {{"severity", conclusion.severity ? to_string(*conclusion.severity) : std::string_view()},
       {"service", conclusion.service},
       {"hypothesis", conclusion.hypothesis}});
  wanted.evidence = {
      {"step " + step.step + " printed what matches '" + conclusion.match + "'", step.output_hash}};
  return wanted;
}

NewProposal finding_proposal(const incident::Drill& drill, const incident::DrillFinding& finding) {
  NewProposal wanted;
  wanted.key = "drill/" + drill.uid.to_string() + "/" + finding.rule + "/" + finding.text;
  wanted.kind = "drill.action";
  wanted.rule = finding.rule;
  wanted.subject = store::incident_subject(drill.incident);
  wanted.title = drill.name + ": " + finding.text;
  wanted.body = Json::object({{"title", "mend: " + finding.text}, {"finding", finding.text}});
  wanted.evidence = {{"score of " + drill.name, "drill/" + drill.uid.to_string()}};
  return wanted;
}

std::string effect_of_conclusion(const Session& session, const Proposal& proposal) {
  const auto name = store::find_incident(
      session.store(),
      Uid::parse(proposal.subject.substr(proposal.subject.find('/') + 1)).value_or(Uid{}));
  std::vector<std::string> parts;
  if (const auto text = proposal.body.text("severity"); !text.empty())
    parts.push_back("sets the severity to " + text);
  if (const auto text = proposal.body.text("service"); !text.empty())
    parts.push_back("adds the service " + text);
  if (!proposal.body.text("hypothesis").empty()) parts.push_back("notes the hypothesis");
  return join(parts, ", ") + " in " + (name ? name->name : "an incident that is not here");
}

Applied conclude_proposed(Session& session, store::Transaction& tx, const Proposal& proposal) {
  const auto target = subject_incident(session, proposal);
  const auto severity = incident::severity_from(proposal.body.text("severity"));
  if (severity && *severity != target.severity)
    tx.append(store::incident_field_set(target.uid, "severity", to_string(target.severity),
                                        to_string(*severity)));
  const auto service = proposal.body.text("service");
  if (!service.empty() &&
      std::find(target.services.begin(), target.services.end(), service) == target.services.end()) {
    auto services = target.services;
    services.push_back(service);
    tx.append(store::incident_field_set(target.uid, "services", join(target.services, ","),
                                        join(services, ",")));
  }
  if (const auto text = proposal.body.text("hypothesis"); !text.empty())
    add_line(session, tx, target.uid, text, incident::EntryKind::hypothesis);
  return {store::incident_subject(target.uid)};
}

std::string effect_of_action(const Session&, const Proposal& proposal) {
  return "adds the action '" + title_of_action(proposal) + "'";
}

Applied act_on_proposed(Session& session, store::Transaction& tx, const Proposal& proposal) {
  const auto target = subject_incident(session, proposal);
  nines::remediate::Action action;
  action.uid = make_uid(session);
  action.incident = target.uid;
  action.by = session.options().actor;
  action.at = session.now();
  action.fields.emplace(field::kTitle, title_of_action(proposal));
  if (const auto finding = proposal.body.text("finding"); !finding.empty())
    action.fields.emplace(field::kDoneWhen, "a drill no longer finds: " + finding);
  fill_gaps(session, action, target, load_catalogue(session));
  const auto number = store::take_number(session.store().db(), "ACT");
  tx.append(store::action_added(action, number));
  return {.result = store::action_subject(action.uid), .made = "ACT-" + std::to_string(number)};
}

}  // namespace nines::usecases
