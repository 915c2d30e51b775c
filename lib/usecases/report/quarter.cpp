// Chooses the period, puts the clock at its end, and has the parts made.
#include "usecases/report/quarter.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/numbers.hpp"
#include "store/reports.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/log/records_elsewhere.hpp"
#include "usecases/report/changed.hpp"
#include "usecases/report/gather.hpp"

namespace nines::usecases {
namespace {

using governance::Report;
using governance::ReportPeriod;

Error no_period(const std::string& what) {
  return Error(ExitCode::usage, what, "--period 2026Q3, 2026-09 or 2026; or --from TIME --to TIME",
               "BAD_PERIOD");
}

Report report_of(const Session& session, const ReportPeriod& period, const Zone& zone) {
  Report report;
  report.period = period;
  report.before = governance::period_before(period, zone);
  report.known_until = told_until(session, period);
  report.record = store::heads_text(session.store());
  const auto then = session_at(session, report.known_until);
  report.parts = governance::all_parts(gather_material(then, period, report.before));
  return report;
}

/// Records that its periods may hold are at a place, and not here.
std::optional<RecordsElsewhere> lacks_some_of(const Session& session, const Report& report) {
  const auto elsewhere = records_elsewhere(session);
  return elsewhere && report.before.span.from < elsewhere->bound ? elsewhere : std::nullopt;
}

}  // namespace

Session session_at(const Session& session, Instant until) {
  auto options = session.options();
  options.write = false;
  options.create = false;
  options.clock = [until] { return until; };
  return Session::open(options);
}

Instant told_until(const Session& session, const ReportPeriod& period) {
  const auto last = store::last_recorded(session.store());
  if (!last || *last <= period.span.from)
    throw Error(
        ExitCode::undecided,
        "nothing is on record that was written after " + format_utc(period.span.from).substr(0, 10),
        "a period that had not begun when the record ends cannot be told", "NO_RECORD");
  // Ends are not counted in: the minute of the newest event must be over.
  const auto minute = std::chrono::floor<std::chrono::minutes>(*last) + std::chrono::minutes{1};
  return std::min(period.span.to, Instant{minute});
}

ReportPeriod period_asked(const Session& session, const ReportRequest& request,
                          governance::PeriodStep step) {
  if (request.period && (request.from || request.to))
    throw no_period("a named period and its ends were both given");
  if (request.period) {
    if (auto named = governance::parse_period(*request.period, slo::place_in(request.zone)))
      return *named;
    throw no_period("'" + *request.period + "' is no period");
  }
  if (request.from || request.to) {
    if (!request.from || !request.to) throw no_period("only one end of the period was given");
    if (auto between = governance::period_between(*request.from, *request.to)) return *between;
    throw no_period("the period ends before it begins");
  }
  const auto last = store::last_recorded(session.store());
  if (!last)
    throw Error(ExitCode::undecided, "nothing is on record yet", "nines help shows how to begin",
                "NO_RECORD");
  const auto current = governance::period_holding(*last, step, request.zone);
  return governance::period_before(current, request.zone);
}

Report make_report(const Session& session, const ReportRequest& request) {
  const auto period = period_asked(session, request);
  auto report = report_of(session, period, request.zone);
  if (const auto last = store::last_report(session.store(), period.span.from, period.span.to)) {
    report.published = governance::PublishedBefore{last->name, last->made_at, last->by};
    // What is not here would look like figures that changed.
    if (!lacks_some_of(session, report))
      report.changed =
          changed_figures(session, *last, published_figures(report), [&](const Session& past) {
            return published_figures(report_of(past, period, request.zone));
          });
  }
  return report;
}

ReportPublication publish_report(Session& session, const Report& report, bool dry_run) {
  if (const auto elsewhere = lacks_some_of(session, report))
    throw Error(ExitCode::undecided,
                "this store cannot publish a report about " + report.period.label + ": " +
                    count_of(elsewhere->records, "finished record") + " without news since " +
                    format_utc(elsewhere->bound).substr(0, 10) +
                    (elsewhere->records == 1 ? " is at " : " are at ") + elsewhere->place,
                "nines sync " + elsewhere->place +
                    " --records-since all, or publish it from a machine that has them",
                "RECORD_NOT_HERE");
  store::PublishedReport published;
  published.uid = make_uid(session);
  published.verb = session.options().command;
  published.label = report.period.label;
  published.from = report.period.span.from;
  published.to = report.period.span.to;
  published.until = report.known_until;
  published.heads = report.record;
  published.by = session.options().actor;
  published.figures = published_figures(report);
  auto event = store::report_published(published, 0);
  auto proof = sign_event(session, event);
  if (dry_run) return {};
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  const auto number = store::take_number(session.store().db(), "RPT");
  event.body.set("number", number);
  tx.append(event);
  tx.commit();
  return {"RPT-" + std::to_string(number), std::move(proof)};
}

}  // namespace nines::usecases
