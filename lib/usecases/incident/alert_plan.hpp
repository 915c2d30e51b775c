// What news about alerts amounts to: which of them are new, and which groups they change.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/incident/alert_groups.hpp"
#include "usecases/incident/alerts.hpp"

namespace nines::usecases {

struct AlertPlan {
  struct Sighting {
    incident::Alert alert;
    std::optional<Uid> group;
  };
  std::vector<Sighting> sightings;           ///< not known yet, in the order they came
  std::vector<incident::AlertGroup> groups;  ///< with news
  incident::ServiceGraph graph;
  incident::GroupingRules rules;
  AlertIngest counts;
};

/// Reads the store, and writes nothing.
AlertPlan plan_alerts(const Session& session, const std::vector<incident::Alert>& alerts);

}  // namespace nines::usecases
