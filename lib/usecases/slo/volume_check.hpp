// Whether the expected number of events is enough for the targets and the alerts of an SLO.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Finds a definition by kind and name; null when there is none.
using FindDefinition =
    std::function<const yaml::Definition*(std::string_view kind, std::string_view name)>;

/// Speaks of SLOs with the annotation nines.dev/events-per-day only.
void check_volume(const std::vector<const yaml::Definition*>& definitions,
                  const FindDefinition& find, Findings& findings);

}  // namespace nines::usecases
