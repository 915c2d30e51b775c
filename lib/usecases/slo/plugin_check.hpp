// Options of SLI plugins that are probably misspelt, told from what the other SLOs give them.
#pragma once

#include <vector>

#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Only the plugin knows its options, so they are compared with each other.
void check_plugin_options(const std::vector<const yaml::Definition*>& definitions,
                          Findings& findings);

}  // namespace nines::usecases
