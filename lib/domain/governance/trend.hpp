// The same figures over several periods, and whether they move more than chance would have them.
#pragma once

#include <optional>
#include <vector>

#include "domain/governance/material.hpp"
#include "domain/governance/report.hpp"

namespace nines::governance {

struct TrendMaterial {
  std::vector<ReportPeriod> periods;  ///< oldest first
  Instant until;                      ///< end of what is told
  FirstRecords first;
  std::vector<std::vector<SloOutcome>> slos;  ///< of each period, in the same order
  std::vector<IncidentCase> incidents;
  std::vector<remediate::Action> actions;
  std::vector<catalog::Change> changes;
  std::vector<std::optional<LoadOfPeriod>> loads;  ///< of each period; empty: not recorded
};

/// Four parts: objectives, incidents, times, work and load.
std::vector<Part> trend_parts(const TrendMaterial& material);

}  // namespace nines::governance
