// Finds the team's policy, moves on in it, records who is asked now.
#include "usecases/paging/asks.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/incident/escalation_simulation.hpp"
#include "store/asks.hpp"
#include "store/escalations.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/paging/send.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::Ask;
using incident::Happening;
using incident::Incident;
using incident::Occurrence;

using Teams = std::map<std::string, catalog::Team, std::less<>>;

bool waits(const Ask& ask) {
  return ask.kind == incident::AskKind::team && ask.waiting() && ask.due.has_value();
}

/// The policy the ask runs by, or that it would begin; null, and why, when there is none.
const PinnedPolicy* policy_of_ask(const Ask& ask, const Teams& teams, PolicyBook& book,
                                  std::string& why) {
  if (ask.escalation) {
    const auto* pinned = book.find(ask.escalation->policy, ask.escalation->version);
    if (pinned == nullptr)
      why = "policy '" + ask.escalation->policy + "' is no longer on record as it was";
    return pinned;
  }
  const auto& name = incident::asked_first(ask);
  const auto team = teams.find(name);
  if (team == teams.end()) {
    why = "no Team '" + name + "' is on record";
    return nullptr;
  }
  if (team->second.escalation_policy.empty()) {
    why = "team '" + name + "' names no escalation policy";
    return nullptr;
  }
  const auto* policy = book.find(team->second.escalation_policy);
  if (policy == nullptr)
    why = "policy '" + team->second.escalation_policy + "' of team '" + name + "' is not on record";
  return policy;
}

std::string people_in(const Occurrence& one) {
  std::vector<std::string> people;
  for (const auto& call : one.calls) people.push_back(call.person);
  return join(people, ", ");
}

std::string errand_of(const Ask& ask) {
  return ask.name + " waits: " + ask.text + ": nines incident teams ack " + ask.name;
}

/// The line of the timeline; empty where it is of no interest there.
std::string ask_line(const Ask& ask, const Occurrence& one, const std::string& off) {
  const auto& team = incident::asked_first(ask);
  const auto by = one.step.empty() ? "" : ", step " + one.step + " of policy " + one.policy;
  switch (one.what) {
    case Happening::paged:
      return (off.empty() ? "asking " : "would ask ") + people_in(one) + " of " + team +
             ": no word on " + ask.name + by +
             (off.empty() ? "" : " (nothing is sent: " + off + ")");
    case Happening::nobody:
      return "nobody to ask about " + ask.name + ": " + one.why + by;
    case Happening::exhausted:
      return ask.name + " reaches nobody of " + team + ": " + one.why + ", policy " + one.policy;
    default:
      return {};
  }
}

log::NewEvent state_line(Session& session, const Uid& incident, std::string text) {
  return line_event(session, incident, incident::EntryKind::state, std::move(text));
}

/// One look at one ask.
struct Look {
  Ask before;
  Incident head;
  AskAdvance result;
  std::string off;
  bool begins = false;
};

void decide_on(Session& session, const PinnedPolicy& policy, PolicyBook& book, const Pager& pager,
               Look& look) {
  auto& ask = look.result.ask;
  const auto now = session.now();
  look.begins = !ask.escalation.has_value();
  if (look.begins)
    ask.escalation = start_escalation(policy.policy, policy.version, look.head.severity, now);
  const auto record = store::incident_record(session.store(), look.head.uid, store::Lines::none);
  auto around = surroundings_of(session, book, record);
  around.triggers.push_back(ask.at);
  auto move = decide(policy.policy, *ask.escalation, look.head.severity, around, now);
  look.off = pager.off_for(look.head);
  for (const auto& one : move.occurred) {
    for (const auto& call : one.calls)
      look.result.pages.push_back(
          pager.prepare(look.head, one, call, make_uid(session), errand_of(ask)));
    if (one.what != Happening::paged) continue;
    ask.silent.push_back(ask.to);
    ask.to = people_in(one);
    ask.due = move.after.since;
  }
  ask.escalation = std::move(move.after);
  look.result.occurred = std::move(move.occurred);
  look.result.wake = move.wake;
}

/// False when the ask or its incident is not as it was when the decision was taken.
bool record_look(Session& session, const Look& look) {
  const auto& options = session.options();
  const auto& ask = look.result.ask;
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto head = store::find_incident(session.store(), look.head.uid);
  if (!head || !head->open() || head->mode != look.head.mode ||
      head->severity != look.head.severity)
    return false;
  const auto present = store::get_ask(session.store(), ask.name);
  if (!present.waiting() || present.escalation != look.before.escalation ||
      present.to != look.before.to)
    return false;
  tx.append(store::ask_escalated(ask, session.now()));
  for (const auto& one : look.result.occurred)
    if (auto line = ask_line(ask, one, look.off); !line.empty())
      tx.append(state_line(session, look.head.uid, std::move(line)));
  for (const auto& page : look.result.pages) tx.append(store::page_recorded(page));
  tx.commit();
  return true;
}

std::string send_asking(Session& session, const Pager& pager, Look& look) {
  const auto line = [&](std::string text, Instant) {
    return state_line(session, look.head.uid, std::move(text));
  };
  return send_pages(session, pager, look.head, look.result.pages,
                    {"asking", errand_of(look.result.ask), line});
}

/// Nothing when it is no matter of time, or when another run was faster.
std::optional<AskAdvance> advance_one(Session& session, const Ask& ask, std::optional<Teams>& teams,
                                      PolicyBook& book, const Pager& pager, bool dry_run) {
  const auto head = store::find_incident(session.store(), ask.incident);
  if (!head || !head->open() || head->mode == incident::Mode::retrospective) return std::nullopt;
  if (!teams) teams = load_catalogue(session).teams;
  Look look{ask, *head, {ask, head->name, {}, {}, {}, {}}, {}};
  const auto* policy = policy_of_ask(ask, *teams, book, look.result.problem);
  if (policy != nullptr) {
    decide_on(session, *policy, book, pager, look);
    const bool due = look.begins || !look.result.occurred.empty();
    if (due && !dry_run) {
      if (!record_look(session, look)) return std::nullopt;
      look.result.problem = send_asking(session, pager, look);
    }
  }
  return std::move(look.result);
}

}  // namespace

std::vector<AskAdvance> advance_asks(Session& session, PolicyBook& book, const Pager& pager,
                                     Problems& problems, bool dry_run) {
  std::vector<AskAdvance> results;
  std::optional<Teams> teams;
  for (const auto& ask : store::open_asks(session.store())) {
    if (!waits(ask)) continue;
    if (!ask.escalation && *ask.due > session.now()) continue;
    problems.attempt("ask", ask.name, [&] {
      if (auto one = advance_one(session, ask, teams, book, pager, dry_run))
        results.push_back(std::move(*one));
    });
  }
  return results;
}

std::vector<AskOutlook> ask_outlooks(const Session& session, const std::vector<Ask>& asks) {
  std::vector<AskOutlook> outlooks;
  if (std::none_of(asks.begin(), asks.end(), waits)) return outlooks;
  PolicyBook book(session);
  const auto teams = load_catalogue(session).teams;
  for (const auto& ask : asks) {
    if (!waits(ask)) continue;
    AskOutlook outlook{ask.name, {}, {}, {}};
    if (const auto* policy = policy_of_ask(ask, teams, book, outlook.problem)) {
      const auto record = store::incident_record(session.store(), ask.incident, store::Lines::none);
      auto around = surroundings_of(session, book, record);
      around.triggers.push_back(ask.at);
      const auto from = std::max(session.now(), *ask.due);
      const auto severity = record.head.severity;
      const auto state = ask.escalation
                             ? *ask.escalation
                             : start_escalation(policy->policy, policy->version, severity, from);
      const auto start = ask.escalation ? session.now() : from;
      const auto ahead =
          simulate_from(policy->policy, state, {start, severity, {}}, std::move(around));
      if (const auto* page = incident::first_page(ahead)) {
        outlook.at = page->at;
        for (const auto& call : page->calls) outlook.people.push_back(call.person);
      } else {
        outlook.problem = state.phase == incident::Phase::exhausted
                              ? "policy '" + state.policy + "' is exhausted"
                              : "nobody is left in policy '" + policy->policy.name + "'";
      }
    }
    outlooks.push_back(std::move(outlook));
  }
  return outlooks;
}

}  // namespace nines::usecases
