// The rows of the 'top' commands: a new verb is one file beside this one, and one row here.
#include "nines/top/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> top_commands() {
  using namespace top;
  // Alphabetical; one row per line, so that rows added side by side merge.
  static const std::vector<Command> rows = {
      {"help", "explain a command or a topic", Needs::nothing, declare_help, run_help},
      {"version", "print the version", Needs::nothing, declare_version, run_version},
  };
  return rows;
}

}  // namespace nines::app
