// The rows of the 'top' commands: a new verb is one file beside this one, and one row here.
#include "nines/top/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> top_commands() {
  using namespace top;
  // Alphabetical; one row per line, so that rows added side by side merge.
  static const std::vector<Command> rows = {
      {"__complete", "what may follow an unfinished line", Needs::nothing, declare_complete, run_complete},
      {"completion", "print the completion script of a shell", Needs::nothing, declare_completion, run_completion},
      {"config list", "show the settings and where they come from", Needs::nothing, declare_config_list, run_config_list},
      {"explain", "explain the code of a finding", Needs::nothing, declare_explain, run_explain},
      {"help", "explain a command or a topic", Needs::nothing, declare_help, run_help},
      {"schema", "print the JSON Schema of an output or a kind", Needs::nothing, declare_schema, run_schema},
      {"init", "make a store and the first files of a project", Needs::nothing, declare_init, run_init},
      {"version", "print the version", Needs::nothing, declare_version, run_version},
  };
  return rows;
}

}  // namespace nines::app
