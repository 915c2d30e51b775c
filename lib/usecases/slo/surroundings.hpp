// What was going on around a measurement, by service: changes, incidents, announced maintenance.
#pragma once

#include <vector>

#include "domain/catalog/change.hpp"
#include "domain/incident/model.hpp"
#include "domain/slo/ledger.hpp"
#include "domain/slo/maintained.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

struct Surroundings {
  std::vector<catalog::Maintenance> maintenance;
  std::vector<catalog::Change> changes;
  std::vector<incident::Record> incidents = {};
  Instant now = {};  ///< an incident that is not over hurts until then
};

/// All maintenance, and the incidents and changes that overlap `period`, the changes' ends reaching
/// `change_tail` further.
Surroundings recorded(const Session& session, const slo::Period& period, Micros change_tail);

/// The service an objective is about: the one its indicator names, else, in a composite, the fixed
/// one of its source, else the SLO's.
std::string subject_of(const Catalogue& catalogue, const slo::Slo& slo,
                       const slo::Objective& objective);

/// Maintenance of the services that the objectives of the SLO are about. The arguments must outlive
/// the result.
slo::StopsOf stops_of(const Catalogue& catalogue, const slo::Slo& slo,
                      const std::vector<catalog::Maintenance>& maintenance);

/// What may claim bad units of `service` within `period`: its maintenance, its incidents, its
/// changes, and those of what it depends on and of its vendors.
std::vector<slo::Attribution> causes_of(const Surroundings& around, const Catalogue& catalogue,
                                        const std::string& service, const slo::Period& period,
                                        Micros change_tail);

}  // namespace nines::usecases
