// Runs nines audit erase: forgets what one event said, for good.
#include "nines/top/verbs.hpp"
#include "usecases/log/erase.hpp"

namespace nines::app::top {

void declare_audit_erase(Options& options) {
  options.positional("event", "its number, as nines history shows it, or its id");
  options.text("because", "TEXT", "why; kept in the history");
  options.about(
      "Removes the text of one event from the file for good; its header and the hash of the text "
      "stay, "
      "so the log still verifies. The name of a person is the text of one 'actor.named' event. "
      "Other "
      "machines forget it when they sync; copies and backups made before keep it. It can never be "
      "undone, and is refused with exit 5 while a legal hold stands over the subject.");
  options.example("nines audit erase 17 --because \"request 2026-114\" --dry-run",
                  "what would be erased");
  options.example("nines audit erase 17 --because \"request 2026-114\"", "erase it");
}

ExitCode run_audit_erase(Context& context) {
  const auto result =
      usecases::erase_event(context.session(), context.args.required("event"), context.dry_run());
  render::Output output;
  output.schema = "nines/audit.erase/v1";
  output.data = Json::object({{"number", result.number},
                              {"event", result.event},
                              {"kind", result.kind},
                              {"subject", result.subject},
                              {"dry_run", result.dry_run}});
  output.page.push_back(render::Paragraph{std::string(result.dry_run ? "would erase" : "erased") +
                                          " event " + std::to_string(result.number) + " (" +
                                          result.kind + ") about " + result.subject});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
