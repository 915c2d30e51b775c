// Runs nines help: command help, and the pages that belong to no single command.
#include "nines/top/verbs.hpp"

#include <algorithm>
#include <ostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/help.hpp"
#include "nines/route.hpp"
#include "nines/topics.hpp"

namespace nines::app::top {

void declare_help(Options& options) {
  options.positionals("topic", "a command such as 'slo check', or a topic");
  options.example("nines help slo check", "examples and options of one command");
  options.example("nines help exit-codes", "what each exit code means");
  options.about("Topics: " + join(topic_names(), ", ") + ".");
  options.see_also("nines(1)");
}

ExitCode run_help(Context& context) {
  const auto commands = all_commands();
  const auto words = join(context.args.list("topic"), " ");
  if (words.empty()) {
    context.out << overview_help(commands);
  } else if (const auto topic = topic_text(words)) {
    context.out << *topic;
  } else if (const auto* command = find_command(commands, words)) {
    context.out << command_help(*command);
  } else if (!commands_under(commands, words).empty()) {
    context.out << group_help(commands, words);
  } else {
    auto known = topic_names();
    for (const auto& row : commands) known.emplace_back(row.path);
    const std::vector<std::string_view> views(known.begin(), known.end());
    const auto close = did_you_mean_hint(words, views);
    throw Error(ExitCode::not_found, "no help on '" + words + "'",
                close.empty() ? "topics: " + join(topic_names(), ", ") : close, "UNKNOWN_TOPIC");
  }
  return ExitCode::done;
}

}  // namespace nines::app::top
