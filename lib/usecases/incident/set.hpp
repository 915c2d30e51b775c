// Stating what is known of an incident: severity, services, roles, impact, facts, milestones.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct SetRequest {
  std::optional<std::string> incident = {};  ///< default: the current one
  std::optional<std::string> title = {};
  std::optional<incident::Severity> severity = {};
  std::optional<std::string> priority = {};
  std::optional<std::vector<std::string>> services = {};  ///< all of them from now on
  std::optional<std::vector<std::string>> tags = {};
  std::vector<std::pair<std::string, std::string>> roles = {};  ///< person empty: renounced
  std::vector<incident::ImpactStep> impact = {};
  std::vector<incident::Fact> facts = {};
  std::vector<std::pair<std::string, incident::StatedTime>> milestones = {};
};

struct WasSet {
  incident::Incident incident;       ///< afterwards
  std::vector<std::string> changes;  ///< "severity: SEV-2 to SEV-1"; what said the same is left out
};

NINES_EXPORT WasSet set_incident(Session& session, const SetRequest& request, bool dry_run);

}  // namespace nines::usecases
