// How many incidents were written up: postmortems published, under way, late, and none at all.
#pragma once

#include "domain/governance/material.hpp"
#include "domain/governance/report.hpp"

namespace nines::governance {

/// Of the incidents that were resolved within the period.
void add_postmortems(Part& part, const Material& material);

}  // namespace nines::governance
