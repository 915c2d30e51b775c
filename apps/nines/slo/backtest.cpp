// Runs nines slo backtest: what the alerts would have done over the stored history.
#include "usecases/slo/backtest.hpp"
#include "nines/slo/backtest_page.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {

void declare_backtest(Options& options) {
  options.positionals("name", "SLOs; default all");
  options.text("service", "NAME", "only objectives about this service");
  options.instant("from", "replay from then on; default a year before the data ends");
  options.instant("to", "replay up to then; default where the data ends");
  options.list("windows", "FILE",
               "replay these AlertWindows too, each file as a policy of its own");
  options.flag("search", "try other windows and factors for the page, and show what none beats");
  options.integer("unseen", "N",
                  "how many days that burned outside every alert are shown; default 5");
  options.about(
      "Replays the burn-rate alerts minute by minute over the exact counts in the store: those "
      "that "
      "the SLO's document declares, by its own windows or the four standard pairs, scaled to its "
      "period. Alerts that are less than 5 minutes apart are one. The incidents on record are the "
      "truth they are held against: an alert is "
      "right when it begins from 15 minutes before an incident of its service to that incident's "
      "end.");
  options.about(
      "Alerts look at events, as the rules for Prometheus do, also where the budget is counted in "
      "time slices. A composite has no alert of its own. 'unseen' is the share of bad events "
      "outside "
      "every window by which an alert fired.");
  options.about(
      "With fewer than 5 incidents precision and recall are not given; how often it fires, what "
      "had "
      "burned by then and what burned without any alert need no incidents. An alert without an "
      "incident may be an incident that nobody recorded. Intervals are Wilson's, 95 %, as if "
      "alerts came independently.");
  options.example("nines slo backtest", "every SLO over the last year");
  options.example("nines slo backtest checkout --search", "which windows would do better");
  options.see_also("nines slo test");
}

ExitCode run_backtest(Context& context) {
  usecases::BacktestQuery query;
  query.names = context.args.list("name");
  query.service = context.args.text("service");
  if (const auto from = context.args.instant("from", context.time_rules())) query.from = from->at;
  if (const auto to = context.args.instant("to", context.time_rules())) query.to = to->at;
  query.windows = context.args.list("windows");
  query.cwd = context.cwd();
  query.search = context.args.flag("search");
  if (const auto unseen = context.args.integer("unseen")) {
    if (*unseen < 0 || *unseen > 10'000)
      throw Error(ExitCode::usage, "--unseen is out of range", "0 to 10000");
    query.unseen = static_cast<std::size_t>(*unseen);
  }
  const auto result = usecases::slo_backtest(context.session(), query);
  render::Output output;
  output.schema = "nines/slo.backtest/v1";
  output.warnings = result.warnings;
  if (context.shows_data()) output.data = backtest_json(result);
  if (context.shows_page()) output.page = backtest_page(result);
  context.show(output);
  return result.minutes > 0 ? ExitCode::done : ExitCode::undecided;
}

}  // namespace nines::app::slo
