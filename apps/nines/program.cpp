// Runs one command: finds its row, parses, prepares what it needs, and reports failure once.
#include <ostream>

#include "nines/command.hpp"

namespace nines::app {

std::vector<Command> all_commands() {
  std::vector<Command> all;
  for (const auto family : {slo_commands(), rca_commands(), top_commands()})
    all.insert(all.end(), family.begin(), family.end());
  return all;
}

int run_program(World& world) {
  world.err << "nines: no command given\n";
  return static_cast<int>(ExitCode::usage);
}

}  // namespace nines::app
