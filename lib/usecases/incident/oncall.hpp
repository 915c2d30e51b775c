// What can be said about rotas over a stretch of time: whether they hold, and their calendar.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/rota_audit.hpp"
#include "usecases/incident/rotas.hpp"

namespace nines::usecases {

struct RotaReport {
  const incident::Rota* rota = nullptr;
  std::vector<incident::RoleAudit> roles;
};

struct NINES_EXPORT Verification {
  incident::Period period;
  std::vector<RotaReport> rotas;
  std::vector<incident::DoubleDuty> doubles;

  /// No minute without somebody, nobody on two duties.
  bool sound() const;
};

NINES_EXPORT Verification verify_rotas(const std::vector<const incident::Rota*>& rotas,
                                       const incident::Period& period);

/// RFC 5545. `person`: only what they have. Throws Error{not_found} for an unknown person.
NINES_EXPORT std::string export_calendar(const RotaBook& book,
                                         const std::vector<const incident::Rota*>& rotas,
                                         const incident::Period& period,
                                         const std::optional<std::string>& person, Instant now);

}  // namespace nines::usecases
