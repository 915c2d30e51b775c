// What each kind of proposal does when a person accepts it: one row per kind.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/model.hpp"
#include "domain/incident/proposal.hpp"
#include "usecases/incident/spool.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Transaction;
}

namespace nines::usecases {

/// What accepting did.
struct Applied {
  std::string result;  ///< subject it made or changed: "incident/<uid>"
  bool make_current = false;
  std::vector<incident::Proposal> next = {};  ///< proposals that follow from it
  std::vector<SpooledLine> taken = {};        ///< lines that had waited and went in
  std::string made = {};                      ///< a record that is no incident: "ACT-3"
};

struct ProposalKind {
  std::string_view kind;                ///< "incident.open"
  std::vector<std::string_view> edits;  ///< members of the body that a person may change
  /// One sentence: "opens 'checkout errors', SEV-2, for checkout". Never throws on a foreign body.
  std::string (*effect)(const Session& session, const incident::Proposal& proposal);
  /// Does it within the transaction; the body holds the edits already. Throws Error{conflict} when
  /// the world moved on: then nothing is decided.
  Applied (*apply)(Session& session, store::Transaction& tx, const incident::Proposal& proposal);
};

/// The incident that the proposal's subject names. Throws Error{conflict} when it is gone.
incident::Incident subject_incident(const Session& session, const incident::Proposal& proposal);

/// Every kind of this version.
std::span<const ProposalKind> proposal_kinds();
/// Null for one that only a newer nines knows.
const ProposalKind* find_proposal_kind(std::string_view kind);
/// Throws Error{config} for such.
const ProposalKind& proposal_kind(std::string_view kind);

}  // namespace nines::usecases
