// Facts to proposals, proposals to factors, each by one event.
#include "usecases/report/factors.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/analyses.hpp"
#include "store/factors.hpp"
#include "store/hypotheses.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/proposals.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/report/factor_facts.hpp"

namespace nines::usecases {
namespace {

using incident::Proposal;
using incident::ProposalState;
using postmortem::Factor;
using postmortem::FactorProposal;

constexpr std::string_view kFactorKind = "postmortem.factor";

NewProposal factor_proposal(const Uid& incident, const FactorProposal& found) {
  NewProposal wanted;
  wanted.key = "factor/" + incident.to_string() + "/" + std::string(found.rule) + "/" + found.about;
  wanted.kind = std::string(kFactorKind);
  wanted.rule = "factor-" + std::string(found.rule);
  wanted.subject = store::incident_subject(incident);
  wanted.title = found.text;
  wanted.body = Json::object({{"text", found.text}, {"layer", rca::to_string(found.layer)}});
  for (const auto& ground : found.grounds)
    wanted.evidence.push_back({ground.says, ground.reference});
  return wanted;
}

std::vector<Proposal> proposals_of(const Session& session, const Uid& incident) {
  auto all = store::proposals(session.store(), {.kind = std::string(kFactorKind),
                                                .subject = store::incident_subject(incident)});
  std::stable_sort(all.begin(), all.end(), [](const Proposal& a, const Proposal& b) {
    return a.proposed_at < b.proposed_at;
  });
  return all;
}

}  // namespace

std::vector<ContributingFactor> contributing_factors(const Session& session,
                                                     const std::optional<Uid>& incident) {
  std::vector<ContributingFactor> found;
  std::map<std::string, std::string> answers;
  for (const auto& action : store::actions(session.store(), incident))
    answers.emplace(action.text(nines::remediate::field::kFactor), action.name);
  for (auto& one : store::factors(session.store(), incident))
    found.push_back({one.name, one.incident, std::move(one.text), one.layer, std::move(one.rule),
                     std::move(one.evidence), answers[one.name]});
  for (const auto& analysis : store::analyses(session.store(), incident))
    for (auto& one : store::hypotheses_of(session.store(), analysis.uid)) {
      if (one.state != rca::HypothesisState::confirmed) continue;
      ContributingFactor factor{
          std::move(one.name),  analysis.incident, std::move(one.text), one.layer, {}, {},
          std::move(one.action)};
      for (const auto& item : one.evidence) factor.evidence.push_back(item.text);
      found.push_back(std::move(factor));
    }
  std::stable_sort(found.begin(), found.end(),
                   [](const ContributingFactor& a, const ContributingFactor& b) {
                     return a.incident < b.incident;
                   });
  return found;
}

FactorsView propose_factors_of(Session& session, const FactorsRequest& request, bool dry_run) {
  FactorsView view{choose_incident(session, request.incident)};
  const auto& uid = view.incident.uid;
  const auto record = store::incident_record(session.store(), uid);
  auto gathered = gather_factor_facts(session, record, request.folder);
  view.not_known = std::move(gathered.not_known);
  std::vector<NewProposal> wanted;
  std::set<Uid> speaking;
  for (const auto& found : postmortem::propose_factors(gathered.facts)) {
    wanted.push_back(factor_proposal(uid, found));
    speaking.insert(proposal_uid(wanted.back().key));
  }
  std::vector<Proposal> silent;
  for (auto& one : proposals_of(session, uid))
    if (one.state == ProposalState::open && !speaking.contains(one.uid))
      silent.push_back(std::move(one));
  std::vector<const NewProposal*> news;
  for (const auto& one : wanted) {
    const auto plan = plan_proposal(session, one);
    if (plan.outcome == ProposeOutcome::made || plan.outcome == ProposeOutcome::revised)
      news.push_back(&one);
    if (plan.outcome == ProposeOutcome::made) view.new_ones.push_back(one.title);
    if (plan.outcome == ProposeOutcome::retired)
      view.not_known.push_back(one.rule + ": retired, people turned it down too often");
  }
  if (!dry_run && !(news.empty() && silent.empty())) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (const auto* one : news) propose(session, tx, *one);
    for (const auto& one : silent)
      withdraw(session, tx, one, "the facts it rested on are no longer on record");
    tx.commit();
  }
  for (auto& one : proposals_of(session, uid))
    (one.state == ProposalState::open ? view.open : view.decided).push_back(std::move(one));
  view.factors = contributing_factors(session, uid);
  return view;
}

Factor add_factor(Session& session, const FactorEdit& edit, bool dry_run) {
  const auto about = choose_incident(session, edit.incident);
  Factor factor;
  factor.uid = make_uid(session);
  factor.incident = about.uid;
  factor.text = one_line(edit.text, "text");
  factor.layer = edit.layer.value_or(rca::Layer::none);
  for (const auto& line : edit.evidence) factor.evidence.push_back(one_line(line, "evidence"));
  factor.by = session.options().actor;
  factor.at = session.now();
  if (dry_run) return factor;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto number = store::take_number(session.store().db(), "FAC");
  tx.append(store::factor_added(factor, number));
  factor.name = store::name_of(session.store().db(), store::factor_subject(factor.uid));
  tx.commit();
  return factor;
}

Factor drop_factor(Session& session, const std::string& name, const std::string& because,
                   bool dry_run) {
  auto factor = store::get_factor(session.store(), name);
  if (!factor.dropped.empty())
    throw Error(ExitCode::conflict, "'" + factor.name + "' was dropped before: " + factor.dropped,
                "nines undo takes that back while it is the newest", "WRONG_STATE");
  if (because.empty())
    throw Error(ExitCode::usage, "a factor that was accepted needs a reason to go",
                "add --because TEXT", "MISSING_ARGUMENT");
  factor.dropped = one_line(because, "reason");
  if (dry_run) return factor;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::factor_dropped(factor.uid, factor.dropped, session.now()));
  tx.commit();
  return factor;
}

std::string effect_of_factor(const Session& session, const Proposal& proposal) {
  const auto uid = Uid::parse(proposal.subject.substr(proposal.subject.find('/') + 1));
  const auto about = store::find_incident(session.store(), uid.value_or(Uid{}));
  return "records the factor '" + proposal.body.text("text") + "' (" + proposal.body.text("layer") +
         ") of " + (about ? about->name : "an incident that is not here");
}

Applied accept_factor(Session& session, store::Transaction& tx, const Proposal& proposal) {
  const auto about = subject_incident(session, proposal);
  const auto layer = rca::layer_from(proposal.body.text("layer"));
  if (!layer)
    throw Error(ExitCode::usage, "'" + proposal.body.text("layer") + "' is no layer",
                "one of: technical, tooling, training, process, time-pressure, external",
                "BAD_VALUE");
  Factor factor;
  factor.uid = named_uid("nines factor\n" + proposal.uid.to_string());
  factor.incident = about.uid;
  factor.text = one_line(proposal.body.text("text"), "text");
  factor.layer = *layer;
  constexpr std::string_view kOurs = "factor-";
  factor.rule =
      proposal.rule.starts_with(kOurs) ? proposal.rule.substr(kOurs.size()) : proposal.rule;
  for (const auto& one : proposal.evidence) factor.evidence.push_back(one.says);
  factor.by = session.options().actor;
  factor.at = session.now();
  tx.append(store::factor_added(factor, store::take_number(session.store().db(), "FAC")));
  return {store::factor_subject(factor.uid)};
}

}  // namespace nines::usecases
