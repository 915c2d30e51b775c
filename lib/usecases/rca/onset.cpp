// Milestones say it; without them the declaration is the latest it can have been.
#include "usecases/rca/onset.hpp"

#include <algorithm>

#include "domain/incident/milestones.hpp"

namespace nines::usecases {

Onset onset_of(const incident::Record& record) {
  Onset onset;
  const auto& milestones = record.milestones;
  const auto started = milestones.find(std::string(incident::milestone::kImpactStarted));
  onset.known = started != milestones.end();
  if (onset.known) {
    onset.when = started->second;
    onset.source = "impact started";
  } else {
    onset.when.at = record.head.opened_at;
    onset.source = "declared: the start of the impact is not known";
  }
  for (const auto name : {incident::milestone::kMitigated, incident::milestone::kRecovered,
                          incident::milestone::kResolved}) {
    const auto found = milestones.find(std::string(name));
    if (found == milestones.end()) continue;
    onset.ended = onset.ended ? std::min(*onset.ended, found->second.at) : found->second.at;
  }
  return onset;
}

}  // namespace nines::usecases
