// Calls of roles: opened once per threshold, passed on by silence, acknowledged by a person.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/asks.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Ask;
using incident::AskKind;

bool called_already(const std::vector<Ask>& calls, const std::string& threshold) {
  for (const auto& call : calls)
    if (call.key == threshold) return true;
  return false;
}

std::string reason_of(const incident::Threshold& threshold, const BusinessImpact& impact) {
  const auto least = threshold.at_least.to_string();
  switch (threshold.of) {
    case incident::Threshold::Of::lost_revenue:
      return "lost revenue is past " + least + ": " + impact.money.text();
    case incident::Threshold::Of::failed:
      return "failed transactions are past " + least + ": " +
             group_digits(impact.failed.value_or(0));
    case incident::Threshold::Of::reach:
      return "users affected are past " + least + ": " + impact.reach->value.value_or("");
    case incident::Threshold::Of::minutes:
      break;
  }
  return "it has lasted longer than " + least + " minutes";
}

Ask new_call(Session& session, const incident::Threshold& threshold,
             const incident::CalledRole* role, const BusinessImpact& impact) {
  Ask ask;
  ask.uid = make_uid(session);
  ask.incident = impact.incident.uid;
  ask.kind = AskKind::call;
  ask.role = threshold.call;
  ask.key = threshold.name;
  ask.text = reason_of(threshold, impact);
  ask.by = session.options().actor;
  ask.at = session.now();
  ask.due = ask.at + threshold.within;
  ask.patience = threshold.within;
  // A role without people is still called, by its name.
  ask.to = threshold.call;
  if (role != nullptr && !role->people.empty()) {
    ask.to = role->people.front();
    ask.next.assign(role->people.begin() + 1, role->people.end());
  }
  return ask;
}

std::string passing_line(const Ask& call) {
  return call.role + ": " + call.next.front() + " is asked now, " + call.to + " said nothing";
}

/// Under the lock: what another run called or passed on since we looked, or somebody answered, is
/// not done again.
void drop_what_is_done(const Session& session, const Uid& incident, std::vector<Ask>& opened,
                       std::vector<Ask>& passing) {
  const auto head = store::find_incident(session.store(), incident);
  if (!head || !head->open()) {
    opened.clear();
    passing.clear();
    return;
  }
  auto present = store::asks_of(session.store(), incident);
  std::erase_if(present, [](const Ask& ask) { return ask.kind != AskKind::call; });
  std::erase_if(opened, [&](const Ask& ask) { return called_already(present, ask.key); });
  std::erase_if(passing, [&](const Ask& before) {
    return std::none_of(present.begin(), present.end(), [&](const Ask& now) {
      return now.uid == before.uid && now.waiting() && now.to == before.to && now.due == before.due;
    });
  });
}

std::string why_undecided(const Policies& policies) {
  return policies.empty() ? "no AssessmentPolicy is applied"
                          : "several AssessmentPolicies are applied, and none is 'default'";
}

/// What passing on needs to know, and nothing that a policy would weigh.
BusinessImpact calls_alone(const Session& session, const incident::Incident& incident) {
  BusinessImpact impact;
  impact.incident = incident;
  for (auto& ask : store::asks_of(session.store(), incident.uid))
    if (ask.kind == AskKind::call) impact.calls.push_back(std::move(ask));
  return impact;
}

}  // namespace

CallsMade make_calls(Session& session, const BusinessImpact& impact, bool dry_run) {
  CallsMade made;
  if (!impact.incident.open()) return made;
  const auto policy =
      impact.policy.empty() ? std::nullopt : find_policy(applied_policies(session), impact.policy);
  for (const auto& threshold : impact.passed)
    if (!called_already(impact.calls, threshold.name))
      made.opened.push_back(new_call(session, threshold,
                                     policy ? policy->find_role(threshold.call) : nullptr, impact));
  const auto now = session.now();
  std::vector<Ask> passing;
  for (const auto& call : impact.calls)
    if (passes_on(call, now)) passing.push_back(call);
  const auto say_passed = [&] {
    for (const auto& call : passing) made.passed_on.push_back(passing_line(call));
    return made;
  };
  if (dry_run || (made.opened.empty() && passing.empty())) return say_passed();
  const auto& uid = impact.incident.uid;
  append_made(session, uid, [&] {
    std::vector<log::NewEvent> events;
    drop_what_is_done(session, uid, made.opened, passing);
    for (const auto& call : passing) {
      const auto due = now + call.patience.value_or(std::chrono::minutes{15});
      events.push_back(store::ask_passed(call.uid, call.to, call.next.front(), now, due));
      events.push_back(line_event(session, uid, incident::EntryKind::communication,
                                  "called " + passing_line(call)));
    }
    for (auto& ask : made.opened) {
      const auto number = store::take_number(session.store().db(), "ASK");
      ask.name = "ASK-" + std::to_string(number);
      events.push_back(store::ask_opened(ask, number));
      events.push_back(line_event(session, uid, incident::EntryKind::communication,
                                  "called " + ask.role + " (" + ask.to + "): " + ask.text));
    }
    return events;
  });
  return say_passed();
}

DueCalls run_due_calls(Session& session, Problems& problems, bool dry_run) {
  DueCalls due;
  const auto policies = applied_policies(session);
  const bool decided = sole_policy(policies).has_value();
  for (const auto& one : store::incidents(session.store(), {.open_only = true})) {
    if (one.mode == incident::Mode::retrospective) continue;
    // Without one policy that is meant there is no threshold that could be passed.
    if (!decided) due.off = why_undecided(policies);
    problems.attempt("calls", one.name, [&] {
      ImpactRequest request;
      request.incident = one.name;
      const auto made = make_calls(
          session, decided ? incident_impact(session, request) : calls_alone(session, one),
          dry_run);
      for (const auto& ask : made.opened)
        due.lines.push_back(one.name + ": called " + ask.role + " (" + ask.to + "): " + ask.text);
      for (const auto& line : made.passed_on) due.lines.push_back(one.name + ": " + line);
    });
  }
  return due;
}

std::vector<Ask> acknowledge_calls(Session& session, const std::optional<std::string>& word,
                                   const std::string& role, const std::optional<std::string>& by,
                                   bool dry_run) {
  const auto incident = choose_incident(session, word);
  const auto who = by.value_or(session.options().actor);
  std::vector<Ask> waiting;
  for (auto& ask : store::asks_of(session.store(), incident.uid))
    if (ask.kind == AskKind::call && ask.role == role && ask.waiting())
      waiting.push_back(std::move(ask));
  if (waiting.empty())
    throw Error(ExitCode::not_found, "no call of '" + role + "' waits in '" + incident.name + "'",
                "nines incident impact " + incident.name + " shows who was called", "NO_CALL");
  if (dry_run) return waiting;
  const auto now = session.now();
  append_made(session, incident.uid, [&] {
    std::vector<log::NewEvent> events;
    for (auto& ask : waiting) {
      events.push_back(store::ask_acknowledged(ask.uid, who, now));
      events.push_back(store::ask_closed(ask.uid, "acknowledged", now));
      ask.acknowledged_at = ask.done_at = now;
      ask.acknowledged_by = who;
      ask.outcome = "acknowledged";
    }
    events.push_back(line_event(session, incident.uid, incident::EntryKind::communication,
                                role + " knows: " + who + " acknowledged"));
    return events;
  });
  return waiting;
}

}  // namespace nines::usecases
