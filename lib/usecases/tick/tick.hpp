// Everything that time has made due, done once: escalation, calls, asks, injects, watches, reminders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/incident/drills.hpp"
#include "usecases/paging/advance.hpp"
#include "usecases/paging/asks.hpp"
#include "usecases/problems.hpp"
#include "usecases/rca/watch.hpp"
#include "usecases/tick/due.hpp"

namespace nines::usecases {

/// A reminder, and the person who is told besides: of the next update of an incident.
struct GivenReminder {
  Due due;
  std::optional<Notice> notice;
};

struct TickReport {
  Instant at;
  std::string off;                         ///< why no page goes out at all; empty: pages are sent
  std::vector<Advance> escalations;        ///< of incidents that somebody is to be called for
  std::vector<incident::Page> unresolved;  ///< may have been sent: their sender ended before saying
  std::vector<GivenReminder> unresolved_reminders;  ///< the same of reminders to a person
  std::vector<std::string> calls;                   ///< roles called, calls passed on: a line each
  std::string calls_off;  ///< why thresholds call nobody while an incident is open; empty: they do
  std::vector<AskAdvance> asks;          ///< to teams, overdue without a word
  std::vector<GivenInject> injects;      ///< given out in drills that run
  std::vector<WatchNews> watches;        ///< of suspected causes: what attached itself, what was quiet
  std::vector<GivenReminder> reminders;  ///< said now, for the first time
  std::size_t reminded_before = 0;       ///< due, and said earlier
  std::optional<Instant> next;        ///< when time alone makes something due again, as known now
  std::vector<std::string> unusable;  ///< what is on record and cannot be used: a line each
  std::vector<Problem> problems;      ///< what could not be done, while everything else was

  bool did_something() const;
};

/// Idempotent: what is recorded as done is not done again, by this run or by another at the same
/// time. What fails for one incident or one kind of duty keeps nothing else back. Throws
/// Error{config} before anything is recorded when channels.yaml is not usable, and
/// Error{interrupted} when we were asked to stop while something went out, once that is recorded.
NINES_EXPORT TickReport tick(Session& session, const PagingSetup& setup, bool dry_run);

}  // namespace nines::usecases
