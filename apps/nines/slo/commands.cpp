// The rows of the 'slo' commands: a new verb is one file beside this one, and one row here.
#include "nines/slo/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> slo_commands() {
  using namespace slo;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"slo verb", "what it does", Needs::store_read, declare_verb, run_verb},
  static const std::vector<Command> rows = {
  };
  return rows;
}

}  // namespace nines::app
