// The rows of the 'slo' commands: a new verb is one file beside this one, and one row here.
#include "nines/slo/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> slo_commands() {
  using namespace slo;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"slo verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"slo apply", "record definition files, all or none, with the reason", Needs::store_write, declare_apply, run_apply},
      {"slo backtest", "what the alerts would have done over stored history", Needs::store_read, declare_backtest, run_backtest},
      {"slo budget", "who spent an error budget, and how it went down", Needs::store_read, declare_budget, run_budget},
      {"slo check", "validate definition files", Needs::nothing, declare_check, run_check},
      {"slo detect", "find degradations below every alert, and propose them", Needs::store_write, declare_detect, run_detect},
      {"slo diff", "compare definition files with the store, or two revisions", Needs::store_read, declare_diff, run_diff},
      {"slo history", "revisions of a definition, and who set each field", Needs::store_read, declare_history, run_history},
      {"slo import", "count raw files against the applied indicators", Needs::nothing, declare_import, run_import},
      {"slo list", "list what is applied", Needs::store_read, declare_list, run_list},
      {"slo maintenance add", "announce planned work, once or recurring", Needs::store_write, declare_maintenance_add, run_maintenance_add},
      {"slo maintenance cancel", "call off announced work", Needs::store_write, declare_maintenance_cancel, run_maintenance_cancel},
      {"slo maintenance list", "list announced work", Needs::store_read, declare_maintenance_list, run_maintenance_list},
      {"slo measure", "count what a metrics engine holds, without gaps filled in", Needs::nothing, declare_measure, run_measure},
      {"slo new", "write a first, commented SLO document", Needs::nothing, declare_new, run_new},
      {"slo rules", "write Prometheus recording and burn-rate alert rules", Needs::nothing, declare_rules, run_rules},
      {"slo show", "show one definition as it stands", Needs::store_read, declare_show, run_show},
      {"slo status", "where each SLO stands: verdict, budget, burn", Needs::store_read, declare_status, run_status},
      {"slo test", "run unit tests of alerts, written in YAML", Needs::nothing, declare_test, run_test},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
