// Collects what is owed from its sources: nobody in command, asks without an answer, updates.
#include "usecases/incident/duties.hpp"

#include "base/text.hpp"
#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/messages.hpp"
#include "store/store.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/paging/clocks.hpp"

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

/// The next page, or that nobody is left to call.
void add_escalation(std::vector<Duty>& duties, const Session& session,
                    const incident::Incident& incident) {
  const auto clock = running_clock(session, incident);
  if (!clock) return;
  const bool rests = clock->phase == incident::Phase::acknowledged;
  if (rests && !clock->next_at) return;
  const auto next = join(clock->next, ", ");
  duties.push_back({"escalation", incident.name,
                    clock->exhausted ? "nobody answered, and nobody is left to call"
                    : rests          ? "the acknowledgement runs out"
                    : next.empty()   ? "escalation waits for " + clock->waiting
                                     : next + (clock->next.size() == 1 ? " is" : " are") + " paged",
                    next, clock->opened_at, clock->next_at,
                    clock->exhausted ? "nines incident escalate " + incident.name
                                     : "nines incident ack " + incident.name});
}

std::vector<Duty> duties_with(const Session& session, const incident::AssessPolicy* policy,
                              const incident::Incident& incident) {
  // What was written down afterwards asks nobody for anything.
  if (!incident.open() || incident.mode == incident::Mode::retrospective) return {};
  auto duties = incident::duties_of(store::asks_of(session.store(), incident.uid), incident.name);
  add_command(duties, incident);
  add_update(duties, session, policy, incident);
  add_escalation(duties, session, incident);
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
