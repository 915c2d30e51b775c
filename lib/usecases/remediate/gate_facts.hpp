// What a gate is judged by, read from the store: policies, budgets, incidents, actions, freezes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "domain/remediate/freeze.hpp"
#include "domain/remediate/gate.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

using BudgetPolicies = std::map<std::string, nines::remediate::BudgetPolicy, std::less<>>;

/// Those that are applied, by name; `documents` gets what they were read from.
BudgetPolicies applied_budget_policies(const Session& session,
                                       std::vector<Json>* documents = nullptr);
/// The named one, else "default", else the only one. Throws Error{not_found} with the candidates.
const nines::remediate::BudgetPolicy& choose_budget_policy(const BudgetPolicies& all,
                                                           const std::optional<std::string>& name);

std::vector<nines::remediate::ChangeFreeze> applied_freezes(const Session& session);
/// Where they lie within the stretch, by start. Throws Error{bad_data} for an unknown zone.
std::vector<nines::remediate::GateFreeze> placed_freezes(
    const std::vector<nines::remediate::ChangeFreeze>& freezes,
    const catalog::InstantSpan& within);

/// Services that a definition names, by name.
std::vector<std::string> known_services(const Session& session);

/// Everything that rules of `policies` may ask about, as of the session's present. What costs much
/// is gathered for `services` alone; empty: for all.
nines::remediate::GateFacts gather_gate_facts(const Session& session,
                                              const BudgetPolicies& policies,
                                              const std::vector<std::string>& services = {});

}  // namespace nines::usecases
