// Proposals of playbooks and drills: what a step's output suggests, what an exercise should change.
#pragma once

#include "domain/incident/drill.hpp"
#include "domain/incident/triage.hpp"
#include "usecases/incident/proposal_kinds.hpp"
#include "usecases/incident/proposals.hpp"

namespace nines::usecases {

/// One per rule and incident: the same conclusion drawn again is the same proposal.
NewProposal conclusion_proposal(const incident::TriageStep& step,
                                const incident::Conclusion& conclusion);
/// One per finding of a drill.
NewProposal finding_proposal(const incident::Drill& drill, const incident::DrillFinding& finding);

// triage.conclusion: the subject is the incident; "severity", "service", "hypothesis", each may be
// empty.
std::string effect_of_conclusion(const Session& session, const incident::Proposal& proposal);
Applied conclude_proposed(Session& session, store::Transaction& tx,
                          const incident::Proposal& proposal);

// drill.action: the subject is the drill's incident; "title" says what to do, "finding" why.
std::string effect_of_action(const Session& session, const incident::Proposal& proposal);
Applied act_on_proposed(Session& session, store::Transaction& tx,
                        const incident::Proposal& proposal);

}  // namespace nines::usecases
