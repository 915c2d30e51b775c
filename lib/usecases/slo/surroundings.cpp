// Picks what concerns a service out of the records.
#include "usecases/slo/surroundings.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/slo/causes.hpp"
#include "domain/slo/counting.hpp"
#include "store/changes.hpp"
#include "store/incidents.hpp"
#include "store/maintenance.hpp"

namespace nines::usecases {
namespace {

bool concerns(const catalog::Change& change, const std::string& name,
              const catalog::Service* service) {
  if (change.service == name) return true;
  if (service == nullptr) return false;
  if (!service->vendor.empty() && change.service == service->vendor) return true;
  return std::any_of(service->dependencies.begin(), service->dependencies.end(),
                     [&](const catalog::Dependency& d) { return d.on == change.service; });
}

std::string maintenance_label(const catalog::Maintenance& m) {
  return m.summary.empty()
             ? "maintenance of " + (m.services.empty() ? "all services" : join(m.services, ", "))
             : m.summary;
}

slo::PlaceLocal known_place(const catalog::Maintenance& m) {
  const auto zone = m.every ? Zone::find(m.every->zone) : std::nullopt;
  return slo::place_in(zone.value_or(Zone::utc()));
}

}  // namespace

Surroundings recorded(const Session& session, const slo::Period& period, Micros change_tail) {
  Surroundings around{
      store::maintenance(session.store()),
      store::changes(session.store(), {std::nullopt, period.from - change_tail, period.to}),
      {},
      session.now()};
  for (const auto& one : store::incidents(session.store(), {.from = period.from}))
    around.incidents.push_back(
        store::incident_record(session.store(), one.uid, store::Lines::none));
  return around;
}

std::string subject_of(const Catalogue& catalogue, const slo::Slo& slo,
                       const slo::Objective& objective) {
  const auto* indicator = slo::indicator_of(slo, objective);
  if (indicator == nullptr || !indicator->service.empty() || !slo.composite())
    return slo::service_of(slo, objective);
  const auto* source = catalogue.source_of(slo::read_metric(*indicator));
  const auto* service = source == nullptr ? nullptr : source->connection.find("service");
  if (service == nullptr) return slo.service;
  return service->is_string() ? service->as_string() : service->text("fixed", slo.service);
}

slo::StopsOf stops_of(const Catalogue& catalogue, const slo::Slo& slo,
                      const std::vector<catalog::Maintenance>& maintenance) {
  if (maintenance.empty()) return {};
  return [&](const slo::Objective& objective, const slo::Period& period) {
    std::vector<slo::PlannedStop> stops;
    const auto service = subject_of(catalogue, slo, objective);
    for (const auto& m : maintenance) {
      if (!m.touches(service)) continue;
      for (const auto& when : slo::occurrences(m, known_place(m), period))
        stops.push_back({when, m.name, m.announced_at && *m.announced_at <= when.from});
    }
    return stops;
  };
}

std::vector<slo::Attribution> causes_of(const Surroundings& around, const Catalogue& catalogue,
                                        const std::string& name, const slo::Period& period,
                                        Micros change_tail) {
  std::vector<slo::Attribution> causes;
  for (const auto& m : around.maintenance) {
    if (!m.touches(name)) continue;
    for (const auto& when : slo::occurrences(m, known_place(m), period))
      causes.push_back({when, m.name, maintenance_label(m), slo::CauseClass::maintenance});
  }
  for (const auto& record : around.incidents)
    for (auto& claim : incident::attributions(record, name, around.now))
      causes.push_back(std::move(claim));
  const auto found = catalogue.services.find(name);
  const auto* service = found == catalogue.services.end() ? nullptr : &found->second;
  for (const auto& change : around.changes)
    if (concerns(change, name, service)) causes.push_back(slo::attribute(change, change_tail));
  return causes;
}

}  // namespace nines::usecases
