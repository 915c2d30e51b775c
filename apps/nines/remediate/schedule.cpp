// Runs nines remediate schedule: which release takes which action, and what does not fit.
#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/schedule.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using usecases::ScheduleResult;

Json schedule_json(const ScheduleResult& result) {
  auto releases = Json::array(), actions = Json::array();
  for (std::size_t i = 0; i < result.releases.size(); ++i) {
    const auto& one = result.releases[i];
    releases.push(Json::object({{"name", one.name},
                                {"day", format_day(one.day)},
                                {"free_days", one.half_days / 2.0},
                                {"used_days", result.used[i]},
                                {"closed", text_or_null(one.closed)}}));
  }
  for (const auto& one : result.actions) {
    const auto& p = one.placement;
    const auto due = one.action.due();
    actions.push(
        Json::object({{"action", one.action.name},
                      {"title", one.action.text(field::kTitle)},
                      {"release", p.release ? Json(result.releases[*p.release].name) : Json()},
                      {"days", one.days > 0 ? Json(one.days) : Json()},
                      {"due", due ? Json(format_day(*due)) : Json()},
                      {"late", p.late},
                      {"must", text_or_null(one.must)},
                      {"reason", text_or_null(p.reason)}}));
  }
  return Json::object({{"releases", std::move(releases)}, {"actions", std::move(actions)}});
}

void add_schedule(render::Page& page, const ScheduleResult& result) {
  render::Table trains{{{"release"},
                        {"day"},
                        {"used", render::Align::right},
                        {"free", render::Align::right},
                        {"closed"}},
                       {}};
  for (std::size_t i = 0; i < result.releases.size(); ++i) {
    const auto& one = result.releases[i];
    trains.rows.push_back({one.name, format_day(one.day), fmt::format("{:.1f}", result.used[i]),
                           fmt::format("{:.1f}", one.half_days / 2.0),
                           one.closed.empty() ? std::string("-") : one.closed});
  }
  page.push_back(std::move(trains));
  render::Table table{{{"action"},
                       {"release"},
                       {"days", render::Align::right},
                       {"due"},
                       {"title", render::Align::left, false, true}},
                      {}};
  for (const auto& one : result.actions) {
    const auto due = one.action.due();
    auto day = due ? format_day(*due) : std::string("-");
    if (one.placement.late) day += " late";
    table.rows.push_back(
        {one.action.name,
         one.placement.release ? render::Cell(result.releases[*one.placement.release].name)
                               : render::Cell("none", render::Tone::bad),
         one.days > 0 ? fmt::format("{:.1f}", one.days) : std::string("-"),
         render::Cell(day, one.placement.late ? render::Tone::bad : render::Tone::plain),
         one.action.text(field::kTitle)});
  }
  if (!table.rows.empty()) page.push_back(std::move(table));
  for (const auto& one : result.actions)
    if (!one.placement.reason.empty())
      page.push_back(render::Paragraph{
          fmt::format("{} {}: {}", one.action.name,
                      one.placement.release ? "is not in an earlier one" : "does not fit",
                      one.placement.reason),
          one.placement.release ? render::Tone::plain : render::Tone::warn});
}

}  // namespace

void declare_schedule(Options& options) {
  options.about(
      "Places the open actions in the releases to come, of the applied ReleaseTrains (nines-slo(5)) "
      "or of --release: first what must be done, then what is due first, then what averts most per "
      "day of work. Only the days that features leave free are used, nothing rides before what it "
      "needs, and no release within a freeze takes anything. Says what does not fit, and why. "
      "Exits 1 when something that must be done does not fit, or is late.");
  options.list("release", "DAY=DAYS", "a release and its free days of work; instead of the trains");
  options.text("train", "NAME", "of the applied trains, this one alone");
  options.example("nines remediate schedule", "in the applied trains");
  options.example("nines remediate schedule --release 2026-12-03=4 --release 2026-12-17=2",
                  "in two releases");
}

ExitCode run_schedule(Context& context) {
  usecases::ScheduleRequest request;
  for (const auto& text : context.args.list("release"))
    request.releases.push_back(usecases::parse_release(text));
  request.train = context.args.text("train");
  const auto result = usecases::schedule_actions(context.session(), request);
  render::Output output;
  output.schema = "nines/remediate.schedule/v1";
  output.data = schedule_json(result);
  add_schedule(output.page, result);
  bool owed = false;
  for (const auto& one : result.actions)
    owed = owed || (!one.must.empty() && (!one.placement.release || one.placement.late));
  if (result.actions.empty())
    output.page.push_back(render::Paragraph{"no action is to be done"});
  output.page.push_back(owed ? render::Next{"nines remediate plan",
                                            "what is worth its time, if a feature has to wait"}
                             : render::Next{"nines remediate list", "the actions by due day"});
  context.show(output);
  return owed ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::remediate
