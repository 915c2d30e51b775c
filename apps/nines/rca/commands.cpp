// The rows of the 'rca' commands: a new verb is one file beside this one, and one row here.
#include "nines/rca/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> rca_commands() {
  using namespace rca;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"rca verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"rca changes add", "record one change: a deploy, a flag, a configuration", Needs::store_write, declare_changes_add, run_changes_add},
      {"rca changes import", "record changes from JSON lines or from git", Needs::store_write, declare_changes_import, run_changes_import},
      {"rca changes list", "list recorded changes by time", Needs::store_read, declare_changes_list, run_changes_list},
      {"rca logs compare", "which messages are new, gone, more or fewer, and whose", Needs::nothing, declare_logs_compare, run_logs_compare},
      {"rca logs templates", "the messages a log is made of, found without settings", Needs::nothing, declare_logs_templates, run_logs_templates},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
