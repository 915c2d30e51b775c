// Spans of incidents between milestones, for the parts that tell how long things took.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/governance/material.hpp"
#include "domain/governance/median.hpp"
#include "domain/governance/report.hpp"

namespace nines::governance {

/// From the beginning of the impact (where nobody said when: from when it was opened) to a
/// milestone. What has not reached it while nobody called it resolved still runs at `until`; what is
/// over without it is not known, and left out.
std::vector<TimedSpan> spans_to(const std::vector<const IncidentCase*>& cases,
                                std::string_view milestone, Instant until);

/// From the beginning of the impact to the detection, of those that have both.
std::vector<TimedSpan> detection_spans(const std::vector<const IncidentCase*>& cases);

/// In seconds; without a value where there is no span.
Figure median_figure(std::string key, std::string label, const std::vector<TimedSpan>& spans);

}  // namespace nines::governance
