// Proposals of automatic rules: made by machines, decided by people, once.
//
// To propose from another use case, inside the transaction that records what was found:
//
//   store::Transaction tx(session.store(), options.actor, options.command, options.because);
//   const auto proposed = propose(session, tx, {.key = "triage/" + step_uid,
//                                               .kind = "triage.conclusion",
//                                               .rule = "playbook-postgresql",
//                                               .subject = store::incident_subject(uid),
//                                               .title = "the primary is out of connections",
//                                               .body = Json::object({{"text", "..."}}),
//                                               .evidence = {{"max_connections reached", hash}}});
//   tx.commit();
//
// The same key is the same proposal for ever: proposing again revises it while it is open, and
// leaves it alone once it is decided. What accepting does is a row of proposal_kinds.cpp. A new
// kind of proposal is a file beside it, and one row there.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/proposal.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Transaction;
}

namespace nines::usecases {

struct NewProposal {
  std::string key;              ///< names it for ever, on every machine: "alerts/<founding alert>"
  std::optional<Uid> uid = {};  ///< of one that is known; default: from the key
  std::string kind;             ///< a row of proposal_kinds.cpp
  std::string rule;             ///< the automatic rule that speaks; its acceptance rate is kept
  std::string subject = {};     ///< what it is about: "incident/<uid>"
  std::string title;            ///< one line, for a list
  Json body = {};               ///< what accepting takes; texts, integers, booleans
  std::vector<incident::Evidence> evidence = {};
  std::optional<incident::Confidence> confidence = {};  ///< default: from the rule's record
};

enum class ProposeOutcome {
  made,
  revised,
  unchanged,
  decided,  ///< it was decided before: left alone
  retired   ///< people turn this rule down too often: nothing was proposed
};
struct Proposed {
  incident::Proposal proposal;
  ProposeOutcome outcome = ProposeOutcome::made;
};
/// Appends what is new to the transaction.
Proposed propose(Session& session, store::Transaction& tx, const NewProposal& wanted);
/// What `propose` would do; writes nothing. A proposal that it would make has no name.
Proposed plan_proposal(const Session& session, const NewProposal& wanted);
/// The identity that a key gives.
Uid proposal_uid(std::string_view key);
/// Takes an open one back, because what it rested on no longer holds.
void withdraw(Session& session, store::Transaction& tx, const incident::Proposal& proposal,
              const std::string& because);

struct ProposalQuery {
  bool all = false;  ///< decided and withdrawn ones too
  std::optional<std::string> kind = {};
  std::optional<std::string> rule = {};
};
struct ProposalView {
  incident::Proposal proposal;
  std::string effect;  ///< what accepting would do, or did
  std::string result;  ///< what accepting made or changed, as people call it
};
/// Newest first.
NINES_EXPORT std::vector<ProposalView> list_proposals(const Session& session,
                                                      const ProposalQuery& query);

struct ProposalHistory {
  ProposalView view;
  std::vector<incident::Proposal> revisions;  ///< oldest first, the present one last
};
NINES_EXPORT ProposalHistory show_proposal(const Session& session, const std::string& name);

/// How each rule has fared.
NINES_EXPORT std::vector<incident::RuleRecord> proposal_rates(const Session& session);

struct DecideRequest {
  std::string proposal;                           ///< "PRP-7", "7"
  std::map<std::string, std::string> edits = {};  ///< members of the body, as the person wants them
  std::optional<std::int64_t> revision = {};      ///< only if it still says what it said then
};
struct Decided {
  incident::Proposal proposal;  ///< as it is afterwards
  std::string effect;
  std::optional<incident::Incident> incident = {};  ///< that accepting opened or changed
  std::string made = {};  ///< the record that accepting made, where it is no incident: "ACT-3"
  std::vector<incident::Proposal> next = {};         ///< what is proposed now because of it
  std::optional<incident::RuleRecord> retired = {};  ///< the rule, if this decision retired it
  std::size_t queued = 0;                            ///< lines that had waited for the incident
};
/// Both decide once: a second decision throws Error{conflict} that says who decided when.
/// Throws Error{usage} for an edit that this kind of proposal does not take.
NINES_EXPORT Decided accept_proposal(Session& session, const DecideRequest& request, bool dry_run);
/// Throws Error{needs_approval} without a reason.
NINES_EXPORT Decided reject_proposal(Session& session, const std::string& name, bool dry_run);
/// Puts a retired rule back to work, with a clean record. Throws Error{not_found, conflict}, and
/// Error{needs_approval} without a reason.
NINES_EXPORT incident::RuleRecord reinstate_rule(Session& session, const std::string& rule,
                                                 bool dry_run);

}  // namespace nines::usecases
