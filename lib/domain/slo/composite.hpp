// Composite SLOs: several indicators, weighted, judged as one; the members are always shown.
#pragma once

#include <vector>

#include "domain/slo/assess.hpp"

namespace nines::slo {

/// By the budgeting method of the composite (slo-math section 6):
/// Occurrences: consumed = sum of weight x consumed share of each member's own budget, burn
/// likewise; there is no composite SLI. Timeslices: a slice is bad when it is bad for any member;
/// weights are ignored. RatioTimeslices: 1 - sum of weight x (1 - mean ratio), not below 0. The
/// target of the last two is the strictest member's, or annotation `nines.dev/composite-target`.
Assessment combine(const Slo& slo, std::vector<Assessment> members, const series::Reader& reader,
                   const SeriesOf& series);

}  // namespace nines::slo
