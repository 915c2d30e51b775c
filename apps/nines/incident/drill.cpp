// Runs nines incident drill plan, start and inject: an exercise from draft to its last inject.
#include <filesystem>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/yaml_text.hpp"
#include "nines/incident/drill_pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/slo/draft.hpp"

namespace nines::app::incident {
namespace {

std::string drill_headline(const nines::incident::Drill& drill) {
  return drill.name + "  " + drill.incident_name + "  " + drill.scenario.name;
}

}  // namespace

void declare_drill_plan(Options& options) {
  options.about(
      "What was seen and said from outside becomes injects at the times it came; what the "
      "responders found is left out. Names become roles, and addresses go; read it all the same "
      "before others do. The times that were reached then are what is expected.");
  options.text("from", "ID", "the past incident").required = true;
  options.text("name", "NAME", "name of the scenario; default drill-ID");
  options.path("out", "FILE",
               "write a new file; an existing one is left alone; '-' is standard output");
  options.formats({"yaml"});
  options.example("nines incident drill plan --from INC-7", "a scenario to read and change");
  options.example("nines incident drill plan --from 7 --out drills/checkout.yaml", "into a file");
  options.see_also("nines-playbook(5)");
}

ExitCode run_drill_plan(Context& context) {
  const auto from = context.args.required("from");
  auto name = context.args.text("name").value_or("drill-" + to_lower_ascii(from));
  const auto text = to_yaml(usecases::plan_drill(context.session(), from, name));
  const auto out = context.args.text("out");
  if (!out || *out == "-" || context.dry_run()) {
    context.out << text;
    return ExitCode::done;
  }
  usecases::write_new_file(context.resolve(*out), text);
  context.say("wrote '" + *out + "'; next: nines slo check " + *out + ", then nines slo apply " +
              *out);
  return ExitCode::done;
}

void declare_drill_start(Options& options) {
  options.about(
      "It runs as an incident of mode drill: everybody works on it with the ordinary verbs, it "
      "pages nobody, and it counts in no statistics. 'surprise: TEXT' and 'wrong: STEP' in its "
      "timeline are taken up by the score.");
  options.positional("name", "an applied scenario");
  options.integer("speed", "N", "let N seconds of the scenario pass in one").fallback = "1";
  options.text("lead", "NAME", "who is in command, where the scenario does not say");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident drill start checkout-database", "in real time");
  options.example("nines incident drill start checkout-database --speed 10",
                  "an hour in six minutes");
}

ExitCode run_drill_start(Context& context) {
  usecases::StartDrillRequest request;
  request.scenario = context.args.required("name");
  if (std::error_code none;
      request.scenario.find('/') != std::string::npos &&
      std::filesystem::is_regular_file(context.resolve(request.scenario), none))
    throw Error(ExitCode::usage, "'" + request.scenario + "' is a file; a drill starts by its name",
                "nines slo apply " + request.scenario +
                    " --because TEXT, then nines incident drill start NAME",
                "BAD_VALUE");
  request.speed = context.args.integer("speed").value_or(1);
  request.commander = context.args.text("lead").value_or("");
  if (request.speed < 1 || request.speed > 3600)
    throw Error(ExitCode::usage, "--speed is out of range", "from 1 to 3600", "BAD_VALUE");
  const auto drill = usecases::start_drill(context.session(), request, context.dry_run());
  const auto& scenario = drill.scenario;
  render::Output output;
  output.schema = "nines/incident.drill.start/v1";
  output.data = drill_json(drill);
  output.page.push_back(render::Paragraph{context.dry_run() ? "would start: " + scenario.name
                                                            : drill_headline(drill)});
  output.page.push_back(render::Facts{
      {{"objective", scenario.objective},
       {"blast radius", scenario.blast_radius},
       {"broken off when", scenario.abort_condition},
       {"injects",
        std::to_string(scenario.injects.size()) + ", over " +
            format_duration(scenario.injects.empty() ? Micros{0} : scenario.injects.back().at)}}});
  output.page.push_back(render::Next{"nines incident drill inject",
                                     "gives out what is due; say it again, or use a timer"});
  context.show(output);
  return ExitCode::done;
}

void declare_drill_inject(Options& options) {
  options.about("Each inject is given out once, however often this is run.");
  options.positional_optional("drill", "DRL-3, or its incident; default every drill that runs");
  options.example("nines incident drill inject", "what is due in the drills that run");
  options.example("nines incident drill inject DRL-3 --dry-run", "what would be given out");
}

ExitCode run_drill_inject(Context& context) {
  const auto report =
      usecases::inject_due(context.session(), context.args.text("drill"), context.dry_run());
  render::Output output;
  output.schema = "nines/incident.drill.inject/v1";
  auto drills = Json::array(), given = Json::array();
  for (const auto& drill : report.drills) drills.push(drill_json(drill));
  render::Table table{{{"drill"},
                       {"at", render::Align::right},
                       {"from"},
                       {"what", render::Align::left, false, true}},
                      {}};
  for (const auto& one : report.given) {
    given.push(Json::object({{"drill", one.drill},
                             {"incident", one.incident},
                             {"at_s", std::int64_t{one.inject.at.count() / 1'000'000}},
                             {"from", one.inject.from.empty() ? Json() : Json(one.inject.from)},
                             {"text", one.inject.text},
                             {"line", one.line.empty() ? Json() : Json(one.line)}}));
    table.rows.push_back({one.drill, format_duration(one.inject.at),
                          one.inject.from.empty() ? "-" : one.inject.from, one.inject.text});
  }
  output.data = Json::object({{"drills", std::move(drills)},
                              {"given", std::move(given)},
                              {"next_at", report.next ? Json(format_utc(*report.next)) : Json()}});
  if (report.drills.empty())
    output.page.push_back(render::Paragraph{"no drill runs"});
  else if (report.given.empty())
    output.page.push_back(render::Paragraph{"nothing is due"});
  else
    output.page.push_back(std::move(table));
  if (report.next)
    output.page.push_back(render::Paragraph{"the next one is due at " + format_utc(*report.next)});
  else if (!report.drills.empty())
    output.page.push_back(render::Paragraph{"all has been given out"});
  output.page.push_back(render::Next{"nines incident drill score", "expected against actual"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
