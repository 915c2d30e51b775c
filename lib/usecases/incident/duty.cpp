// Checks a change of duty against the rota as it stands, then records it.
#include "usecases/incident/duty.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/duty_changes.hpp"
#include "store/numbers.hpp"
#include "usecases/incident/rotas.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::DutyChange;
using incident::DutyShift;
using incident::Rota;

const Rota& only_rota(const RotaBook& book, const std::string& rota, const std::string& team) {
  const auto chosen = choose_rotas(book, rota, team);
  if (chosen.size() == 1) return *chosen.front();
  std::vector<std::string> names;
  for (const auto* one : chosen) names.push_back(one->name);
  throw Error(ExitCode::usage, "which rota?", "say --rota " + join(names, ", --rota "),
              "WHICH_ROTA");
}

void check_person(const RotaBook& book, const std::string& name) {
  if (book.people.count(name) != 0) return;
  std::vector<std::string_view> names;
  for (const auto& [key, person] : book.people) names.push_back(key);
  const auto hint = did_you_mean_hint(name, names);
  throw Error(ExitCode::not_found, "no person '" + name + "'",
              hint.empty() ? "nines slo list --kind Person shows who is defined" : hint,
              "NO_PERSON");
}

void warn_if_away(const Rota& rota, const std::string& person, const incident::Period& when,
                  std::vector<std::string>& warnings) {
  for (const auto& away : rota.blackouts)
    if (away.person == person && away.when.from < when.to && away.when.to > when.from)
      warnings.push_back(person + " is away then: " + away.why);
}

/// The whole shift of `person` that holds `at`.
incident::Period shift_of(const Rota& rota, const std::string& person, Instant at) {
  std::string on;
  for (const auto& shift : incident::on_duty(rota, at)) {
    if (shift.person == person) return shift.when;
    on += (on.empty() ? "" : ", ") + shift.person + " (" + shift.role + ")";
  }
  throw Error(ExitCode::usage,
              fmt::format("{} is not on duty at {}", person, format_in(rota.zone, at)),
              on.empty() ? "nobody is" : "on duty then: " + on, "NOT_ON_DUTY");
}

void record(Session& session, DutyChange& change, bool dry_run) {
  change.uid = make_uid(session);
  change.because = session.options().because.value_or("");
  if (dry_run) return;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::duty_changed(change, store::take_number(session.store().db(), "DTY")));
  change.name = store::name_of(session.store().db(), "duty/" + change.uid.to_string());
  tx.commit();
}

}  // namespace

ChangedDuty override_duty(Session& session, const OverrideRequest& request, bool dry_run) {
  const auto book = load_rotas(session);
  const auto& rota = only_rota(book, request.rota, request.team);
  check_person(book, request.person);
  const auto roles = rota.roles();
  const auto role = request.role.empty() ? roles.front() : request.role;
  if (std::find(roles.begin(), roles.end(), role) == roles.end())
    throw Error(ExitCode::usage, "rota '" + rota.name + "' has no role '" + role + "'",
                "it has " + join(roles, ", "), "NO_ROLE");
  if (request.to <= request.from)
    throw Error(ExitCode::usage, "the override ends before it begins", "check --from and --to",
                "BAD_VALUE");
  ChangedDuty result;
  result.zone = rota.zone;
  result.change = {.uid = {},
                   .name = {},
                   .rota = rota.name,
                   .kind = DutyChange::Kind::over_ride,
                   .role = role,
                   .person = request.person,
                   .with = {},
                   .when = {request.from, request.to},
                   .back = {},
                   .because = {},
                   .cancelled = false};
  warn_if_away(rota, request.person, result.change.when, result.warnings);
  record(session, result.change, dry_run);
  return result;
}

ChangedDuty swap_duty(Session& session, const SwapRequest& request, bool dry_run) {
  const auto book = load_rotas(session);
  const auto& rota = only_rota(book, request.rota, request.team);
  check_person(book, request.person);
  check_person(book, request.with);
  if (request.person == request.with)
    throw Error(ExitCode::usage, "a swap takes two persons", "name who takes the shift",
                "BAD_VALUE");
  ChangedDuty result;
  result.zone = rota.zone;
  result.change.rota = rota.name;
  result.change.kind = DutyChange::Kind::swap;
  result.change.person = request.person;
  result.change.with = request.with;
  result.change.when = shift_of(rota, request.person, request.shift);
  if (request.back) result.change.back = shift_of(rota, request.with, *request.back);
  warn_if_away(rota, request.with, result.change.when, result.warnings);
  if (result.change.back) warn_if_away(rota, request.person, *result.change.back, result.warnings);
  record(session, result.change, dry_run);
  return result;
}

ChangedDuty cancel_duty(Session& session, const std::string& name, bool dry_run) {
  const auto numbered = store::get_numbered(session.store(), "DTY", name);
  const auto all = store::duty_changes(session.store());
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const DutyChange& c) { return c.uid == numbered.uid; });
  if (found == all.end()) throw Error(ExitCode::not_found, "no change of duty '" + name + "'");
  if (found->cancelled)
    throw Error(ExitCode::conflict, found->name + " is cancelled already",
                "nines incident oncall shows who is on", "CANCELLED_ALREADY");
  ChangedDuty result;
  result.change = *found;
  result.change.cancelled = true;
  const auto book = load_rotas(session);
  if (const auto rota = book.rotas.find(found->rota); rota != book.rotas.end())
    result.zone = rota->second.zone;
  if (dry_run) return result;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::duty_cancelled(*found));
  tx.commit();
  return result;
}

}  // namespace nines::usecases
