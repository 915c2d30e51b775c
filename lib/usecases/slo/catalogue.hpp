// The applied definitions as typed values, with every reference between them resolved.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/alert/slo_windows.hpp"
#include "domain/catalog/definition.hpp"
#include "domain/catalog/people.hpp"
#include "domain/incident/rota.hpp"
#include "domain/slo/definition.hpp"
#include "domain/slo/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Where a definition in use comes from.
struct Provenance {
  std::string kind;
  std::string path;
  std::int64_t revision = 0;
  Instant applied_at;
  std::string because;
  std::string owner;
};

struct NINES_EXPORT Catalogue {
  std::vector<nines::slo::Slo> slos;  ///< by name; indicators written as references are filled in
  std::map<std::string, nines::slo::Sli, std::less<>> slis;
  std::map<std::string, nines::slo::DataSource, std::less<>> sources;
  std::map<std::string, catalog::Service, std::less<>> services;
  std::map<std::string, catalog::Vendor, std::less<>> vendors;
  std::map<std::string, catalog::Person, std::less<>> people;
  std::map<std::string, catalog::Team, std::less<>> teams;
  std::map<std::string, catalog::Calendar, std::less<>> calendars;
  std::map<std::string, incident::Rota, std::less<>> rotas;   ///< as defined: without absences
  std::map<std::string, Provenance, std::less<>> provenance;  ///< of each SLO, by its name
  /// Of each SLO, by its name, whose document says which alerts it has.
  std::map<std::string, alert::OwnAlerts, std::less<>> alerts;
  std::vector<std::string>
      warnings;  ///< references that lead nowhere, documents no longer readable

  const nines::slo::Slo* find_slo(std::string_view name) const;
  /// Null for an SLO that has the usual ones.
  const alert::OwnAlerts* alerts_of(std::string_view slo) const;
  /// The source a metric names; null when it names none, or one that was not applied.
  /// A query without a reference is for the only applied engine of its type.
  const nines::slo::DataSource* source_of(const nines::slo::MetricSource& metric) const;
};

/// Reads what is applied now, or was as of the session's instant. Retired definitions are left out.
/// An SLO whose indicator leads nowhere is kept, without it, and named in `warnings`.
NINES_EXPORT Catalogue load_catalogue(const Session& session);

/// The same from records that the caller chose; those that are retired are the caller's to leave
/// out.
Catalogue catalogue_of(const std::vector<nines::slo::DefinitionRecord>& records);

}  // namespace nines::usecases
