// Runs nines remediate track: an action becomes an issue of a tracker.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/track.hpp"

namespace nines::app::remediate {

void declare_track(Options& options) {
  options.about(
      "Creates the action in your tracker, by the command of the channel 'tracker' in your own "
      "channels.yaml (nines-channels(5)), and keeps the reference it prints. Nothing is run until "
      "that file says 'send: true'; then that it is being created is on record before it runs, so "
      "that it is never created twice. What was created there stays when this is undone.");
  options.positional("action", "ACT-3, or 3");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines remediate track ACT-3 --dry-run", "the command that would run");
  options.example("nines remediate track ACT-3", "creates it");
  options.see_also("nines-channels(5)");
}

ExitCode run_track(Context& context) {
  const auto result =
      usecases::track_action(context.session(), context.args.required("action"),
                             incident::paging_setup(context), context.dry_run());
  auto command = Json::array();
  for (const auto& word : result.command) command.push(word);
  render::Output output;
  output.schema = "nines/remediate.track/v1";
  output.data = Json::object({{"action", result.action.name},
                              {"reference", text_or_null(result.reference)},
                              {"created", result.ran},
                              {"off_because", text_or_null(result.off)},
                              {"command", std::move(command)}});
  output.page.push_back(render::Heading{
      result.ran ? fmt::format("{}  is {} in the tracker", result.action.name, result.reference)
                 : fmt::format("{}  is not created: {}", result.action.name, result.off)});
  if (!result.command.empty() && !result.ran) {
    std::string words;
    for (const auto& word : result.command) words += (words.empty() ? "" : "\n") + word;
    output.page.push_back(render::Paragraph{"it would run, a word a line:"});
    output.page.push_back(render::Preformatted{escape_controls(words)});
  }
  output.page.push_back(
      result.ran ? render::Next{"nines remediate import FILE", "later, whether the two still agree"}
                 : render::Next{"nines remediate set " + result.action.name + " --tracker REF",
                                "if it is created by hand"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
