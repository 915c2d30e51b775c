// Collects what is owed from its sources: nobody in command, asks without an answer, updates.
#include "usecases/incident/duties.hpp"

#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/messages.hpp"
#include "store/store.hpp"
#include "usecases/incident/policy.hpp"

namespace nines::usecases {
namespace {

using incident::Duty;

void add_command(std::vector<Duty>& duties, const incident::Incident& incident) {
  if (!incident.commander.empty()) return;
  duties.push_back({"command", incident.name, "somebody takes command", "", incident.opened_at,
                    std::nullopt, "nines incident ack " + incident.name});
}

/// The next word to people outside.
void add_update(std::vector<Duty>& duties, const Session& session,
                const incident::AssessPolicy* policy, const incident::Incident& incident) {
  const auto messages = store::messages_of(session.store(), incident.uid);
  const auto record = store::incident_record(session.store(), incident.uid, store::Lines::none);
  const auto due =
      incident::next_update_due(record, messages, incident::cadence_of(policy, incident.severity));
  if (!due) return;
  duties.push_back({"update", incident.name, "the next update", incident.commander,
                    messages.empty() ? incident.opened_at : messages.back().when.at, due,
                    "nines incident comms draft " + incident.name + " --to status-page"});
}

std::vector<Duty> duties_with(const Session& session, const incident::AssessPolicy* policy,
                              const incident::Incident& incident) {
  if (!incident.open()) return {};
  auto duties = incident::duties_of(store::asks_of(session.store(), incident.uid), incident.name);
  add_command(duties, incident);
  add_update(duties, session, policy, incident);
  incident::sort_by_due(duties);
  return duties;
}

}  // namespace

std::vector<Duty> running_duties(const Session& session, const incident::Incident& incident) {
  const auto policy = sole_policy(applied_policies(session));
  return duties_with(session, policy ? &*policy : nullptr, incident);
}

std::vector<Duty> running_duties(const Session& session) {
  const auto open = store::incidents(session.store(), {.open_only = true});
  if (open.empty()) return {};
  const auto policy = sole_policy(applied_policies(session));
  std::vector<Duty> all;
  for (const auto& one : open)
    for (auto& duty : duties_with(session, policy ? &*policy : nullptr, one))
      all.push_back(std::move(duty));
  incident::sort_by_due(all);
  return all;
}

}  // namespace nines::usecases
