// What definitions say about each other: references, doubles, dependencies and their targets.
#pragma once

#include <vector>

#include "base/finding.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

struct CrossCheckOptions {
  yaml::Profile profile = yaml::Profile::strict;
  bool closed = false;  ///< what is referred to must be among the definitions
};

/// Findings about all definitions together, in no particular order.
Findings cross_check(const std::vector<const yaml::Definition*>& definitions,
                     const CrossCheckOptions& options);

}  // namespace nines::usecases
