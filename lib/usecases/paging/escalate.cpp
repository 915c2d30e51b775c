// Finds the policy, pins it, and moves on.
#include "usecases/paging/escalate.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;
using incident::Status;

Error no_policy(const PolicyBook& book, const std::string& why) {
  Error error(ExitCode::not_found, "cannot choose an escalation policy: " + why,
              book.current().empty()
                  ? "apply one: nines slo apply FILE; nines schema nines-v1.escalationpolicy"
                  : "--policy NAME names one",
              "NO_POLICY");
  for (const auto& one : book.current()) error.note(one.policy.name + "  " + one.path);
  return error;
}

const PinnedPolicy& named_policy(const PolicyBook& book, const std::string& name) {
  if (const auto* found = book.find(name)) return *found;
  std::vector<std::string_view> known;
  for (const auto& one : book.current()) known.push_back(one.policy.name);
  const auto close = did_you_mean_hint(name, known);
  throw Error(ExitCode::not_found, "no escalation policy '" + name + "' is on record",
              close.empty() ? "nines slo list shows what is; nines slo apply FILE adds one" : close,
              "NO_POLICY");
}

void require_open(const Incident& incident) {
  if (incident.status == Status::triage || incident.status == Status::declared) return;
  throw Error(ExitCode::conflict,
              "'" + incident.name + "' is " + std::string(to_string(incident.status)) +
                  ": nobody is to be called",
              "nines incident reopen " + incident.name + " --because TEXT", "WRONG_STATE");
}

/// From the state it is in (or would be in) to the end, if nobody answers.
incident::Simulation look_ahead(Session& session, PolicyBook& book, const Incident& incident,
                                const PinnedPolicy& policy,
                                const incident::EscalationState& state) {
  const auto record = store::incident_record(session.store(), incident.uid, store::Lines::none);
  return simulate_from(policy.policy, state, {session.now(), incident.severity, {}},
                       surroundings_of(session, book, record));
}

/// The policy for a start, and why it is this one.
const PinnedPolicy& policy_for(const PolicyBook& book, const Incident& incident,
                               const EscalateRequest& request, std::string& why) {
  if (request.policy) {
    why = "it was named";
    return named_policy(book, *request.policy);
  }
  const auto* chosen = book.choose(incident, why);
  if (chosen == nullptr) throw no_policy(book, why);
  return *chosen;
}

}  // namespace

Escalated escalate_incident(Session& session, const EscalateRequest& request,
                            const PagingSetup& setup, bool dry_run) {
  const auto incident = choose_incident(session, request.incident);
  require_open(incident);
  const Pager pager(session, setup);
  PolicyBook book(session);
  Escalated result;
  result.off = pager.off_for(incident);
  result.channel_problems = pager.problems();
  auto row = store::find_escalation(session.store(), incident.uid);
  result.started = !row.has_value();
  AdvanceOptions options{.at_once = row.has_value(), .dry_run = dry_run};
  if (row && request.policy && *request.policy != row->state.policy)
    throw Error(ExitCode::conflict,
                "'" + incident.name + "' is escalated by policy '" + row->state.policy + "'",
                "leave --policy out: a running escalation keeps its policy", "WRONG_STATE");
  if (!row) {
    const auto& policy = policy_for(book, incident, request, result.chosen_because);
    options.start = EscalationStart{
        start_escalation(policy.policy, policy.version, incident.severity, session.now()),
        result.chosen_because};
  }
  result.advance = advance_escalation(session, book, pager, incident.uid, options);
  row = store::find_escalation(session.store(), incident.uid);
  const auto& state = row ? row->state : options.start->state;
  if (const auto* policy = book.find(state.policy, state.version))
    result.ahead = look_ahead(session, book, result.advance.incident, *policy, state);
  return result;
}

Escalated next_escalation(Session& session, const EscalateRequest& request,
                          const PagingSetup& setup) {
  const auto incident = choose_incident(session, request.incident);
  require_open(incident);
  const Pager pager(session, setup);
  PolicyBook book(session);
  Escalated result;
  result.off = pager.off_for(incident);
  result.channel_problems = pager.problems();
  result.advance.incident = incident;
  const auto row = store::find_escalation(session.store(), incident.uid);
  result.started = row.has_value();
  const auto* policy = row ? book.find(row->state.policy, row->state.version)
                           : &policy_for(book, incident, request, result.chosen_because);
  if (policy == nullptr)
    throw Error(ExitCode::not_found,
                "policy '" + row->state.policy + "' is no longer on record as it was",
                "nines slo history " + row->state.policy, "NO_POLICY");
  const auto state =
      row ? row->state
          : start_escalation(policy->policy, policy->version, incident.severity, session.now());
  result.advance.policy = state.policy;
  result.advance.version = state.version;
  result.advance.phase = state.phase;
  auto around = surroundings_of(
      session, book, store::incident_record(session.store(), incident.uid, store::Lines::none));
  const auto now = decide(policy->policy, state, incident.severity, around, session.now());
  result.advance.wake = now.occurred.empty() ? now.wake : std::optional(session.now());
  result.advance.waiting = now.waiting;
  result.ahead = look_ahead(session, book, incident, *policy, state);
  return result;
}

Simulated simulate_escalation(const Session& session, const SimulateRequest& request) {
  PolicyBook book(session);
  Simulated result;
  if (request.file) {
    book.put(read_policy_file(*request.file));
    result.policy = book.current().back();
    for (const auto& one : book.current())
      if (one.path == request.file->string()) result.policy = one;
    result.chosen_because = "it is in the file";
  } else if (request.policy) {
    result.policy = named_policy(book, *request.policy);
    result.chosen_because = "it was named";
  } else {
    std::vector<std::string> services;
    if (request.service) services.push_back(*request.service);
    const auto* chosen = book.choose(services, result.chosen_because);
    if (chosen == nullptr) throw no_policy(book, result.chosen_because);
    result.policy = *chosen;
  }
  auto around = surroundings_of(session, book);
  around.triggers = {request.at};
  result.simulation =
      simulate(result.policy.policy, {request.at, request.severity, {}}, std::move(around));
  return result;
}

}  // namespace nines::usecases
