// Runs nines incident oncall import: schedules and policies of another system as definitions to
// read and apply.
#include <filesystem>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/oncall_import.hpp"
#include "usecases/slo/draft.hpp"

namespace nines::app::incident {
void declare_oncall_import(Options& options) {
  options.about(
      "Reads schedules and escalation policies that PagerDuty, Opsgenie or Grafana OnCall exported "
      "as JSON, and writes Person, Rota and EscalationPolicy documents. Nothing is recorded: check "
      "the files, then apply them. What has no equal is named and left out; what the export does "
      "not say is left out too, and the check asks for it.");
  options.positional("file", "the export; - for standard input");
  options.path("out", "FOLDER", "write files there, which must be new; default standard output");
  options.formats({"yaml"});
  options.example("nines incident oncall import pagerduty.json", "what it would be, to read");
  options.example("nines incident oncall import opsgenie.json --out oncall/",
                  "a file per rota and per policy, and one for the people");
}

ExitCode run_oncall_import(Context& context) {
  const auto file = context.args.required("file");
  const auto imported = usecases::import_schedules(file, context.cwd(), context.in);
  for (const auto& note : imported.notes) context.warn(note);
  const auto out = context.args.text("out");
  if (!out || *out == "-" || context.dry_run()) {
    for (const auto& one : imported.files)
      context.out << (&one == imported.files.data() ? "" : "---\n") << one.text;
    return ExitCode::done;
  }
  const auto folder = context.resolve(*out);
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem)
    throw Error(ExitCode::cannot_create, "cannot make '" + *out + "': " + problem.message(),
                "name another folder", "CANNOT_CREATE");
  for (const auto& one : imported.files) usecases::write_new_file(folder / one.name, one.text);
  context.say(count_of(imported.rotas, "rota") + ", " +
              count_of(imported.policies, "policy", "policies") + " and " +
              count_of(imported.people, "person", "people") + " of " + imported.system + " in '" +
              *out + "'; next: nines slo check " + *out);
  return ExitCode::done;
}

}  // namespace nines::app::incident
