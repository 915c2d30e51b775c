// Runs nines incident drill score, show and list: what an exercise taught, and what was never
// drilled.
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/drill_pages.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

void declare_drill_word(Options& options) {
  options.positional_optional("drill", "DRL-3, or its incident; default the current or newest");
}

std::string drill_age(const usecases::DrilledService& row, Instant now) {
  if (!row.last) return "never";
  const auto days = std::chrono::duration_cast<std::chrono::days>(now - *row.last).count();
  return days == 0 ? "today" : count_of(static_cast<std::uint64_t>(days), "day") + " ago";
}

/// A plan counts as tested for a year.
constexpr auto kFresh = std::chrono::days{365};

}  // namespace

void declare_drill_score(Options& options) {
  options.about(
      "Times are read from the milestones and lines of the timeline, and each says how. What is "
      "not on record was not observed; it is never counted as zero.");
  declare_drill_word(options);
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident drill score", "expected against actual, and on record");
  options.example("nines incident drill score DRL-3 --dry-run", "how it stands so far");
}

ExitCode run_drill_score(Context& context) {
  const auto view =
      usecases::score_drill(context.session(), context.args.text("drill"), context.dry_run());
  render::Output output;
  output.schema = "nines/incident.drill.score/v1";
  output.data = drill_view_json(view);
  output.page.push_back(render::Paragraph{view.drill.name + "  " + view.incident.name + "  " +
                                          view.drill.scenario.name +
                                          (context.dry_run() ? ", not recorded" : ", scored")});
  add_score(output.page, view);
  if (!view.proposals.empty())
    output.page.push_back(render::Paragraph{"proposed as actions: " + join(view.proposals, ", ")});
  output.page.push_back(
      render::Next{"nines incident drill show " + view.drill.name, "the report on one page"});
  context.show(output);
  return ExitCode::done;
}

void declare_drill_show(Options& options) {
  declare_drill_word(options);
  options.example("nines incident drill show", "the report of the newest drill");
  options.example("nines incident drill show DRL-3 -o md", "for the minutes");
}

ExitCode run_drill_show(Context& context) {
  const auto view = usecases::show_drill(context.session(), context.args.text("drill"));
  const auto& scenario = view.drill.scenario;
  std::vector<std::string> people;
  for (const auto& one : scenario.participants)
    people.push_back(one.role + (one.person.empty() ? "" : " " + one.person));
  render::Output output;
  output.schema = "nines/incident.drill.show/v1";
  output.data = drill_view_json(view);
  output.page.push_back(render::Heading{view.drill.name + "  " + scenario.name});
  render::Facts facts;
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) facts.items.emplace_back(name, text);
  };
  add("objective", scenario.objective);
  add("hypothesis", scenario.hypothesis);
  add("blast radius", scenario.blast_radius);
  add("broken off when", scenario.abort_condition);
  add("from", scenario.source);
  add("services", join(scenario.services, ", "));
  add("participants", join(people, ", "));
  add("incident",
      view.incident.name + ", " +
          (view.incident.open() ? std::string(to_string(view.incident.status))
                                : "closed as " + std::string(to_string(view.incident.outcome))));
  add("started", format_utc(view.drill.started_at));
  add("injects", std::to_string(view.drill.given) + " of " +
                     std::to_string(scenario.injects.size()) + " given out");
  output.page.push_back(std::move(facts));
  add_score(output.page, view);
  output.page.push_back(
      render::Next{"nines incident timeline " + view.incident.name, "what was written down"});
  context.show(output);
  return ExitCode::done;
}

void declare_drill_list(Options& options) {
  options.about(
      "Every service that is defined is listed with the day it was drilled last: what was never "
      "drilled, or not for a year, is the next to be.");
  options.example("nines incident drill list", "drills, scenarios, and what was never drilled");
  options.example("nines incident drill list -o json", "for a report");
}

ExitCode run_drill_list(Context& context) {
  const auto list = usecases::list_drills(context.session());
  const auto now = context.now();
  render::Output output;
  output.schema = "nines/incident.drill.list/v1";
  auto drills = Json::array(), scenarios = Json::array(), services = Json::array();
  render::Table table{{{"drill"}, {"scenario"}, {"incident"}, {"started (UTC)"}, {"scored"}}, {}};
  for (const auto& drill : list.drills) {
    drills.push(drill_json(drill));
    table.rows.push_back({drill.name, drill.scenario.name, drill.incident_name,
                          format_utc(drill.started_at), drill.scored_at ? "yes" : "no"});
  }
  for (const auto& name : list.scenarios) scenarios.push(name);
  render::Table fresh{{{"service"}, {"tier"}, {"drilled"}, {"by"}}, {}};
  for (const auto& row : list.services) {
    const bool stale = !row.last || now - *row.last > kFresh;
    services.push(Json::object({{"service", row.service},
                                {"tier", row.tier ? Json(*row.tier) : Json()},
                                {"last_at", row.last ? Json(format_utc(*row.last)) : Json()},
                                {"drill", row.drill.empty() ? Json() : Json(row.drill)},
                                {"fresh", !stale}}));
    fresh.rows.push_back({row.service,
                          row.tier ? std::to_string(*row.tier) : "-",
                          {drill_age(row, now), stale ? render::Tone::warn : render::Tone::plain},
                          row.drill});
  }
  output.data = Json::object({{"drills", std::move(drills)},
                              {"scenarios", std::move(scenarios)},
                              {"services", std::move(services)}});
  if (list.drills.empty())
    output.page.push_back(render::Paragraph{"no drill was started yet"});
  else
    output.page.push_back(std::move(table));
  if (!list.scenarios.empty())
    output.page.push_back(render::Paragraph{"scenarios: " + join(list.scenarios, ", ")});
  if (!list.services.empty()) output.page.push_back(std::move(fresh));
  output.page.push_back(list.scenarios.empty()
                            ? render::Next{"nines incident drill plan --from INC-7",
                                           "drafts a scenario from a past incident"}
                            : render::Next{"nines incident drill start " + list.scenarios.front(),
                                           "it pages nobody"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
