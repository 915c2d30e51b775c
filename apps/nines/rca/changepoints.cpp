// Runs nines rca changepoints: where one series changed, by how much, and how surely.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/measured.hpp"
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

Json changepoint_json(const usecases::TimedChange& change) {
  return Json::object({{"index", change.row},
                       {"time", row_time_json(change.time)},
                       {"effect", change.point.effect},
                       {"p", change.point.p},
                       {"before", change.point.before},
                       {"after", change.point.after}});
}

Json changepoints_json(const usecases::ChangePointResult& result) {
  auto points = Json::array();
  for (const auto& change : result.changes) points.push(changepoint_json(change));
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
      "change by this method, and the answer then says 'too short', not 'no change'. One or two "
      "values that stand alone are a spike and change no level; a change of the spread alone is not "
      "looked for. A pattern that comes again four times or more, such as a day or a year, is taken "
      "out first.");
  options.about(
      "With --incident, --onset or --service the series are those that the store has measured: the "
      "share of events of a service that missed an objective, minute by minute, from six hours "
      "before the onset to the end of the incident's stretch, of the services that the incident "
      "hurt or of those named. Rows are then counted from the first minute of that stretch.");
  options.positional_optional("file",
                              "CSV of time,value, with a header or without; - reads standard input");
  options.text("incident", "INC", "what is measured around it: INC-4, 4, or @");
  declare_measured(options);
  options.example("nines rca changepoints latency.csv", "when latency changed, and by how much");
  options.example("nines rca changepoints latency.csv -o json", "the same for a program");
  options.example("nines rca changepoints --incident INC-4",
                  "when what is measured of the hurt services changed");
}

namespace {

bool asks_store(const Context& context) {
  bool asks = false;
  for (const char* option : {"incident", "service", "onset", "ended"})
    asks = asks || context.args.given(option);
  const auto file = context.args.text("file");
  if (asks && file)
    throw Error(ExitCode::usage, "a file and --incident, --onset or --service",
                "a file is one series by itself: name either", "BAD_VALUE");
  if (!asks && !file)
    throw Error(ExitCode::usage, "no series is named",
                "FILE holds time,value; --incident INC takes what the store has measured",
                "MISSING_ARGUMENT");
  return asks;
}

render::Next changes_about_then() {
  return {"nines rca changes list --from TIME", "what was changed about then"};
}

render::Output output_of_file(Context& context) {
  const auto file = context.args.required("file");
  const auto result = usecases::change_points_in(file, context.cwd(), context.in);
  render::Output output;
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
  if (!result.changes.empty()) output.page.push_back(changes_about_then());
  return output;
}

/// One list of change points over all series, each with its service; and each series by itself.
render::Output output_of_store(Context& context) {
  const auto session = usecases::Session::open(context.session_options());
  const auto found = usecases::change_points_measured(session, measured_request(context));
  render::Output output;
  output.warnings = found.warnings;
  auto series = Json::array(), all = Json::array();
  std::size_t values = 0, missing = 0, changes = 0;
  bool too_short = true;
  output.page.push_back(render::Paragraph{format_utc(found.stretch.from) + " to " +
                                              format_utc(found.stretch.to) + ", " + found.because,
                                          render::Tone::dim});
  for (const auto& one : found.series) {
    const auto& result = one.result;
    const auto name = Json::object({{"service", one.name.service},
                                    {"metric", one.name.metric},
                                    {"slo", one.name.statistic.empty()
                                                ? Json()
                                                : Json(one.name.statistic)}});
    values += result.values;
    missing += result.missing;
    changes += result.changes.size();
    too_short = too_short && result.found.too_short;
    for (const auto& change : result.changes) {
      auto point = changepoint_json(change);
      for (const auto& [member, value] : name.as_object()) point.set(member, value);
      all.push(std::move(point));
    }
    auto row = name;
    series.push(row.set("values", result.values)
                    .set("missing", result.missing)
                    .set("too_short", result.found.too_short)
                    .set("shape", segment_shape(result.found))
                    .set("because", result.found.because)
                    .set("changepoints", changepoints_json(result)));
    output.page.push_back(render::Heading{to_string(one.name)});
    output.page.push_back(render::Paragraph{changepoint_verdict(result)});
    if (!result.changes.empty()) output.page.push_back(changepoints_table(result));
  }
  const auto& first = found.series.front().result.found;
  output.data = Json::object({{"file", Json()},
                              {"of", found.incident ? Json(*found.incident) : Json()},
                              {"from", format_utc(found.stretch.from)},
                              {"to", format_utc(found.stretch.to)},
                              {"values", values},
                              {"missing", missing},
                              {"too_short", too_short},
                              {"shape", segment_shape(first)},
                              {"because", found.because + "; " + first.because},
                              {"changepoints", std::move(all)},
                              {"series", std::move(series)}});
  output.page.push_back(render::Paragraph{first.because, render::Tone::dim});
  if (changes > 0) output.page.push_back(changes_about_then());
  return output;
}

}  // namespace

ExitCode run_changepoints(Context& context) {
  auto output = asks_store(context) ? output_of_store(context) : output_of_file(context);
  output.schema = "nines/rca.changepoints/v1";
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
