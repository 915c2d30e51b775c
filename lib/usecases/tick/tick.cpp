// Runs through the kinds of duty in a fixed order; each records what it did.
#include "usecases/tick/tick.hpp"

#include <algorithm>

#include "store/escalations.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/reminders.hpp"
#include "store/store.hpp"

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

void remind(Session& session, TickReport& report, bool dry_run) {
  const auto& options = session.options();
  for (auto& due : all_due(session, report.at)) {
    if (due.at > report.at) {
      if (!report.next || due.at < *report.next) report.next = due.at;
      continue;
    }
    const store::Reminder reminder{due.kind, due.about, due.what, due.at};
    if (store::was_given(session.store(), reminder)) {
      ++report.reminded_before;
      continue;
    }
    if (!dry_run) {
      store::Transaction tx(session.store(), options.actor, options.command, options.because);
      if (store::was_given(session.store(), reminder)) continue;  // another run was faster
      tx.append(store::reminder_given(reminder));
      tx.commit();
    }
    report.reminders.push_back(std::move(due));
  }
}

}  // namespace

bool TickReport::did_something() const {
  return !unresolved.empty() || !reminders.empty() ||
         std::any_of(escalations.begin(), escalations.end(),
                     [](const Advance& one) { return !one.occurred.empty(); });
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
  remind(session, report, dry_run);
  return report;
}

}  // namespace nines::usecases
