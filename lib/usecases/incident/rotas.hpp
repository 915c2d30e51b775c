// The rotas as they hold now: as defined, with absences, and what was entered by command.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/catalog/people.hpp"
#include "domain/incident/duty_change.hpp"
#include "domain/incident/rota.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct NINES_EXPORT RotaBook {
  std::map<std::string, incident::Rota, std::less<>> rotas;
  std::map<std::string, catalog::Person, std::less<>> people;
  std::map<std::string, catalog::Team, std::less<>> teams;
  std::vector<incident::DutyChange> changes;  ///< entered by command, those not cancelled
  std::map<std::string, Day> known_until;  ///< calendars made from a file, and its last day read
  std::vector<std::string> warnings;

  /// Names of the teams that use the rota.
  std::vector<std::string> teams_of(std::string_view rota) const;
};

NINES_EXPORT RotaBook load_rotas(const Session& session);

/// The rotas a command means: one by name, that of a team, or all. Throws Error{not_found} with
/// close names, and when there are none at all.
NINES_EXPORT std::vector<const incident::Rota*> choose_rotas(const RotaBook& book,
                                                             const std::string& rota,
                                                             const std::string& team);

/// What is said about calendars whose holidays are not known as far as `until`.
NINES_EXPORT std::vector<std::string> calendars_that_end(const RotaBook& book, Instant until);

struct DutyNow {
  const incident::Rota* rota = nullptr;
  incident::DutyShift now;                  ///< without a person: nobody is on
  std::optional<incident::DutyShift> next;  ///< the first after it that has a person
};

/// One per rota and role. Stretches are looked for up to 400 days ahead.
NINES_EXPORT std::vector<DutyNow> duty_now(const std::vector<const incident::Rota*>& rotas,
                                           Instant at);

}  // namespace nines::usecases
