// Whether the declared dependencies allow the targets, and whether they go in circles.
#pragma once

#include <vector>

#include "base/finding.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Adds a warning per circle of hard dependencies, and per objective above the best objective of a
/// service (or the promise of a vendor) without which its own service is down.
void check_dependencies(const std::vector<const yaml::Definition*>& definitions,
                        Findings& findings);

}  // namespace nines::usecases
