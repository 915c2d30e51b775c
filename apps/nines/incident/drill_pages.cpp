// Tables and JSON of drills and their scores.
#include "nines/incident/drill_pages.hpp"

#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

Json seconds_json(const std::optional<Micros>& time) {
  return time ? Json(std::int64_t{time->count() / 1'000'000}) : Json();
}

Micros whole(Micros time) { return std::chrono::duration_cast<std::chrono::seconds>(time); }

std::string shown(const std::optional<Micros>& time, const char* none) {
  return time ? format_duration(whole(*time)) : none;
}

std::optional<Micros> left_over(const nines::incident::DrillMeasure& measure) {
  if (!measure.expected || !measure.actual) return std::nullopt;
  return whole(*measure.expected) - whole(*measure.actual);
}

render::Cell difference(const nines::incident::DrillMeasure& measure) {
  const auto spare = left_over(measure);
  if (!spare) return "-";
  if (spare->count() >= 0) return {format_duration(*spare) + " to spare", render::Tone::good};
  return {format_duration(-*spare) + " late", render::Tone::bad};
}

}  // namespace

Json drill_json(const nines::incident::Drill& drill) {
  const auto& scenario = drill.scenario;
  return Json::object(
      {{"name", text_or_null(drill.name)},
       {"scenario", scenario.name},
       {"incident", text_or_null(drill.incident_name)},
       {"source", text_or_null(scenario.source)},
       {"services", names_json(scenario.services)},
       {"started_at", format_utc(drill.started_at)},
       {"speed", drill.speed},
       {"injects", static_cast<std::int64_t>(scenario.injects.size())},
       {"given", drill.given},
       {"scored_at", drill.scored_at ? Json(format_utc(*drill.scored_at)) : Json()}});
}

Json drill_view_json(const usecases::DrillView& view) {
  auto measures = Json::array(), runbook = Json::array(), findings = Json::array();
  for (const auto& one : view.score.measures)
    measures.push(Json::object({{"name", one.name},
                                {"method", one.method},
                                {"observed", one.actual.has_value()},
                                {"expected_s", seconds_json(one.expected)},
                                {"actual_s", seconds_json(one.actual)},
                                {"difference_s", seconds_json(left_over(one))}}));
  for (const auto& one : view.score.runbook)
    runbook.push(
        Json::object({{"step", one.step}, {"state", one.state}, {"line", text_or_null(one.line)}}));
  for (const auto& one : view.score.findings)
    findings.push(Json::object({{"rule", one.rule}, {"text", one.text}}));
  return Json::object({{"drill", drill_json(view.drill)},
                       {"status", to_string(view.incident.status)},
                       {"outcome", to_string(view.incident.outcome)},
                       {"objective", view.drill.scenario.objective},
                       {"hypothesis", text_or_null(view.drill.scenario.hypothesis)},
                       {"blast_radius", view.drill.scenario.blast_radius},
                       {"abort_condition", view.drill.scenario.abort_condition},
                       {"measures", std::move(measures)},
                       {"runbook", std::move(runbook)},
                       {"surprises", names_json(view.score.surprises)},
                       {"findings", std::move(findings)}});
}

void add_score(render::Page& page, const usecases::DrillView& view) {
  render::Table times{{{"to"},
                       {"expected", render::Align::right},
                       {"actual", render::Align::right},
                       {"difference", render::Align::right},
                       {"measured by", render::Align::left, false, true}},
                      {}};
  for (const auto& one : view.score.measures)
    times.rows.push_back({one.name, shown(one.expected, "-"), shown(one.actual, "not observed"),
                          difference(one), one.method});
  page.push_back(std::move(times));
  if (view.drill.speed > 1)
    page.push_back(render::Paragraph{"on the drill's clock, which ran " +
                                     std::to_string(view.drill.speed) + " times as fast"});
  if (!view.score.runbook.empty()) {
    render::Table runbook{{{"runbook step"}, {"state"}, {"line", render::Align::right}}, {}};
    for (const auto& one : view.score.runbook)
      runbook.rows.push_back({one.step, one.state, one.line.empty() ? "" : "#" + one.line});
    page.push_back(std::move(runbook));
  }
  if (view.score.findings.empty()) {
    page.push_back(render::Paragraph{"nothing to mend was found"});
    return;
  }
  std::vector<std::string> lines;
  for (const auto& one : view.score.findings) lines.push_back("- " + one.text);
  page.push_back(render::Heading{count_of(lines.size(), "finding")});
  page.push_back(render::Preformatted{join(lines, "\n")});
}

}  // namespace nines::app::incident
