// Runs nines undo and redo: takes a command back, or brings it again.
#include "usecases/log/undo.hpp"
#include "base/text.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using usecases::Reverted;

void show(Context& context, const Reverted& reverted, const char* schema, std::string_view past,
          std::string_view future) {
  render::Output output;
  output.schema = schema;
  auto subjects = Json::array();
  for (const auto& subject : reverted.subjects) subjects.push(subject);
  output.data = Json::object({{"event", reverted.number},
                              {"tx", reverted.tx},
                              {"command", reverted.command},
                              {"actor", reverted.actor},
                              {"because", reverted.because},
                              {"recorded_at", format_utc(reverted.recorded_at)},
                              {"events", reverted.events},
                              {"subjects", std::move(subjects)},
                              {"dry_run", reverted.dry_run}});
  const auto what =
      reverted.command.empty() ? "event " + std::to_string(reverted.number) : reverted.command;
  output.page.push_back(
      render::Paragraph{std::string(reverted.dry_run ? future : past) + " '" + what + "' of " +
                        format_utc(std::chrono::floor<std::chrono::seconds>(reverted.recorded_at)) +
                        " by " + reverted.actor});
  auto named = reverted.subjects;
  const auto rest = named.size() > 5 ? named.size() - 5 : 0;
  named.resize(named.size() - rest);
  output.page.push_back(render::Facts{
      {{"events", group_digits(reverted.events)},
       {"about", join(named, ", ") + (rest > 0 ? " and " + std::to_string(rest) + " more" : "")}}});
  context.show(output);
}

std::optional<std::string> event_of(const Context& context) { return context.args.text("event"); }

}  // namespace

void declare_undo(Options& options) {
  options.positional_optional("event",
                              "a command to take back, by the number of one of its events");
  options.text("because", "TEXT", "why; kept in the history");
  options.about(
      "Takes back the newest command of this machine that is not undone yet. Nothing is deleted: "
      "undo is an event of its own, and 'nines redo' brings the command again. Refused with exit 4 "
      "when a later change lies on top, and with 5 when it can never be taken back.");
  options.example("nines undo --dry-run", "what would be taken back");
  options.example("nines undo", "take back the last command");
  options.example("nines undo 17", "take back the command that event 17 belongs to");
}

ExitCode run_undo(Context& context) {
  show(context, usecases::undo(context.session(), event_of(context), context.dry_run()),
       "nines/undo/v1", "undid", "would undo");
  return ExitCode::done;
}

void declare_redo(Options& options) {
  options.positional_optional("event",
                              "a command to bring again, by the number of one of its events");
  options.text("because", "TEXT", "why; kept in the history");
  options.about(
      "Brings again the command that was undone last. Refused with exit 4 when a later change lies "
      "on "
      "top of it.");
  options.example("nines redo", "bring again what was undone last");
  options.example("nines redo --dry-run", "what would come back");
}

ExitCode run_redo(Context& context) {
  show(context, usecases::redo(context.session(), event_of(context), context.dry_run()),
       "nines/redo/v1", "redid", "would redo");
  return ExitCode::done;
}

}  // namespace nines::app::top
