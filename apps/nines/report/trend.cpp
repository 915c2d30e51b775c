// Runs nines report trend: the same figures over several periods, and whether they really move.
#include "usecases/report/trend.hpp"
#include "nines/report/report_pages.hpp"
#include "nines/report/verbs.hpp"

namespace nines::app::report {
namespace {

governance::PeriodStep step_of(const std::optional<std::string>& name) {
  if (name == "month") return governance::PeriodStep::month;
  return name == "year" ? governance::PeriodStep::year : governance::PeriodStep::quarter;
}

}  // namespace

void declare_trend(Options& options) {
  declare_period(options);
  options.choice("step", {"month", "quarter", "year"}, "length of a period where none is named")
      .fallback = "quarter";
  options.integer("periods", "N", "how many, the last one included").fallback = "6";
  options.about(
      "Objectives, incidents, times and load of several periods side by side, the last of them as "
      "in 'report quarter'. A trend of counts is told from ten events in three periods on, by a "
      "test; else it says that there are too few. A period that the record does not cover is a "
      "hole, never a zero. The same store gives the same bytes.");
  options.example("nines report trend --step month", "the last six months");
  options.example("nines report trend --period 2026Q3 --periods 4 -o html > trend.html",
                  "four quarters, as one file");
}

ExitCode run_trend(Context& context) {
  usecases::TrendRequest request;
  request.last = report_request(context);
  request.step = step_of(context.args.text("step"));
  request.count = static_cast<int>(context.args.integer("periods").value_or(6));
  const auto report = usecases::make_trend(context.session(), request);
  render::Output output;
  output.schema = "nines/report.trend/v1";
  output.generated_at = report.known_until;
  if (context.shows_data()) output.data = report_json(report);
  if (context.shows_page()) {
    output.page = report_page(report, "Reliability trend up to");
    output.page.push_back(
        render::Next{"nines report quarter" + asked_for(report), "the last of them in full"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::report
