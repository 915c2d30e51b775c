// Runs through the kinds of duty in a fixed order; each records what it did.
#include "usecases/tick/tick.hpp"

#include <algorithm>

#include "store/escalations.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/reminders.hpp"
#include "store/store.hpp"
#include "usecases/incident/impact.hpp"

namespace nines::usecases {
namespace {

using incident::Page;
using incident::PageResult;

/// A command may run for two minutes; whoever has not said anything after four never will.
constexpr std::chrono::minutes kSilence{4};

bool is_intended(const store::Store& store, const Page& page) {
  for (const auto& other : store::pages(store, {.incident = page.incident, .intended_only = true}))
    if (other.uid == page.uid) return true;
  return false;
}

/// Pages whose sender ended between the record and the result: said once, never sent again.
std::vector<Page> settle_unresolved(Session& session, bool dry_run) {
  std::vector<Page> settled;
  const auto& options = session.options();
  for (auto& page : store::pages(session.store(), {.intended_only = true})) {
    if (page.at + kSilence > session.now()) continue;
    page.result = PageResult::unresolved;
    page.why = "whoever sent it ended before saying what came of it";
    page.finished = session.now();
    if (!dry_run) {
      store::Transaction tx(session.store(), options.actor, options.command, options.because);
      if (!is_intended(session.store(), page)) continue;  // another run was faster
      tx.append(store::page_ended(page));
      tx.commit();
    }
    settled.push_back(std::move(page));
  }
  return settled;
}

/// Whoever speaks for the incident: the role communications, else the commander.
std::string speaker_of(const incident::Record& record) {
  for (const auto& span : record.roles)
    if (span.role == "communications" && !span.until) return span.person;
  return record.head.commander;
}

/// Somebody is told of the next update; other reminders are only shown.
std::optional<incident::Incident> incident_to_tell(const Session& session, const Due& due) {
  if (due.kind != "update") return std::nullopt;
  for (auto& one : store::incidents(session.store(), {.open_only = true}))
    if (one.name == due.about) return std::move(one);
  return std::nullopt;
}

store::Reminder recorded(const Due& due, const std::optional<Notice>& notice) {
  store::Reminder reminder{due.kind, due.about, due.what, due.at};
  if (!notice) return reminder;
  reminder.to = notice->person;
  reminder.channel = notice->channel;
  reminder.result = to_string(notice->result);
  reminder.why = notice->why;
  return reminder;
}

void remind(Session& session, const Pager& pager, TickReport& report, bool dry_run) {
  const auto& options = session.options();
  for (auto& due : all_due(session, report.at)) {
    if (due.at > report.at) {
      if (!report.next || due.at < *report.next) report.next = due.at;
      continue;
    }
    if (store::was_given(session.store(), recorded(due, {}))) {
      ++report.reminded_before;
      continue;
    }
    const auto head = incident_to_tell(session, due);
    std::optional<Notice> notice;
    if (head) {
      const auto record = store::incident_record(session.store(), head->uid, store::Lines::none);
      notice =
          pager.prepare_notice(*head, speaker_of(record), due.what + " is due: " + due.command);
    }
    if (!dry_run) {
      store::Transaction tx(session.store(), options.actor, options.command, options.because);
      const auto reminder = recorded(due, notice);
      if (store::was_given(session.store(), reminder)) continue;  // another run was faster
      tx.append(store::reminder_given(reminder));
      tx.commit();
    }
    if (!dry_run && notice && notice->result == PageResult::intended) {
      notice = pager.send_notice(*head, std::move(*notice));
      store::Transaction tx(session.store(), options.actor, options.command, options.because);
      tx.append(store::reminder_ended(recorded(due, notice)));
      tx.commit();
    }
    report.reminders.push_back({std::move(due), std::move(notice)});
  }
}

void run_injects(Session& session, TickReport& report, bool dry_run) {
  auto injects = inject_due(session, std::nullopt, dry_run);
  report.injects = std::move(injects.given);
  if (injects.next && (!report.next || *injects.next < *report.next)) report.next = injects.next;
}

}  // namespace

bool TickReport::did_something() const {
  return !unresolved.empty() || !reminders.empty() || !calls.empty() || !injects.empty() ||
         std::any_of(escalations.begin(), escalations.end(),
                     [](const Advance& one) { return !one.occurred.empty(); }) ||
         std::any_of(asks.begin(), asks.end(),
                     [](const AskAdvance& one) { return !one.occurred.empty(); });
}

TickReport tick(Session& session, const PagingSetup& setup, bool dry_run) {
  TickReport report;
  report.at = session.now();
  const Pager pager(session, setup);
  report.off = pager.off();
  report.unresolved = settle_unresolved(session, dry_run);
  PolicyBook book(session);
  for (const auto& row : store::running_escalations(session.store())) {
    report.escalations.push_back(
        advance_escalation(session, book, pager, row.incident, {.dry_run = dry_run}));
    const auto& wake = report.escalations.back().wake;
    if (wake && (!report.next || *wake < *report.next)) report.next = wake;
  }
  report.calls = run_due_calls(session, dry_run);
  report.asks = advance_asks(session, book, pager, dry_run);
  for (const auto& one : report.asks)
    if (one.wake && (!report.next || *one.wake < *report.next)) report.next = one.wake;
  run_injects(session, report, dry_run);
  remind(session, pager, report, dry_run);
  return report;
}

}  // namespace nines::usecases
