// Decide, record under the lock, send, record the result.
#include "usecases/paging/advance.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/escalations.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/paging/people.hpp"
#include "usecases/paging/send.hpp"

namespace nines::usecases {
namespace {

using incident::EscalationMove;
using incident::Happening;
using incident::Incident;
using incident::Occurrence;
using incident::Page;
using incident::Status;

/// How often a decision is taken again because somebody else was faster.
constexpr int kMostTries = 5;

bool can_page(const Incident& incident) {
  return incident.status == Status::triage || incident.status == Status::declared;
}

std::string people_of(const Occurrence& one) {
  std::string people;
  for (const auto& call : one.calls)
    people += (people.empty() ? "" : ", ") + call.person + " by " + call.channel;
  return people;
}

/// The line of the timeline for one occurrence; empty where it is of no interest there.
std::string notice_line(const Occurrence& one, const std::string& off) {
  const auto at = one.step.empty() ? "" : "step " + one.step + " of policy " + one.policy;
  switch (one.what) {
    case Happening::paged:
      return (off.empty() ? "paging " : "would page ") + people_of(one) + ": " + at +
             (off.empty() ? "" : " (nothing is sent: " + off + ")");
    case Happening::nobody:
      return "nobody to page: " + one.why + ", " + at;
    case Happening::exhausted:
      return "escalation exhausted: " + one.why + ", policy " + one.policy;
    case Happening::handed_off:
      return "escalation goes on " + one.why;
    case Happening::unacknowledged:
      return "the acknowledgement ran out: " + one.why;
    case Happening::raised:
      return "urgency raised: " + one.why;
    case Happening::restarted:
      return "escalation begins anew: " + one.why;
    case Happening::repeated:
    case Happening::passed_over:
      return {};
  }
  return {};
}

log::NewEvent line_event(Session& session, const Uid& incident, std::string text, Instant at) {
  auto entry = new_entry(session, std::move(text), incident::StatedTime{.at = at});
  entry.kind = incident::EntryKind::state;
  return store::incident_entry_added(incident, entry);
}

/// One attempt: what is read, what follows, and what would be written.
struct Attempt {
  store::EscalationRow row;
  Incident head;
  EscalationMove decision;
  std::vector<Page> pages;
  std::string off;
  std::optional<EscalationStart> start;  ///< to be recorded first
};

Attempt look(Session& session, PolicyBook& book, const Pager& pager, const Uid& uid,
             const AdvanceOptions& options, Advance& result) {
  Attempt attempt;
  auto row = store::find_escalation(session.store(), uid);
  if (!row && options.start) {
    row = store::EscalationRow{uid, options.start->state, 0};
    attempt.start = options.start;
  }
  const auto record = store::incident_record(session.store(), uid, store::Lines::none);
  attempt.head = result.incident = record.head;
  if (!row) {
    result.problem = "it is not escalated";
    return attempt;
  }
  attempt.row = std::move(*row);
  const auto& state = attempt.row.state;
  result.policy = state.policy;
  result.version = state.version;
  result.phase = state.phase;
  if (!can_page(record.head)) {
    result.waiting = "nobody: it is " + std::string(to_string(record.head.status));
    return attempt;
  }
  const auto* policy = book.find(state.policy, state.version);
  if (policy == nullptr) {
    result.problem = "policy '" + state.policy + "' is no longer on record as it was";
    return attempt;
  }
  auto around = surroundings_of(session, book, record);
  const auto now = session.now();
  attempt.decision = options.at_once
                         ? decide_at_once(policy->policy, state, record.head.severity, around, now)
                         : decide(policy->policy, state, record.head.severity, around, now);
  attempt.off = pager.off_for(record.head);
  for (const auto& one : attempt.decision.occurred)
    for (const auto& call : one.calls)
      attempt.pages.push_back(pager.prepare(record.head, one, call, make_uid(session)));
  return attempt;
}

/// False when the incident is not as it was when the decision was taken.
bool record_attempt(Session& session, const Attempt& attempt) {
  const auto uid = attempt.head.uid;
  const auto& options = session.options();
  const auto& occurred = attempt.decision.occurred;
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto row = store::find_escalation(session.store(), uid);
  const auto head = store::find_incident(session.store(), uid);
  if ((row ? row->revision : 0) != attempt.row.revision || !head || !can_page(*head) ||
      head->severity != attempt.head.severity)
    return false;
  if (attempt.start)
    tx.append(store::escalation_started(uid, attempt.start->state, attempt.start->why));
  for (const auto& one : occurred) {
    const bool last = &one == &occurred.back();
    tx.append(store::escalation_moved(uid, one, last ? &attempt.decision.after : nullptr));
    if (auto line = notice_line(one, attempt.off); !line.empty())
      tx.append(line_event(session, uid, std::move(line), one.at));
  }
  for (const auto& page : attempt.pages) tx.append(store::page_recorded(page));
  tx.commit();
  return true;
}

std::string send_all(Session& session, const Pager& pager, Attempt& attempt) {
  const auto line = [&](std::string text, Instant at) {
    return line_event(session, attempt.head.uid, std::move(text), at);
  };
  return send_pages(session, pager, attempt.head, attempt.pages, {"paging", {}, line});
}

void report(Advance& result, Attempt& attempt) {
  result.phase = attempt.decision.after.phase;
  result.policy = attempt.decision.after.policy;
  result.version = attempt.decision.after.version;
  result.occurred = std::move(attempt.decision.occurred);
  result.wake = attempt.decision.wake;
  result.waiting = std::move(attempt.decision.waiting);
  result.pages = std::move(attempt.pages);
}

}  // namespace

Advance advance_escalation(Session& session, PolicyBook& book, const Pager& pager, const Uid& uid,
                           const AdvanceOptions& options) {
  for (int attempts = 0; attempts < kMostTries; ++attempts) {
    Advance result;
    auto attempt = look(session, book, pager, uid, options, result);
    if (!result.problem.empty() || !result.waiting.empty()) return result;
    const bool due = attempt.start || !attempt.decision.occurred.empty();
    if (due && !options.dry_run) {
      if (!record_attempt(session, attempt)) continue;
      result.problem = send_all(session, pager, attempt);
    }
    report(result, attempt);
    return result;
  }
  throw Error(ExitCode::busy, "the escalation changed again and again meanwhile",
              "try again: another run of nines is at work on it", "STORE_BUSY");
}

std::optional<log::NewEvent> answer_to_escalation(Session& session, const Incident& incident,
                                                  Instant at) {
  const auto row = store::find_escalation(session.store(), incident.uid);
  if (!row || !can_page(incident)) return std::nullopt;
  PolicyBook book(session);
  const auto* pinned = book.find(row->state.policy, row->state.version);
  const incident::EscalationPolicy none;
  const auto after = acknowledge(pinned != nullptr ? pinned->policy : none, row->state,
                                 session.options().actor, at);
  if (row->state.phase == incident::Phase::acknowledged && after.answered == row->state.answered)
    return std::nullopt;
  return store::escalation_acknowledged(incident.uid, after, session.options().actor, at);
}

std::optional<log::NewEvent> escalation_after_reopening(Session& session,
                                                        const Incident& incident) {
  const auto row = store::find_escalation(session.store(), incident.uid);
  if (!row) return std::nullopt;
  PolicyBook book(session);
  const auto first = row->state.walked.empty() ? row->state.policy : row->state.walked.front();
  const auto* policy = book.find(first);
  if (policy == nullptr) return std::nullopt;
  return store::escalation_started(
      incident.uid,
      start_escalation(policy->policy, policy->version, incident.severity, session.now()),
      "reopened");
}

}  // namespace nines::usecases
