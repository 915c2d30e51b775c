// The kind ErrorBudgetPolicy of nines/v1: what spending the error budget means for changes.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "domain/remediate/gate_policy.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kBudgetPolicyShape;

/// From a stored document, which passed the checks when it was applied.
std::optional<remediate::BudgetPolicy> budget_policy_from(const Json& stored);

}  // namespace nines::yaml
