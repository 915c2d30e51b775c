// The kind AssessmentPolicy of nines/v1: how severe, who is told, what it costs, how often to
// speak.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "domain/incident/assess_policy.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kAssessmentPolicyShape;

/// From a stored document, which passed the checks when it was applied. Few commands need it, so it
/// is read by those, and no part of the catalogue.
std::optional<incident::AssessPolicy> assessment_policy_from(const Json& stored);

}  // namespace nines::yaml
