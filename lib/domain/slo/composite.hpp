// Composite SLOs: several indicators, weighted, judged as one; the members are always shown.
#pragma once

#include <vector>

#include "domain/slo/assess.hpp"

namespace nines::slo {

/// By the budgeting method of the composite (OpenSLO leaves the arithmetic open):
/// Occurrences: consumed = sum of weight x consumed share of each member's own budget, burn
/// likewise; there is no composite SLI. Timeslices: a slice is bad when it is bad for any member;
/// weights are ignored. RatioTimeslices: 1 - sum of weight x (1 - mean ratio), not below 0. The
/// target of the last two is the strictest member's, or annotation `nines.dev/composite-target`.
/// All three verdicts are exact. `measures` must count as the members were counted.
Assessment combine(const Slo& slo, std::vector<Assessment> members, const MeasureOf& measures);

}  // namespace nines::slo
