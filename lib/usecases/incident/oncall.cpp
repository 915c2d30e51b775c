// Audits and exports the rotas of a book.
#include "usecases/incident/oncall.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "domain/incident/icalendar.hpp"

namespace nines::usecases {

bool Verification::sound() const {
  const auto covered = [](const incident::RoleAudit& role) { return role.uncovered_minutes == 0; };
  return doubles.empty() && std::all_of(rotas.begin(), rotas.end(), [&](const RotaReport& report) {
           return std::all_of(report.roles.begin(), report.roles.end(), covered);
         });
}

Verification verify_rotas(const std::vector<const incident::Rota*>& rotas,
                          const incident::Period& period) {
  Verification verification{period, {}, incident::double_duties(rotas, period)};
  for (const auto* rota : rotas)
    verification.rotas.push_back({rota, incident::audit_rota(*rota, period)});
  return verification;
}

std::string export_calendar(const RotaBook& book, const std::vector<const incident::Rota*>& rotas,
                            const incident::Period& period,
                            const std::optional<std::string>& person, Instant now) {
  if (person && book.people.count(*person) == 0)
    throw Error(ExitCode::not_found, "no person '" + *person + "'",
                "nines slo list --kind Person shows who is defined", "NO_PERSON");
  incident::CalendarOptions options;
  options.made_at = now;
  for (const auto& [name, one] : book.people) options.display_names[name] = one.display_name;
  std::vector<incident::RotaTimeline> timelines;
  for (const auto* rota : rotas) {
    options.name += (options.name.empty() ? "on call: " : ", ") + rota->name;
    auto timeline = incident::duty_timeline(*rota, period);
    if (person)
      std::erase_if(timeline, [&](const incident::DutyShift& s) { return s.person != *person; });
    timelines.push_back({rota->name, std::move(timeline)});
  }
  return incident::icalendar_of(timelines, options);
}

}  // namespace nines::usecases
