// Puts definitions, absences and recorded changes together, and answers who is on.
#include "usecases/incident/rotas.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/absences.hpp"
#include "store/duty_changes.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::DutyShift;
using incident::Rota;
using std::chrono::days;

template <typename Map>
std::string close_names(const Map& known, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [key, value] : known) names.push_back(key);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto hint = did_you_mean_hint(name, views);
  return hint.empty() ? "known are " + join(names, ", ") : hint;
}

const Rota& rota_named(const RotaBook& book, const std::string& name) {
  const auto found = book.rotas.find(name);
  if (found != book.rotas.end()) return found->second;
  throw Error(ExitCode::not_found, "no rota '" + name + "'", close_names(book.rotas, name),
              "NO_ROTA");
}

/// The stretches of the role around `at`, looked for further and further until one with a person
/// follows the present one.
DutyNow look(const Rota& rota, const std::string& role, Instant at) {
  DutyNow found{&rota, {}, {}};
  for (const auto reach : {days{3}, days{15}, days{400}}) {
    bool whole = false;
    found.next.reset();
    for (auto& shift : incident::duty_timeline(rota, {at - reach, at + reach})) {
      if (shift.role != role || shift.when.to <= at) continue;
      if (shift.when.from <= at) {
        whole = shift.when.from > at - reach && shift.when.to < at + reach;
        found.now = std::move(shift);
      } else if (!shift.person.empty()) {
        found.next = std::move(shift);
        break;
      }
    }
    if (whole && found.next) break;
  }
  return found;
}

}  // namespace

std::vector<std::string> RotaBook::teams_of(std::string_view rota) const {
  std::vector<std::string> names;
  for (const auto& [name, team] : teams)
    if (team.rota == rota) names.push_back(name);
  return names;
}

RotaBook load_rotas(const Session& session) {
  auto catalogue = load_catalogue(session);
  RotaBook book;
  book.rotas = std::move(catalogue.rotas);
  book.teams = std::move(catalogue.teams);
  for (auto& change : store::duty_changes(session.store())) {
    if (change.cancelled) continue;
    const auto found = book.rotas.find(change.rota);
    if (found == book.rotas.end())
      book.warnings.push_back(change.name + " changes the rota '" + change.rota +
                              "', which is not applied");
    else
      incident::add_change(found->second, change);
    book.changes.push_back(std::move(change));
  }
  incident::Absences absences{std::move(catalogue.people), std::move(catalogue.calendars)};
  for (auto& [name, rota] : book.rotas) {
    rota.blackouts = incident::blackouts_of(rota, absences);
    for (const auto& calendar : rota.calendars)
      if (absences.calendars.count(calendar) == 0)
        book.warnings.push_back("rota '" + name + "' names the calendar '" + calendar +
                                "', which is not applied");
  }
  for (const auto& [name, calendar] : absences.calendars)
    if (calendar.known_until) book.known_until.emplace(name, *calendar.known_until);
  book.people = std::move(absences.people);
  return book;
}

std::vector<std::string> calendars_that_end(const RotaBook& book, Instant until) {
  std::vector<std::string> said;
  for (const auto& [name, last] : book.known_until)
    if (Instant{last} + days{1} < until)
      said.push_back("the days of calendar '" + name + "' are known up to " +
                     format_utc(Instant{last}).substr(0, 10) +
                     ": apply it again to read its .ics file further");
  return said;
}

std::vector<const Rota*> choose_rotas(const RotaBook& book, const std::string& rota,
                                      const std::string& team) {
  if (book.rotas.empty())
    throw Error(ExitCode::not_found, "no rota is applied",
                "write one (nines-slo(5), Rota), then nines slo apply FILE --because TEXT",
                "NO_ROTA");
  if (!rota.empty()) return {&rota_named(book, rota)};
  if (!team.empty()) {
    const auto found = book.teams.find(team);
    if (found == book.teams.end())
      throw Error(ExitCode::not_found, "no team '" + team + "'", close_names(book.teams, team),
                  "NO_TEAM");
    if (found->second.rota.empty())
      throw Error(ExitCode::not_found, "team '" + team + "' has no rota",
                  "add 'rota: NAME' to its definition", "NO_ROTA");
    return {&rota_named(book, found->second.rota)};
  }
  std::vector<const Rota*> all;
  for (const auto& [name, one] : book.rotas) all.push_back(&one);
  return all;
}

std::vector<DutyNow> duty_now(const std::vector<const Rota*>& rotas, Instant at) {
  std::vector<DutyNow> found;
  for (const auto* rota : rotas)
    for (const auto& role : rota->roles()) found.push_back(look(*rota, role, at));
  return found;
}

}  // namespace nines::usecases
