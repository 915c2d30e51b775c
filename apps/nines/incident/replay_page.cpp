// A line per incident, then totals with their n and method.
#include "nines/incident/replay_page.hpp"

#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::ReplayLine;
using nines::incident::ReplaySide;

Json seconds_or_null(const std::optional<Micros>& time) {
  return time ? Json(std::chrono::duration_cast<std::chrono::seconds>(*time).count()) : Json();
}

Json side_json(const ReplaySide& side) {
  return Json::object({{"to_human_s", seconds_or_null(side.to_human)},
                       {"pages", side.pages_known ? Json(side.pages) : Json()},
                       {"night_pages", side.pages_known ? Json(side.night_pages) : Json()},
                       {"exhausted", side.exhausted}});
}

std::string replayed_time_text(const std::optional<Micros>& time) {
  if (!time) return "nobody";
  return format_duration(std::chrono::floor<std::chrono::seconds>(*time));
}

std::string count_text(const ReplaySide& side, std::int64_t count) {
  return side.pages_known ? std::to_string(count) : "?";
}

std::vector<render::Cell> row_of(const ReplayLine& line, const Zone& zone) {
  const auto& after = line.after;
  const bool worse = line.before && line.before->to_human && after.to_human &&
                     *after.to_human > *line.before->to_human;
  return {line.name,
          std::string(to_string(line.severity)),
          moment_text(zone, line.opened_at),
          line.before
              ? replayed_time_text(line.before->to_human) + (line.before_simulated ? "*" : "")
              : "unknown",
          render::Cell(replayed_time_text(after.to_human),
                       worse || after.exhausted ? render::Tone::warn : render::Tone::plain),
          line.before ? count_text(*line.before, line.before->night_pages) : "?",
          std::to_string(after.night_pages)};
}

Json line_json(const ReplayLine& line) {
  return Json::object({{"incident", line.name},
                       {"severity", to_string(line.severity)},
                       {"opened_at", format_utc(line.opened_at)},
                       {"answer_time_s", seconds_or_null(line.answer_time)},
                       {"before", line.before ? side_json(*line.before) : Json()},
                       {"before_simulated", line.before_simulated},
                       {"after", side_json(line.after)}});
}

}  // namespace

render::Output replay_output(const usecases::ReplayReport& report, const Zone& zone) {
  const auto& totals = report.totals;
  render::Output output;
  output.schema = "nines/incident.escalate.replay/v1";
  auto rows = Json::array();
  render::Table table{{{"incident"},
                       {"severity"},
                       {"opened (" + zone.name() + ")"},
                       {"to human", render::Align::right},
                       {"proposed", render::Align::right},
                       {"night", render::Align::right},
                       {"proposed", render::Align::right}},
                      {}};
  bool simulated = false;
  for (const auto& line : report.lines) {
    rows.push(line_json(line));
    table.rows.push_back(row_of(line, zone));
    simulated = simulated || line.before_simulated;
  }
  output.data = Json::object(
      {{"policy", report.policy},
       {"rows", std::move(rows)},
       {"totals", Json::object({{"incidents", totals.incidents},
                                {"other_services", report.other_services},
                                {"compared", totals.compared},
                                {"median_before_s", seconds_or_null(totals.median_before)},
                                {"median_after_s", seconds_or_null(totals.median_after)},
                                {"sooner", totals.sooner},
                                {"later", totals.later},
                                {"nights_compared", totals.nights_compared},
                                {"night_pages_before", totals.night_before},
                                {"night_pages_after", totals.night_after},
                                {"exhausted_after", totals.exhausted_after}})}});
  auto& page = output.page;
  page.push_back(render::Heading{"Recorded incidents through policy " + report.policy});
  if (!report.lines.empty()) page.push_back(std::move(table));
  page.push_back(render::Facts{
      {{"to human", totals.compared == 0
                        ? std::string("no incident with an answer on both sides")
                        : "median " + replayed_time_text(totals.median_before) + ", proposed " +
                              replayed_time_text(totals.median_after) + "; sooner in " +
                              std::to_string(totals.sooner) + ", later in " +
                              std::to_string(totals.later) + " of " +
                              std::to_string(totals.compared)},
       {"night pages", std::to_string(totals.night_before) + ", proposed " +
                           std::to_string(totals.night_after) + ", in " +
                           std::to_string(totals.nights_compared) + " of " +
                           count_of(static_cast<std::uint64_t>(totals.incidents), "incident")},
       {"exhausted", std::to_string(totals.exhausted_after) + " would end without an answer"}}});
  page.push_back(render::Paragraph{
      "Whoever is paged first is taken to answer as fast after it as the recorded answer came "
      "after "
      "the recorded page (after the opening, where none is on record). Duty is that of the rotas "
      "as "
      "they are now." +
          std::string(simulated ? " * no page on record: played through the present policy." : ""),
      render::Tone::dim});
  page.push_back(render::Next{"nines incident escalate --simulate --policy " + report.policy,
                              "who would be woken when"});
  return output;
}

}  // namespace nines::app::incident
