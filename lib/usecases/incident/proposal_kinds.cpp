// The table of what can be proposed.
#include "usecases/incident/proposal_kinds.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/uid.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/proposed_finding.hpp"
#include "usecases/incident/proposed_incident.hpp"
#include "usecases/report/factors.hpp"

namespace nines::usecases {

incident::Incident subject_incident(const Session& session, const incident::Proposal& proposal) {
  const auto& subject = proposal.subject;
  const auto uid = Uid::parse(subject.substr(subject.find('/') + 1));
  auto found = uid ? store::find_incident(session.store(), *uid) : std::nullopt;
  if (!found)
    throw Error(ExitCode::conflict, "the incident that '" + proposal.name + "' is about is gone",
                "nines incident reject " + proposal.name + " --because TEXT", "NO_INCIDENT");
  return std::move(*found);
}

std::span<const ProposalKind> proposal_kinds() {
  // One row per line, so that rows added side by side merge.
  // clang-format off
  static const std::vector<ProposalKind> kKinds = {
      {"drill.action", {"title"}, effect_of_action, act_on_proposed},
      {"incident.attach", {"into"}, effect_of_attaching, attach_proposed},
      {"incident.open", {"title", "severity", "services", "into"}, effect_of_opening, open_proposed},
      {"incident.step", {}, effect_of_step, step_proposed},
      {"postmortem.factor", {"text", "layer"}, effect_of_factor, accept_factor},
      {"triage.conclusion", {"severity", "service", "hypothesis"}, effect_of_conclusion, conclude_proposed},
  };
  // clang-format on
  return kKinds;
}

const ProposalKind* find_proposal_kind(std::string_view kind) {
  const auto kinds = proposal_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ProposalKind& row) { return row.kind == kind; });
  return found == kinds.end() ? nullptr : &*found;
}

const ProposalKind& proposal_kind(std::string_view kind) {
  if (const auto* found = find_proposal_kind(kind)) return *found;
  throw Error(ExitCode::config, "this nines knows no proposal of kind '" + std::string(kind) + "'",
              "a newer nines made it: use that one", "UNKNOWN_PROPOSAL");
}

}  // namespace nines::usecases
