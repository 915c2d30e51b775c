// Proposing, and reading what was proposed.
#include "usecases/incident/proposals.hpp"

#include "base/named_uid.hpp"
#include "store/numbers.hpp"
#include "store/proposals.hpp"
#include "store/store.hpp"
#include "usecases/incident/proposal_kinds.hpp"

namespace nines::usecases {
namespace {

using incident::Proposal;

ProposalView proposal_view(const Session& session, Proposal proposal) {
  ProposalView view{std::move(proposal), {}, {}};
  const auto& p = view.proposal;
  auto edited = p;
  if (p.decision && p.decision->edited())
    for (const auto& [key, value] : p.decision->edits.as_object()) edited.body.set(key, value);
  const auto* kind = find_proposal_kind(p.kind);
  view.effect = kind != nullptr ? kind->effect(session, edited)
                                : "is of kind '" + p.kind + "', which a newer nines knows";
  if (p.decision && !p.decision->result.empty())
    view.result = store::name_of(session.store().db(), p.decision->result);
  return view;
}

}  // namespace

Uid proposal_uid(std::string_view key) { return named_uid("nines proposal\n" + std::string(key)); }

Proposed plan_proposal(const Session& session, const NewProposal& wanted) {
  Proposed proposed;
  auto& p = proposed.proposal;
  p.uid = wanted.uid.value_or(proposal_uid(wanted.key));
  p.kind = wanted.kind;
  p.rule = wanted.rule;
  p.subject = wanted.subject;
  p.title = wanted.title;
  p.body = wanted.body.is_null() ? Json::object() : wanted.body;
  p.evidence = wanted.evidence;
  p.proposed_at = p.updated_at = session.now();
  const auto record = store::rule_record(session.store(), wanted.rule);
  p.confidence = wanted.confidence.value_or(confidence_of(record));
  if (const auto known = store::find_proposal(session.store(), p.uid)) {
    if (known->state != incident::ProposalState::open) return {*known, ProposeOutcome::decided};
    if (says_the_same(*known, p)) return {*known, ProposeOutcome::unchanged};
    p.name = known->name;
    p.proposed_at = known->proposed_at;
    p.revision = known->revision + 1;
    p.rule = known->rule;  // whoever proposed first answers for it
    proposed.outcome = ProposeOutcome::revised;
  } else if (record.retired_at) {
    proposed.outcome = ProposeOutcome::retired;
  }
  return proposed;
}

Proposed propose(Session& session, store::Transaction& tx, const NewProposal& wanted) {
  auto proposed = plan_proposal(session, wanted);
  auto& p = proposed.proposal;
  if (proposed.outcome == ProposeOutcome::revised) {
    tx.append(store::proposal_revised(p));
  } else if (proposed.outcome == ProposeOutcome::made) {
    tx.append(store::proposal_made(p, store::take_number(session.store().db(), "PRP")));
    p.name = store::name_of(session.store().db(), store::proposal_subject(p.uid));
  }
  return proposed;
}

void withdraw(Session& session, store::Transaction& tx, const Proposal& proposal,
              const std::string& because) {
  if (proposal.state != incident::ProposalState::open) return;
  incident::Decision decision{
      incident::ProposalState::withdrawn, {}, session.now(), because, {}, {}};
  tx.append(store::proposal_decided(proposal.uid, decision, proposal.revision));
}

std::vector<ProposalView> list_proposals(const Session& session, const ProposalQuery& query) {
  store::ProposalFilter filter{.kind = query.kind, .rule = query.rule};
  if (!query.all) filter.state = incident::ProposalState::open;
  std::vector<ProposalView> views;
  for (auto& proposal : store::proposals(session.store(), filter))
    views.push_back(proposal_view(session, std::move(proposal)));
  return views;
}

ProposalHistory show_proposal(const Session& session, const std::string& name) {
  auto proposal = store::get_proposal(session.store(), name);
  auto revisions = store::proposal_revisions(session.store(), proposal.uid);
  return {proposal_view(session, std::move(proposal)), std::move(revisions)};
}

std::vector<incident::RuleRecord> proposal_rates(const Session& session) {
  return store::rule_records(session.store());
}

}  // namespace nines::usecases
