// Whom an incident hurt when, as stretches that an error budget's ledger can attribute.
#pragma once

#include <string>
#include <vector>

#include "domain/incident/model.hpp"
#include "domain/slo/ledger.hpp"

namespace nines::incident {

struct ImpactSpan {
  std::string service;
  std::string region;
  ImpactLevel level = ImpactLevel::full;
  std::optional<Decimal> weight;
  slo::Period period;
  bool stated = true;  ///< false: no step was recorded, and the milestones stand in
};

/// Each step until the next of its service and region, at the latest until the incident was over
/// (recovered, resolved or closed), or `now` while it is not. Without steps each of the incident's
/// services counts as fully hurt between its first and last milestones.
std::vector<ImpactSpan> impact_spans(const Record& record, Instant now);

/// The stretches that hurt `service`, for its ledger.
std::vector<slo::Attribution> attributions(const Record& record, std::string_view service,
                                           Instant now);

}  // namespace nines::incident
