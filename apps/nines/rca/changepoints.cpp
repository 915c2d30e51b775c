// Runs nines rca changepoints: where one series changed, by how much, and how surely.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/rank.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::ChangePoints;

std::string segment_shape(const ChangePoints& found) {
  return found.shape == ChangePoints::Shape::trend ? "trend" : "level";
}

std::string change_figure(double value) { return fmt::format("{:.5g}", value); }

/// A time that is a whole number stays one.
Json row_time_json(const std::string& time) {
  const bool digits = !time.empty() && time.size() <= 15 &&
                      time.find_first_not_of("0123456789") == std::string::npos;
  return digits ? Json(static_cast<std::int64_t>(std::stoll(time))) : Json(time);
}

Json changepoints_json(const usecases::ChangePointResult& result) {
  auto points = Json::array();
  for (const auto& change : result.changes)
    points.push(Json::object({{"index", change.row},
                              {"time", row_time_json(change.time)},
                              {"effect", change.point.effect},
                              {"p", change.point.p},
                              {"before", change.point.before},
                              {"after", change.point.after}}));
  return points;
}

render::Table changepoints_table(const usecases::ChangePointResult& result) {
  render::Table table{{{"index", render::Align::right},
                       {"time", render::Align::left, false, true},
                       {"before", render::Align::right},
                       {"after", render::Align::right},
                       {"effect", render::Align::right},
                       {"p", render::Align::right}},
                      {}};
  for (const auto& change : result.changes)
    table.rows.push_back({std::to_string(change.row), change.time, change_figure(change.point.before),
                          change_figure(change.point.after), fmt::format("{:+.2f}", change.point.effect),
                          fmt::format("{:.2g}", change.point.p)});
  return table;
}

std::string changepoint_verdict(const usecases::ChangePointResult& result) {
  if (result.found.too_short) return "too short to say";
  if (result.changes.empty()) return "no change in " + count_of(result.values, "value");
  return count_of(result.changes.size(), "change") + " in " + count_of(result.values, "value");
}

}  // namespace

void declare_changepoints(Options& options) {
  options.about(
      "Finds where a series changed its level: optimal partitioning of the standardised values "
      "with "
      "penalty 8 ln n and segments of five or more, each change then confirmed by Welch's t-test "
      "and "
      "an effect of half a standard deviation. A series that a line describes four times better "
      "than "
      "a level is cut into lines instead, and tested by Chow's F-test. There is nothing to tune.");
  options.about(
      "'index' counts rows of values from 0 and is the first of the new segment; 'effect' is the "
      "change over the standard deviation inside both segments. Fewer than 27 values can show no "
      "change by this method, and the answer then says 'too short', not 'no change'.");
  options.positional("file", "CSV of time,value, with a header or without; - reads standard input");
  options.example("nines rca changepoints latency.csv", "when latency changed, and by how much");
  options.example("nines rca changepoints latency.csv -o json", "the same for a program");
}

ExitCode run_changepoints(Context& context) {
  const auto file = context.args.required("file");
  const auto result = usecases::change_points_in(file, context.cwd(), context.in);
  render::Output output;
  output.schema = "nines/rca.changepoints/v1";
  output.data = Json::object({{"file", file},
                              {"values", result.values},
                              {"missing", result.missing},
                              {"too_short", result.found.too_short},
                              {"shape", segment_shape(result.found)},
                              {"because", result.found.because},
                              {"changepoints", changepoints_json(result)}});
  output.page.push_back(render::Paragraph{changepoint_verdict(result), render::Tone::strong});
  if (!result.changes.empty()) output.page.push_back(changepoints_table(result));
  output.page.push_back(render::Paragraph{result.found.because, render::Tone::dim});
  if (!result.changes.empty())
    output.page.push_back(
        render::Next{"nines rca changes list --from TIME", "what was changed about then"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
