// Runs through the kinds of duty in a fixed order; each records what it did.
#include "usecases/tick/tick.hpp"

#include <algorithm>

#include "store/escalations.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/reminders.hpp"
#include "store/store.hpp"
#include "usecases/incident/impact.hpp"
#include "usecases/paging/send.hpp"
#include "usecases/tick/unusable.hpp"

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

constexpr auto kSenderEnded = "whoever sent it ended before saying what came of it";

/// Pages whose sender ended between the record and the result: said once, never sent again.
void settle_pages(Session& session, TickReport& report, Problems& problems, bool dry_run) {
  const auto& options = session.options();
  for (auto& page : store::pages(session.store(), {.intended_only = true})) {
    if (page.at + kSilence > session.now()) continue;
    page.result = PageResult::unresolved;
    page.why = kSenderEnded;
    page.finished = session.now();
    problems.attempt("unresolved", page.person, [&] {
      if (!dry_run) {
        store::Transaction tx(session.store(), options.actor, options.command, options.because);
        if (!is_intended(session.store(), page)) return;  // another run was faster
        tx.append(store::page_ended(page));
        tx.commit();
      }
      report.unresolved.push_back(std::move(page));
    });
  }
}

/// The same of reminders that were on their way to a person.
void settle_reminders(Session& session, TickReport& report, Problems& problems, bool dry_run) {
  const auto& options = session.options();
  for (auto& intended : store::intended_reminders(session.store())) {
    auto& reminder = intended.reminder;  // a lambda names it
    if (intended.since + kSilence > session.now()) continue;
    reminder.result = to_string(PageResult::unresolved);
    reminder.why = kSenderEnded;
    problems.attempt("unresolved", reminder.about, [&] {
      if (!dry_run) {
        store::Transaction tx(session.store(), options.actor, options.command, options.because);
        if (!store::is_intended(session.store(), reminder)) return;  // another run was faster
        tx.append(store::reminder_ended(reminder));
        tx.commit();
      }
      report.unresolved_reminders.push_back(
          {{reminder.kind, reminder.about, reminder.what, {}, reminder.due, {}},
           Notice{reminder.to, reminder.channel, {}, PageResult::unresolved, reminder.why}});
    });
  }
}

/// Whoever speaks for the incident: the role communications, else the commander.
std::string speaker_of(const incident::Record& record) {
  for (const auto& span : record.roles)
    if (span.role == "communications" && !span.until) return span.person;
  return record.head.commander;
}

/// Somebody is told of the next update and of a call; other reminders are only shown.
std::optional<incident::Incident> incident_to_tell(const Session& session, const Due& due) {
  if (due.kind != "update" && due.kind != "called") return std::nullopt;
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

void look_again(TickReport& report, const std::optional<Instant>& at) {
  if (at && (!report.next || *at < *report.next)) report.next = at;
}

/// Records that it is given, then tells whoever is to be told.
void give(Session& session, const Pager& pager, TickReport& report, Due due, bool dry_run) {
  const auto& options = session.options();
  const auto head = incident_to_tell(session, due);
  std::optional<Notice> notice;
  if (head) {
    const auto record = store::incident_record(session.store(), head->uid, store::Lines::none);
    const bool call = due.kind == "called";
    notice = pager.prepare_notice(*head, call ? due.who : speaker_of(record),
                                  due.what + (call ? ": " : " is due: ") + due.command);
  }
  if (!dry_run) {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    const auto reminder = recorded(due, notice);
    if (store::was_given(session.store(), reminder)) return;  // another run was faster
    tx.append(store::reminder_given(reminder));
    tx.commit();
  }
  auto& given = report.reminders.emplace_back(GivenReminder{std::move(due), std::move(notice)});
  if (dry_run || !given.notice || given.notice->result != PageResult::intended) return;
  auto sent = pager.send_notice(*head, std::move(*given.notice));
  given.notice = std::move(sent.ended);
  try {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    tx.append(store::reminder_ended(recorded(given.due, given.notice)));
    tx.commit();
  } catch (const Error&) {
    if (!sent.stop_asked) throw;  // else it stays intended, and is settled later
  }
  if (sent.stop_asked) stop_as_asked(head->name);
}

void remind(Session& session, const Pager& pager, TickReport& report, Problems& problems,
            bool dry_run) {
  for (auto& due : all_due(session, report.at)) {
    if (due.at > report.at) {
      look_again(report, due.at);
      continue;
    }
    if (store::was_given(session.store(), recorded(due, {}))) {
      ++report.reminded_before;
      continue;
    }
    const auto about = due.about;
    problems.attempt("reminder", about,
                     [&] { give(session, pager, report, std::move(due), dry_run); });
  }
}

void run_escalations(Session& session, PolicyBook& book, const Pager& pager, TickReport& report,
                     Problems& problems, bool dry_run) {
  for (const auto& row : store::running_escalations(session.store())) {
    const auto head = store::find_incident(session.store(), row.incident);
    problems.attempt("escalation", head ? head->name : row.incident.to_string(), [&] {
      report.escalations.push_back(
          advance_escalation(session, book, pager, row.incident, {.dry_run = dry_run}));
      look_again(report, report.escalations.back().wake);
    });
  }
}

void run_injects(Session& session, TickReport& report, bool dry_run) {
  auto injects = inject_due(session, std::nullopt, dry_run);
  report.injects = std::move(injects.given);
  look_again(report, injects.next);
}

void run_watches(Session& session, TickReport& report, std::vector<std::string>& unreadable,
                 bool dry_run) {
  for (auto settle : {settle_watches, settle_watched_logs}) {
    auto found = settle(session, dry_run);
    std::move(found.news.begin(), found.news.end(), std::back_inserter(report.watches));
    std::move(found.problems.begin(), found.problems.end(), std::back_inserter(unreadable));
  }
}

}  // namespace

bool TickReport::did_something() const {
  return !problems.empty() || !unresolved.empty() || !unresolved_reminders.empty() ||
         !reminders.empty() || !watches.empty() || !calls.empty() || !injects.empty() ||
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
  Problems problems;
  problems.attempt("unresolved", {}, [&] { settle_pages(session, report, problems, dry_run); });
  problems.attempt("unresolved", {}, [&] { settle_reminders(session, report, problems, dry_run); });
  std::vector<std::string> watch_problems;
  std::optional<PolicyBook> book;
  const auto policies = [&]() -> PolicyBook& { return book ? *book : book.emplace(session); };
  problems.attempt("escalation", {},
                   [&] { run_escalations(session, policies(), pager, report, problems, dry_run); });
  problems.attempt("calls", {}, [&] {
    auto due = run_due_calls(session, problems, dry_run);
    report.calls = std::move(due.lines);
    report.calls_off = std::move(due.off);
  });
  problems.attempt("ask", {}, [&] {
    report.asks = advance_asks(session, policies(), pager, problems, dry_run);
  });
  for (const auto& one : report.asks) look_again(report, one.wake);
  problems.attempt("injects", {}, [&] { run_injects(session, report, dry_run); });
  problems.attempt("watches", {}, [&] { run_watches(session, report, watch_problems, dry_run); });
  problems.attempt("reminder", {}, [&] { remind(session, pager, report, problems, dry_run); });
  problems.attempt("definitions", {},
                   [&] { report.unusable = unusable_parts(session, policies(), pager); });
  report.unusable.insert(report.unusable.end(), watch_problems.begin(), watch_problems.end());
  report.problems = problems.take();
  return report;
}

}  // namespace nines::usecases
