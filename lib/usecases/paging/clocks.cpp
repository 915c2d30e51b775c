// Looks at each running escalation without writing.
#include "usecases/paging/clocks.hpp"

#include <algorithm>

#include "domain/incident/escalation_simulation.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/paging/policies.hpp"

namespace nines::usecases {
namespace {

using incident::Phase;

RunningClock clock_of(const Session& session, PolicyBook& book, const store::EscalationRow& row) {
  const auto record = store::incident_record(session.store(), row.incident, store::Lines::none);
  const auto now = session.now();
  RunningClock clock;
  clock.incident = record.head.name;
  clock.title = record.head.title;
  clock.severity = record.head.severity;
  clock.opened_at = record.head.opened_at;
  clock.policy = row.state.policy;
  clock.phase = row.state.phase;
  clock.told = row.state.told;
  clock.answered = row.state.answered;
  clock.exhausted = row.state.phase == Phase::exhausted;
  const auto* policy = book.find(row.state.policy, row.state.version);
  if (policy == nullptr) {
    clock.waiting = "policy '" + row.state.policy + "' is no longer on record as it was";
    return clock;
  }
  auto around = surroundings_of(session, book, record);
  const auto due = decide(policy->policy, row.state, record.head.severity, around, now);
  clock.overdue = !due.occurred.empty();
  clock.next_at = clock.overdue ? std::optional(now) : due.wake;
  clock.waiting = due.waiting;
  const auto ahead = simulate_from(policy->policy, row.state, {now, record.head.severity, {}},
                                   surroundings_of(session, book, record));
  if (const auto* page = incident::first_page(ahead)) {
    for (const auto& call : page->calls) clock.next.push_back(call.person);
    if (!clock.overdue) clock.next_at = page->at;
  }
  return clock;
}

}  // namespace

std::vector<RunningClock> running_clocks(const Session& session) {
  std::vector<RunningClock> clocks;
  const auto rows = store::running_escalations(session.store());
  if (rows.empty()) return clocks;
  PolicyBook book(session);
  for (const auto& row : rows) clocks.push_back(clock_of(session, book, row));
  const auto by_due = [](const RunningClock& a, const RunningClock& b) {
    if (a.exhausted != b.exhausted) return a.exhausted;
    if (a.next_at.has_value() != b.next_at.has_value()) return a.next_at.has_value();
    return a.next_at < b.next_at;
  };
  std::stable_sort(clocks.begin(), clocks.end(), by_due);
  return clocks;
}

std::optional<RunningClock> running_clock(const Session& session,
                                          const incident::Incident& incident) {
  using nines::incident::Status;
  if (incident.status != Status::triage && incident.status != Status::declared) return std::nullopt;
  const auto row = store::find_escalation(session.store(), incident.uid);
  if (!row) return std::nullopt;
  PolicyBook book(session);
  return clock_of(session, book, *row);
}

}  // namespace nines::usecases
