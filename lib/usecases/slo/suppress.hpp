// Applies "# nines: allow" comments to findings.
#pragma once

#include <cstddef>
#include <vector>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Removes what the comments allow, and adds a finding for each comment that has expired or that
/// allows nothing. Returns how many were removed.
std::size_t suppress(Findings& findings, const std::vector<yaml::Suppression>& suppressions,
                     Day today);

}  // namespace nines::usecases
