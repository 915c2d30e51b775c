// Proposals (PRP-7) of automatic rules, what was decided about them, and the rules' standing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/proposal.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "proposal/<uid>": proposal.made, proposal.revised, proposal.decided. The first decision
/// stands; one that a machine apart made later is counted as contesting it.
const Aggregate& proposal_aggregate();
/// Subjects "rule/<name>": rule.retired, rule.reinstated.
const Aggregate& rule_aggregate();

std::string proposal_subject(const Uid& proposal);

/// `number` comes from take_number(db, "PRP") within the transaction.
log::NewEvent proposal_made(const incident::Proposal& proposal, std::int64_t number);
log::NewEvent proposal_revised(const incident::Proposal& proposal);
/// The actor of the event is who decided.
log::NewEvent proposal_decided(const Uid& proposal, const incident::Decision& decision,
                               int revision);
log::NewEvent rule_retired(const incident::RuleRecord& record);
log::NewEvent rule_reinstated(std::string_view rule);

struct ProposalFilter {
  std::optional<incident::ProposalState> state = {};
  std::optional<std::string> kind = {};
  std::optional<std::string> rule = {};
  std::optional<std::string> subject = {};
  std::optional<std::string> result = {};  ///< subject that accepting made or changed
};
/// Newest first.
std::vector<incident::Proposal> proposals(const Store& store, const ProposalFilter& filter = {});
std::optional<incident::Proposal> find_proposal(const Store& store, const Uid& uid);
/// What "PRP-7", "7" or a beginning of either names. Throws Error{not_found}.
incident::Proposal get_proposal(const Store& store, std::string_view name);
/// What it said before it was revised, oldest first, the present one last.
std::vector<incident::Proposal> proposal_revisions(const Store& store, const Uid& uid);

/// Every rule that has proposed anything, by name.
std::vector<incident::RuleRecord> rule_records(const Store& store);
/// Zeros for a rule that has not proposed yet.
incident::RuleRecord rule_record(const Store& store, std::string_view rule);

}  // namespace nines::store
