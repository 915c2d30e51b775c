// Contributing factors: read out of the facts, accepted or rejected by people, once.
//
// To read them, from any use case: `contributing_factors(session, incident)`. It gives the factors
// that people accepted or wrote (FAC-3) and the confirmed hypotheses of analyses (HYP-2) alike,
// each with its layer; `store::factors` gives the first alone.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/proposal.hpp"
#include "domain/postmortem/factor.hpp"
#include "usecases/incident/proposal_kinds.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ContributingFactor {
  std::string name;  ///< "FAC-3", or "HYP-2"
  Uid incident;
  std::string text;
  rca::Layer layer = rca::Layer::none;
  std::string rule;  ///< that proposed it; empty: a person's own, or a hypothesis
  std::vector<std::string> evidence;
  std::string action;  ///< what is done about it, where the record says so
};
/// Of one incident, or of all; those that stand, by incident, then in the order they were added.
NINES_EXPORT std::vector<ContributingFactor> contributing_factors(
    const Session& session, const std::optional<Uid>& incident = {});

struct FactorsView {
  incident::Incident incident;
  std::vector<ContributingFactor> factors = {};
  std::vector<incident::Proposal> open = {};     ///< waiting for a person
  std::vector<incident::Proposal> decided = {};  ///< accepted or rejected before
  std::vector<std::string> new_ones = {};        ///< texts that this run proposed
  std::vector<std::string> not_known = {};       ///< what no rule could look at, and why
};

struct FactorsRequest {
  std::optional<std::string> incident = {};
  std::filesystem::path folder = {};  ///< that paths of runbooks start from
};
/// Reads the facts and proposes what is new. What rests on facts that changed is withdrawn.
NINES_EXPORT FactorsView propose_factors_of(Session& session, const FactorsRequest& request,
                                            bool dry_run);

struct FactorEdit {
  std::optional<std::string> incident = {};
  std::string text = {};
  std::optional<rca::Layer> layer = {};
  std::vector<std::string> evidence = {};
};
/// A person's own. Throws Error{usage}.
NINES_EXPORT postmortem::Factor add_factor(Session& session, const FactorEdit& edit, bool dry_run);
/// It is none after all. Throws Error{usage} without a reason, conflict when it was dropped before.
NINES_EXPORT postmortem::Factor drop_factor(Session& session, const std::string& name,
                                            const std::string& because, bool dry_run);

// postmortem.factor: the subject is the incident; "text", "layer", "rule".
std::string effect_of_factor(const Session& session, const incident::Proposal& proposal);
Applied accept_factor(Session& session, store::Transaction& tx, const incident::Proposal& proposal);

}  // namespace nines::usecases
