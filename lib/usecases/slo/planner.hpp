// Compares a set of definition files with the store.
#pragma once

#include <vector>

#include "domain/slo/definition.hpp"
#include "usecases/slo/definition_set.hpp"
#include "usecases/slo/plan.hpp"

namespace nines::usecases {

/// One entry per definition of the set, in its order; then, with `prune`, what the store has and
/// the set has not. A definition annotated nines.dev/renamed-from takes over that name's history.
/// Adds findings to the set for references that lead nowhere and renames that cannot be.
std::vector<PlannedDefinition> plan_definitions(
    DefinitionSet& set, const std::vector<nines::slo::DefinitionRecord>& stored, bool prune);

}  // namespace nines::usecases
