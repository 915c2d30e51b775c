// Persons, teams and rotas on record, behind the questions that an escalation asks.
#include "usecases/paging/people.hpp"

#include <algorithm>
#include <memory>

#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/rotas.hpp"
#include "usecases/paging/policies.hpp"

namespace nines::usecases {
namespace {

using incident::Target;
using incident::TargetKind;

std::vector<std::string> on_duty_in(const incident::Rota& rota, const Target& target, Instant at) {
  const auto roles = rota.roles();
  const auto role = !target.rota_role.empty() || roles.empty() ? target.rota_role : roles.front();
  std::vector<std::string> people;
  for (const auto& shift : incident::on_duty(rota, at))
    if (shift.role == role && !shift.person.empty()) people.push_back(shift.person);
  return people;
}

std::vector<std::string> holders_of(const incident::Record& record, const std::string& role) {
  std::vector<std::string> people;
  for (const auto& span : record.roles)
    if (span.role == role && !span.until) people.push_back(span.person);
  return people;
}

}  // namespace

std::map<std::string, std::map<std::string, std::string>> contacts_on_record(
    const Session& session) {
  std::map<std::string, std::map<std::string, std::string>> contacts;
  for (const auto& [name, person] : load_rotas(session).people) contacts[name] = person.contacts;
  return contacts;
}

std::map<std::string, Zone> zones_on_record(const Session& session) {
  std::map<std::string, Zone> zones;
  for (const auto& [name, person] : load_rotas(session).people)
    if (const auto zone = Zone::find(person.zone)) zones.emplace(name, *zone);
  return zones;
}

std::map<std::string, std::int64_t> seconds_on_duty(const Session& session,
                                                    const nines::slo::Period& period) {
  std::map<std::string, std::int64_t> served;
  for (const auto& [name, rota] : load_rotas(session).rotas)
    for (const auto& shift : incident::shifts(rota, period.from, period.to))
      served[shift.person] +=
          std::chrono::duration_cast<std::chrono::seconds>(shift.when.to - shift.when.from).count();
  return served;
}

incident::Surroundings surroundings_of(const Session& session, PolicyBook& book,
                                       const incident::Record& record) {
  const auto book_of_rotas = std::make_shared<const RotaBook>(load_rotas(session));
  incident::Surroundings around;
  around.people = [book_of_rotas, record](const Target& target, Instant at) {
    std::vector<std::string> people;
    switch (target.kind) {
      case TargetKind::person:
        return std::vector{target.name};
      case TargetKind::role:
        return holders_of(record, target.name);
      case TargetKind::team:
        if (const auto team = book_of_rotas->teams.find(target.name);
            team != book_of_rotas->teams.end())
          people = team->second.members;
        return people;
      case TargetKind::rota:
        if (const auto rota = book_of_rotas->rotas.find(target.name);
            rota != book_of_rotas->rotas.end())
          people = on_duty_in(rota->second, target, at);
        return people;
    }
    return people;
  };
  around.zone_of = [book_of_rotas](const std::string& name) -> std::optional<Zone> {
    const auto person = book_of_rotas->people.find(name);
    if (person == book_of_rotas->people.end() || person->second.zone.empty()) return std::nullopt;
    return Zone::find(person->second.zone);
  };
  around.policy = [&book](const std::string& name,
                          std::string& version) -> const incident::EscalationPolicy* {
    const auto* found = version.empty() ? book.find(name) : book.find(name, version);
    if (found == nullptr) return nullptr;
    version = found->version;
    return &found->policy;
  };
  around.last_told = store::last_told(session.store());
  around.triggers.push_back(record.head.opened_at);
  for (const auto& at : store::alert_times(session.store(), record.head.uid))
    around.triggers.push_back(at);
  return around;
}

incident::Surroundings surroundings_of(const Session& session, PolicyBook& book) {
  return surroundings_of(session, book, incident::Record{});
}

}  // namespace nines::usecases
