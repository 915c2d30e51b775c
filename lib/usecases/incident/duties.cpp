// Collects what is owed from its sources: nobody in command, asks without an answer.
#include "usecases/incident/duties.hpp"

#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

using incident::Duty;

void add_command(std::vector<Duty>& duties, const incident::Incident& incident) {
  if (!incident.commander.empty()) return;
  duties.push_back({"command", incident.name, "somebody takes command", "", incident.opened_at,
                    std::nullopt, "nines incident ack " + incident.name});
}

}  // namespace

std::vector<Duty> running_duties(const Session& session, const incident::Incident& incident) {
  if (!incident.open()) return {};
  auto duties = incident::duties_of(store::asks_of(session.store(), incident.uid), incident.name);
  add_command(duties, incident);
  incident::sort_by_due(duties);
  return duties;
}

std::vector<Duty> running_duties(const Session& session) {
  std::vector<Duty> all;
  for (const auto& one : store::incidents(session.store(), {.open_only = true}))
    for (auto& duty : running_duties(session, one)) all.push_back(std::move(duty));
  incident::sort_by_due(all);
  return all;
}

}  // namespace nines::usecases
