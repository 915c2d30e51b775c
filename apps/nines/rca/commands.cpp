// The rows of the 'rca' commands: a new verb is one file beside this one, and one row here.
#include "nines/rca/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> rca_commands() {
  using namespace rca;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"rca verb", "what it does", Needs::store_read, declare_verb, run_verb},
  static const std::vector<Command> rows = {
  };
  return rows;
}

}  // namespace nines::app
