// Gathers candidates, their absences and the roles they held.
#include "usecases/incident/rotation.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/incidents.hpp"
#include "usecases/incident/rotas.hpp"

namespace nines::usecases {
namespace {

using incident::Candidate;

std::vector<std::string> members_of(const RotaBook& book, const std::string& team) {
  std::vector<std::string> members;
  if (team.empty()) {
    for (const auto& [name, person] : book.people) members.push_back(name);
  } else {
    const auto found = book.teams.find(team);
    if (found == book.teams.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, one] : book.teams) names.push_back(name);
      const auto hint = did_you_mean_hint(team, names);
      throw Error(ExitCode::not_found, "no team '" + team + "'",
                  hint.empty() ? "nines slo list --kind Team shows the teams" : hint, "NO_TEAM");
    }
    members = found->second.members;
  }
  if (members.empty())
    throw Error(ExitCode::not_found, "nobody is defined to choose from",
                "define persons (nines-slo(5), Person), then nines slo apply FILE --because TEXT",
                "NO_PERSON");
  std::sort(members.begin(), members.end());
  return members;
}

/// Why the person is away at `at`, by any rota that knows.
std::string away_at(const RotaBook& book, const std::string& person, Instant at) {
  for (const auto& [name, rota] : book.rotas)
    for (const auto& away : rota.blackouts)
      if (away.person == person && away.when.from <= at && at < away.when.to) return away.why;
  return {};
}

}  // namespace

Rotation suggest_rotation(const Session& session, const RotationRequest& request) {
  const auto book = load_rotas(session);
  const auto now = session.now();
  Rotation rotation;
  for (auto& name : members_of(book, request.team)) {
    auto away = away_at(book, name, now);
    rotation.candidates.push_back({std::move(name), std::move(away)});
  }
  std::vector<incident::RoleHeld> history;
  for (const auto& head : store::incidents(session.store())) {
    if (!head.counts()) continue;
    ++rotation.incidents;
    const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
    for (const auto& span : record.roles)
      history.push_back({head.name, span.role, span.person, span.since});
  }
  auto roles = request.roles;
  if (roles.empty()) roles = {std::string(incident::kCommander), "deputy", "scribe"};
  rotation.suggestions = incident::suggest_roles(roles, rotation.candidates, history, now);
  return rotation;
}

}  // namespace nines::usecases
