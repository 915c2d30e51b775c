// Turns parts into headings, paragraphs, tables and figures, and into JSON.
#include "nines/report/report_pages.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::app::report {
namespace {

using governance::Mood;
using governance::Part;
using governance::Report;

render::Tone tone_of(Mood mood) {
  switch (mood) {
    case Mood::good:
      return render::Tone::good;
    case Mood::warn:
      return render::Tone::warn;
    case Mood::bad:
      return render::Tone::bad;
    case Mood::plain:
      break;
  }
  return render::Tone::plain;
}

render::Table table_of(const governance::Grid& grid) {
  render::Table table;
  for (const auto& column : grid.columns)
    table.columns.push_back({column.title,
                             column.right ? render::Align::right : render::Align::left, false,
                             column.shrink});
  for (const auto& row : grid.rows) {
    auto& cells = table.rows.emplace_back();
    for (const auto& cell : row) cells.emplace_back(cell.text, tone_of(cell.mood));
  }
  return table;
}

render::Figure figure_of(const governance::Curve& curve) {
  render::Figure figure;
  auto& plot = figure.plot;
  plot.title = curve.title;
  plot.description = curve.description;
  plot.lines.push_back({curve.title, curve.points, false, curve.bars});
  if (curve.guide)
    plot.lines.push_back(
        {"guide", render::Points(std::max<std::size_t>(2, curve.points.size()), curve.guide),
         true});
  plot.low = curve.low;
  plot.high = curve.high;
  plot.y_labels = curve.y_labels;
  plot.x_labels = curve.x_labels;
  figure.table = table_of(curve.grid);
  return figure;
}

void add_part(render::Page& page, const Part& part) {
  page.push_back(render::Heading{fmt::format("{}. {}", part.number, part.title)});
  for (const auto& statement : part.statements)
    page.push_back(render::Paragraph{statement.text, tone_of(statement.mood)});
  for (const auto& curve : part.curves) page.push_back(figure_of(curve));
  for (const auto& grid : part.grids) {
    page.push_back(render::Heading{grid.title, 3});
    page.push_back(table_of(grid));
  }
}

/// The end of the replica's name and the number: enough to find it, and it fits a column.
std::string short_event(const std::string& event) {
  constexpr std::size_t kTail = 4;
  const auto colon = event.find(':');
  return colon == std::string::npos || colon < kTail ? event : event.substr(colon - kTail);
}

/// Days where both ends are midnights of UTC.
std::string span_text(const slo::Period& span) {
  const auto from = format_utc(span.from), to = format_utc(span.to);
  constexpr std::string_view kMidnight = "T00:00:00Z";
  if (!from.ends_with(kMidnight) || !to.ends_with(kMidnight)) return from + " to " + to;
  return from.substr(0, 10) + " to " + format_utc(span.to - std::chrono::days{1}).substr(0, 10) +
         " (UTC)";
}

void add_changed(render::Page& page, const Report& report) {
  if (!report.published) return;
  page.push_back(render::Heading{"Since the last report"});
  const auto& last = *report.published;
  const auto head = fmt::format("{} of {}, published by {}", last.name,
                                format_utc(last.at).substr(0, 10), last.by);
  if (report.changed.empty()) {
    page.push_back(
        render::Paragraph{"Every figure is what it was in " + head + ".", render::Tone::good});
    return;
  }
  page.push_back(render::Paragraph{
      fmt::format("{} changed since {}.", count_of(report.changed.size(), "figure"), head),
      render::Tone::warn});
  render::Table table{
      {{"figure", render::Align::left, false, true}, {"published"}, {"now"}, {"changed by"}}, {}};
  std::map<std::string, std::string> commands;
  for (const auto& one : report.changed) {
    const auto by = one.event.empty() ? std::string("see below") : short_event(one.event);
    table.rows.push_back({one.label, one.before, one.now, by});
    commands[one.because] = by;
  }
  page.push_back(std::move(table));
  for (const auto& [because, by] : commands)
    page.push_back(render::Paragraph{(by == "see below" ? "" : by + ": ") + because});
}

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json interval_json(const std::optional<stats::Interval>& interval) {
  if (!interval) return Json();
  return Json::object({{"low", interval->low}, {"high", interval->high}});
}

Json period_json(const governance::ReportPeriod& period) {
  return Json::object({{"label", period.label},
                       {"from", format_utc(period.span.from)},
                       {"to", format_utc(period.span.to)}});
}

Json grid_json(const governance::Grid& grid) {
  auto columns = Json::array(), rows = Json::array();
  for (const auto& column : grid.columns) columns.push(column.title);
  for (const auto& row : grid.rows) {
    auto cells = Json::array();
    for (const auto& cell : row) cells.push(cell.text);
    rows.push(std::move(cells));
  }
  return Json::object(
      {{"title", grid.title}, {"columns", std::move(columns)}, {"rows", std::move(rows)}});
}

Json figure_json(const governance::Figure& figure) {
  return Json::object({{"key", figure.key},
                       {"label", figure.label},
                       {"value", optional_number(figure.value)},
                       {"unit", figure.unit},
                       {"text", governance::figure_text(figure)},
                       {"interval", interval_json(figure.interval)},
                       {"n", figure.n ? Json(*figure.n) : Json()},
                       {"says", figure.says}});
}

Json part_json(const Part& part) {
  auto statements = Json::array(), figures = Json::array(), tables = Json::array();
  for (const auto& statement : part.statements) statements.push(statement.text);
  for (const auto& figure : part.figures) figures.push(figure_json(figure));
  for (const auto& grid : part.grids) tables.push(grid_json(grid));
  for (const auto& curve : part.curves) tables.push(grid_json(curve.grid));
  return Json::object(
      {{"number", part.number},
       {"title", part.title},
       {"recorded_since", part.recorded_since ? Json(format_utc(*part.recorded_since)) : Json()},
       {"statements", std::move(statements)},
       {"figures", std::move(figures)},
       {"tables", std::move(tables)}});
}

Json published_json(const Report& report) {
  if (!report.published) return Json();
  return Json::object({{"name", report.published->name},
                       {"at", format_utc(report.published->at)},
                       {"by", report.published->by}});
}

}  // namespace

void declare_period(Options& options) {
  options.text("period", "PERIOD", "a quarter, month or year: 2026Q3, 2026-09, 2026");
  options.instant("from", "the period begins at TIME; needs --to");
  options.instant("to", "the period ends before TIME");
}

usecases::ReportRequest report_request(const Context& context) {
  const auto rules = context.time_rules();
  usecases::ReportRequest request;
  request.zone = rules.zone;
  request.period = context.args.text("period");
  if (const auto from = context.args.instant("from", rules)) request.from = from->at;
  if (const auto to = context.args.instant("to", rules)) request.to = to->at;
  return request;
}

std::string asked_for(const Report& report) {
  const auto& period = report.period;
  if (period.label.find(" to ") != std::string::npos)
    return " --from " + format_utc(period.span.from) + " --to " + format_utc(period.span.to);
  auto name = period.label;
  std::erase(name, ' ');
  return " --period " + name;
}

Json report_json(const Report& report) {
  auto parts = Json::array(), changed = Json::array();
  for (const auto& part : report.parts) parts.push(part_json(part));
  for (const auto& one : report.changed)
    changed.push(Json::object({{"key", one.key},
                               {"label", one.label},
                               {"before", one.before},
                               {"now", one.now},
                               {"event", one.event.empty() ? Json() : Json(one.event)},
                               {"because", one.because}}));
  return Json::object({{"period", period_json(report.period)},
                       {"before", period_json(report.before)},
                       {"known_until", format_utc(report.known_until)},
                       {"over", report.over()},
                       {"record", report.record},
                       {"published", published_json(report)},
                       {"changed", std::move(changed)},
                       {"parts", std::move(parts)}});
}

render::Page report_page(const Report& report, std::string_view title) {
  render::Page page;
  page.push_back(render::Heading{std::string(title) + " " + report.period.label, 1});
  render::Facts facts;
  facts.items.emplace_back("period", span_text(report.period.span));
  if (!report.over())
    facts.items.emplace_back(
        "told up to", render::Cell(format_utc(report.known_until) + ", where the record ends",
                                   render::Tone::warn));
  facts.items.emplace_back("compared with", report.before.label);
  facts.items.emplace_back("log read up to", report.record);
  page.push_back(std::move(facts));
  add_changed(page, report);
  for (const auto& part : report.parts) add_part(page, part);
  return page;
}

}  // namespace nines::app::report
