// Runs nines slo budget: the ledger of an error budget, and how it went down.
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/slo/budget_page.hpp"
#include "nines/slo/figures.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {
namespace {

usecases::BudgetQuery budget_query(const Context& context) {
  usecases::BudgetQuery query;
  query.name = context.args.required("name");
  query.objective = context.args.text("objective");
  const auto at = context.args.text("at");
  query.at_last = at == "last";
  if (at && !query.at_last) query.at = parse_time_input(*at, context.time_rules()).at;
  if (context.args.required("by") == "hour") query.step = usecases::LedgerStep::hour;
  query.change_tail = context.args.duration("change-tail").value_or(query.change_tail);
  return query;
}

}  // namespace

void declare_budget(Options& options) {
  options.about(
      "Every bad event of the window stands once under a time and once under what is known to have "
      "been "
      "going on: announced maintenance, incidents, vendors, recorded changes; the rest is "
      "unexplained. Both "
      "sides add up to the count that the verdict rests on. Coinciding is not causing.");
  options.positional("name", "the SLO");
  options.text("objective", "NAME", "which objective, when there are several; or one member alone");
  options.text("at", "TIME", "the instant to look back from; 'last' is where the data ends");
  options.choice("by", {"day", "hour"}, "the step of the ledger").fallback = "day";
  options.duration("change-tail", "how long after its end a change may still claim; default 1h");
  options.flag("plot", "draw how the budget went down");
  options.flag("svg", "write that plot as SVG, to --out or standard output");
  options.path("out", "PATH", "with --svg: the file to write");
  options.example("nines slo budget checkout --plot", "who spent it, and how it went down");
  options.example("nines slo budget checkout --by hour --at last",
                  "hour by hour, up to where the data ends");
  options.example("nines slo budget checkout --svg --out budget.svg", "the plot for a page");
}

ExitCode run_budget(Context& context) {
  if (context.args.given("out") && !context.args.flag("svg"))
    throw Error(ExitCode::usage, "--out needs --svg",
                "the other formats go to standard output: -o FORMAT");
  const auto query = budget_query(context);
  const auto report = usecases::slo_budget(context.session(), query);
  if (context.args.flag("svg")) {
    write_document(context, render::draw_svg(budget_plot(report)));
    return ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/slo.budget/v1";
  output.data = budget_json(report);
  output.warnings = report.warnings;
  const auto style = context.style();
  output.page = budget_page(report, query.step, style, context.args.flag("plot"));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::slo
