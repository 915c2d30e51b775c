// Deciding about a proposal: once, inside the transaction that does what was decided.
#include "base/error.hpp"
#include "base/text.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/proposals.hpp"
#include "store/store.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/proposal_kinds.hpp"
#include "usecases/incident/proposals.hpp"

namespace nines::usecases {
namespace {

using incident::Proposal;
using incident::ProposalState;

void require_open(const Proposal& proposal) {
  if (const auto refusal = refuse_decision(proposal))
    throw Error(ExitCode::conflict, refusal->what, refusal->hint, "DECIDED_ALREADY");
}

void require_revision(const Proposal& proposal, const std::optional<std::int64_t>& revision) {
  if (!revision || *revision == proposal.revision) return;
  throw Error(ExitCode::conflict,
              "'" + proposal.name + "' is at revision " + std::to_string(proposal.revision) +
                  ", not " + std::to_string(*revision),
              "nines incident proposals " + proposal.name + " shows what it says now",
              "STALE_REVISION");
}

void require_reason(const Session& session, std::string_view what) {
  const auto& because = session.options().because;
  if (!because || because->empty())
    throw Error(ExitCode::needs_approval, std::string(what) + " needs a reason", "--because TEXT",
                "MISSING_REASON");
}

void require_known_edits(const ProposalKind& kind, const DecideRequest& request,
                         const Proposal& proposal) {
  for (const auto& [key, value] : request.edits) {
    if (std::find(kind.edits.begin(), kind.edits.end(), key) != kind.edits.end()) continue;
    std::vector<std::string> known(kind.edits.begin(), kind.edits.end());
    throw Error(
        ExitCode::usage, "accepting '" + proposal.name + "' " + "takes no " + key + " to edit",
        known.empty() ? "accept it as it stands, or reject it" : "it takes: " + join(known, ", "),
        "BAD_EDIT");
  }
}

/// Only what differs from the proposal is an edit.
Json edits_of(const Proposal& proposal, const DecideRequest& request) {
  auto edits = Json::object();
  for (const auto& [key, value] : request.edits)
    if (proposal.body.text(key) != value) edits.set(key, value);
  return edits;
}

Proposal with_edits(Proposal proposal, const Json& edits) {
  for (const auto& [key, value] : edits.as_object()) proposal.body.set(key, value);
  return proposal;
}

/// The proposal that `name` means, when it may be decided as `request` wants.
Proposal open_proposal(const Session& session, const DecideRequest& request) {
  auto proposal = store::get_proposal(session.store(), request.proposal);
  require_open(proposal);
  require_revision(proposal, request.revision);
  return proposal;
}

std::optional<incident::RuleRecord> retire_if_due(Session& session, store::Transaction& tx,
                                                  const std::string& rule) {
  auto record = store::rule_record(session.store(), rule);
  if (!should_retire(record)) return std::nullopt;
  tx.append(store::rule_retired(record));
  record.retired_at = session.now();
  return record;
}

/// Whoever accepted works on that incident from then on.
void settle_desk(Session& session, const Applied& applied, Decided& decided) {
  for (const auto& line : applied.taken) Spool(session.options().state_folder).drop(line);
  decided.queued = applied.taken.size();
  constexpr std::string_view kPrefix = "incident/";
  if (!applied.result.starts_with(kPrefix)) return;
  const auto uid = Uid::parse(applied.result.substr(kPrefix.size()));
  if (!uid) return;
  decided.incident = store::find_incident(session.store(), *uid);
  if (applied.make_current)
    Desk(session).use(*uid);
  else
    Desk(session).touch(*uid);
}

}  // namespace

Decided accept_proposal(Session& session, const DecideRequest& request, bool dry_run) {
  Decided decided;
  auto& proposal = decided.proposal;
  proposal = open_proposal(session, request);
  const auto& kind = proposal_kind(proposal.kind);
  require_known_edits(kind, request, proposal);
  auto edits = edits_of(proposal, request);
  decided.effect = kind.effect(session, with_edits(proposal, edits));
  if (dry_run) return decided;
  const auto& options = session.options();
  Applied applied;
  {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    // Nobody else can write now: what is read here is what is decided about.
    proposal = open_proposal(session, request);
    edits = edits_of(proposal, request);
    const auto wanted = with_edits(proposal, edits);
    decided.effect = kind.effect(session, wanted);
    applied = kind.apply(session, tx, wanted);
    const incident::Decision decision{ProposalState::accepted, options.actor, session.now(), {},
                                      std::move(edits),        applied.result};
    tx.append(store::proposal_decided(proposal.uid, decision, proposal.revision));
    tx.commit();
  }
  settle_desk(session, applied, decided);
  decided.made = std::move(applied.made);
  decided.next = std::move(applied.next);
  proposal = *store::find_proposal(session.store(), proposal.uid);
  return decided;
}

Decided reject_proposal(Session& session, const std::string& name, bool dry_run) {
  Decided decided;
  auto& proposal = decided.proposal;
  proposal = open_proposal(session, {name});
  require_reason(session, "rejecting");
  decided.effect = proposal_kind(proposal.kind).effect(session, proposal);
  if (dry_run) return decided;
  const auto& options = session.options();
  {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    proposal = open_proposal(session, {name});
    const incident::Decision decision{
        ProposalState::rejected, options.actor, session.now(), {}, {}, {}};
    tx.append(store::proposal_decided(proposal.uid, decision, proposal.revision));
    decided.retired = retire_if_due(session, tx, proposal.rule);
    tx.commit();
  }
  proposal = *store::find_proposal(session.store(), proposal.uid);
  return decided;
}

incident::RuleRecord reinstate_rule(Session& session, const std::string& rule, bool dry_run) {
  auto record = store::rule_record(session.store(), rule);
  if (!record.retired_at) {
    const auto records = store::rule_records(session.store());
    std::vector<std::string_view> known;
    for (const auto& one : records) known.push_back(one.rule);
    const bool exists = std::find(known.begin(), known.end(), rule) != known.end();
    const auto close = exists ? "" : did_you_mean_hint(rule, known);
    throw Error(exists ? ExitCode::conflict : ExitCode::not_found,
                exists ? "rule '" + rule + "' is at work" : "no rule '" + rule + "'",
                close.empty() ? "nines incident proposals --rates" : close,
                exists ? "WRONG_STATE" : "NO_RULE");
  }
  require_reason(session, "putting a rule back to work");
  if (dry_run) return record;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::rule_reinstated(rule));
  tx.commit();
  return store::rule_record(session.store(), rule);
}

}  // namespace nines::usecases
