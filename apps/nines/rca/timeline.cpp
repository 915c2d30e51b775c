// Runs nines rca timeline: what happened around an incident on one axis, and which order is certain.
#include <array>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/verbs.hpp"
#include "render/lanes.hpp"
#include "usecases/rca/timeline.hpp"

namespace nines::app::rca {
namespace {

using incident::Order;
using nines::rca::Moment;
using nines::rca::MomentLane;
using nines::rca::PlacedMoment;
using usecases::AxisResult;

constexpr std::size_t kShownMoments = 40;
constexpr int kAxisWidth = 78;
constexpr std::size_t kAxisLabels = 5;

Json moment_json(const PlacedMoment& one) {
  const auto& moment = one.moment;
  const auto& bounds = one.bounds;
  return Json::object({{"time", format_utc(moment.when.at)},
                       {"earliest", bounds ? Json(format_utc(bounds->earliest)) : Json()},
                       {"latest", bounds ? Json(format_utc(bounds->latest)) : Json()},
                       {"until", moment.until ? Json(format_utc(*moment.until)) : Json()},
                       {"lane", to_string(moment.lane)},
                       {"name", text_or_null(moment.name)},
                       {"service", text_or_null(moment.service)},
                       {"text", moment.text},
                       {"clock", text_or_null(moment.when.clock)},
                       {"before_onset", to_string(one.before_onset)},
                       {"order_certain", one.order_certain}});
}

Json axis_data(const AxisResult& result) {
  auto rows = Json::array();
  for (const auto& one : result.moments) rows.push(moment_json(one));
  return Json::object({{"incident", result.incident.name},
                       {"onset", format_utc(result.onset.at)},
                       {"onset_source", result.onset_source},
                       {"from", format_utc(result.from)},
                       {"to", format_utc(result.to)},
                       {"uncertainty_seconds", result.apart.count() / 1000000},
                       {"outside", result.outside},
                       {"rows", std::move(rows)}});
}

std::string clock_text(Instant at) { return format_utc(at).substr(11, 5); }

/// Only lanes that hold something, in their order.
render::Lanes axis_lanes(const AxisResult& result) {
  const auto length = static_cast<double>(std::max<std::int64_t>((result.to - result.from).count(), 1));
  const auto share = [&](Instant at) {
    return static_cast<double>((at - result.from).count()) / length;
  };
  std::array<render::Lane, nines::rca::kMomentLanes> lanes;
  for (const auto& one : result.moments) {
    const auto& moment = one.moment;
    auto& lane = lanes.at(static_cast<std::size_t>(moment.lane));
    lane.name = to_string(moment.lane);
    const auto label = format_utc(moment.when.at) + " " + moment.text;
    if (moment.until) lane.stretches.push_back({share(moment.when.at), share(*moment.until), label});
    if (moment.until && moment.lane == MomentLane::impact) continue;
    const auto bounds = one.bounds.value_or(incident::Bounds{result.from, result.to});
    lane.marks.push_back({share(moment.when.at), share(bounds.earliest), share(bounds.latest), label});
  }
  render::Lanes drawn;
  drawn.title = result.incident.name + "  " + result.incident.title;
  drawn.description = fmt::format("{} between {} and {}; the onset is at {} ({}).",
                                  count_of(result.moments.size(), "moment"), format_utc(result.from),
                                  format_utc(result.to), format_utc(result.onset.at),
                                  result.onset_source);
  drawn.guide = share(result.onset.at);
  drawn.guide_label = "onset " + clock_text(result.onset.at);
  for (auto& lane : lanes)
    if (!lane.name.empty()) drawn.lanes.push_back(std::move(lane));
  for (std::size_t i = 0; i < kAxisLabels; ++i)
    drawn.x_labels.push_back(clock_text(
        result.from + (result.to - result.from) * static_cast<std::int64_t>(i) /
                          static_cast<std::int64_t>(kAxisLabels - 1)));
  return drawn;
}

std::string before_text(const PlacedMoment& one) {
  if (one.moment.onset) return "onset";
  switch (one.before_onset) {
    case Order::certain:
      return "yes";
    case Order::impossible:
      return "no";
    case Order::possible:
      break;
  }
  return "maybe";
}

render::Table moment_table(const AxisResult& result, bool all) {
  render::Table table{{{"time (UTC)"},
                       {"order"},
                       {"before"},
                       {"lane"},
                       {"name"},
                       {"what", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < result.moments.size() && (all || i < kShownMoments); ++i) {
    const auto& one = result.moments[i];
    const auto& moment = one.moment;
    const auto time = format_utc(moment.when.at);
    table.rows.push_back({all ? time : time.substr(5, 2) + "-" + time.substr(8, 2) + " " + time.substr(11, 8),
                          one.order_certain ? "certain" : "open", before_text(one),
                          std::string(to_string(moment.lane)),
                          moment.lane == MomentLane::milestone || moment.lane == MomentLane::metric ||
                                  moment.lane == MomentLane::impact
                              ? "-"
                              : moment.name,
                          moment.text});
  }
  return table;
}

void show_axis(const AxisResult& result, bool all, bool utf8, render::Page& page) {
  page.push_back(render::Paragraph{result.incident.name + "  " + result.incident.title});
  page.push_back(render::Facts{
      {{"onset", format_utc(result.onset.at) + "  " + result.onset_source},
       {"axis", format_utc(result.from) + " to " + format_utc(result.to)},
       {"clocks", "those of different sources may be " + format_duration(result.apart) + " apart"}}});
  page.push_back(render::Preformatted{render::draw_text(axis_lanes(result), kAxisWidth, utf8)});
  page.push_back(moment_table(result, all));
  if (!all && result.moments.size() > kShownMoments)
    page.push_back(render::Paragraph{
        fmt::format("and {} more: -o wide or -o json", result.moments.size() - kShownMoments),
        render::Tone::dim});
  if (result.outside > 0)
    page.push_back(render::Paragraph{
        fmt::format("{} of the record {} outside of the axis: --lookback", count_of(result.outside, "line"),
                    result.outside == 1 ? "lies" : "lie"),
        render::Tone::dim});
  page.push_back(render::Next{"nines rca changes rank " + result.incident.name,
                              "which change it came from"});
}

}  // namespace

void declare_timeline(Options& options) {
  options.about(
      "Puts what happened around an incident on one axis: impact, milestones, changes of every "
      "service, steps in the measurements of the services that are hurt or were changed, new "
      "messages of a log, and what people wrote down.");
  options.about(
      "'order' says whether a line came after all above it for certain, or whether that is open, by "
      "how exactly each time was stated and by how far clocks of different sources may be apart. "
      "'before' is whether it can have been before the onset: what cannot, cannot have caused it.");
  options.positional_optional("incident", "INC-4, 4, or @; default the current one");
  options.duration("lookback", "how far before the onset the axis begins").fallback = "2h";
  options.duration("clock-uncertainty", "how far clocks may be apart").fallback = "60s";
  options.path("log", "FILE", "a log around the onset: its new messages");
  options.path("metrics", "FILE", "a table of metrics as rca rank reads it: its change points");
  options.flag("svg", "write the axis as SVG, to --out or standard output");
  options.path("out", "PATH", "with --svg: the file to write");
  options.example("nines rca timeline INC-4 --log app.log", "what came first, and how surely");
  options.example("nines rca timeline --svg --out axis.svg", "the axis for a page");
}

ExitCode run_timeline(Context& context) {
  if (context.args.given("out") && !context.args.flag("svg"))
    throw Error(ExitCode::usage, "--out needs --svg",
                "the other formats go to standard output: -o FORMAT");
  usecases::AxisRequest request;
  request.incident = context.args.text("incident");
  request.lookback = context.args.duration("lookback").value_or(request.lookback);
  request.apart = context.args.duration("clock-uncertainty").value_or(request.apart);
  request.zone = context.time_rules().zone;
  request.metrics = context.args.text("metrics");
  request.folder = context.cwd();
  if (const auto log = context.args.text("log"))
    request.log = usecases::LogFile{*log, context.resolve(*log), &context.in};
  const auto result = usecases::align_moments(context.session(), request);
  if (context.args.flag("svg")) {
    write_document(context, render::draw_svg(axis_lanes(result)));
    return ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/rca.timeline/v1";
  output.data = axis_data(result);
  output.warnings = result.warnings;
  show_axis(result, context.format() == render::Format::wide, context.style().utf8, output.page);
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
