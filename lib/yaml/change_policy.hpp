// The kind ChangePolicy of nines/v1: how risk is scored, and who must agree.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "domain/remediate/change_policy.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kChangePolicyShape;

/// From a stored document, which passed the checks when it was applied.
std::optional<remediate::ChangePolicy> change_policy_from(const Json& stored);

}  // namespace nines::yaml
