// Runs nines report quarter: what the record says about a period, for an architecture board.
#include "nines/report/report_pages.hpp"
#include "nines/report/verbs.hpp"

namespace nines::app::report {
void declare_quarter(Options& options) {
  declare_period(options);
  options.flag("publish", "record the figures and the log's heads, for the next report to compare");
  options.text("because", "TEXT", "why it is published, for the record");
  options.about(
      "Twelve parts: decisions asked for, objectives, contracts, incidents, recurrence, risks, "
      "remediation, changes, detection, on-call load with drills and coverage, duties, caveats. "
      "Without --period it is the last quarter that was over when the newest event was recorded.");
  options.about(
      "It is a function of the store and the period alone: the same command gives the same bytes, "
      "whenever it runs. Rates have exact intervals, times are medians with an interval or, where "
      "there are few, all of them; what is not recorded is said with the date of the first record, "
      "and is never a zero.");
  options.about(
      "A period that was published before is compared with the figures as they stood: each that is "
      "another one now is listed with the command that changed it. '-o html' is one file without "
      "scripts, to be mailed or printed.");
  options.example("nines report quarter", "the last quarter that is over");
  options.example("nines report quarter --period 2026Q3 -o html > quarter.html",
                  "one file for the board");
  options.example("nines report quarter --period 2026Q3 --publish --because 'board of October'",
                  "what later reports compare with");
}

ExitCode run_quarter(Context& context) {
  const auto report = usecases::make_report(context.session(), report_request(context));
  render::Output output;
  output.schema = "nines/report.quarter/v1";
  output.generated_at = report.known_until;
  if (context.shows_data()) output.data = report_json(report);
  if (context.shows_page()) {
    output.page = report_page(report, "Reliability report");
    if (report.published || context.args.flag("publish"))
      output.page.push_back(
          render::Next{"nines remediate plan", "what to do with the time there is"});
    else
      output.page.push_back(
          render::Next{"nines report quarter" + asked_for(report) + " --publish",
                       "record these figures: the next report says what changed"});
  }
  context.show(output);
  if (!context.args.flag("publish")) return ExitCode::done;
  auto options = context.session_options();
  options.write = true;
  auto writing = usecases::Session::open(options);
  const auto published = usecases::publish_report(writing, report, context.dry_run());
  context.say(published.name.empty() ? "dry run: nothing is recorded"
                                     : "published as " + published.name + " (" +
                                           authentication_text(published.proof) + ")");
  return ExitCode::done;
}

}  // namespace nines::app::report
