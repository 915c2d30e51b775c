// Comments that let a finding pass, with a reason: "# nines: allow CODE because ...".
#pragma once

#include <vector>

#include "yaml/definitions.hpp"

namespace nines::yaml {

/// Malformed ones (no reason, a bad date, an unknown code) are added to `findings`.
std::vector<Suppression> find_suppressions(const Source& source, Findings& findings);

}  // namespace nines::yaml
