// The rows of the 'top' commands: a new verb is one file beside this one, and one row here.
#include "nines/top/verbs.hpp"

#include <vector>

#include "nines/incident/verbs.hpp"

namespace nines::app {

std::span<const Command> top_commands() {
  using namespace top;
  // Alphabetical; one row per line, so that rows added side by side merge.
  // clang-format off
  static const std::vector<Command> rows = {
      {"__complete", "what may follow an unfinished line", Needs::nothing, declare_complete, run_complete},
      {"__manual", "write a manual page", Needs::nothing, declare_manual, run_manual},
      {"__sync", "exchange with the place that is configured, unattended", Needs::store_write, declare_sync_unattended, run_sync_unattended},
      {"audit checkpoint", "the head of the log, to keep elsewhere", Needs::store_write, declare_audit_checkpoint, run_audit_checkpoint},
      {"audit erase", "forget what one event said, for good", Needs::store_write, declare_audit_erase, run_audit_erase},
      {"audit export", "write the whole log for an auditor", Needs::store_read, declare_audit_export, run_audit_export},
      {"audit prove", "prove that one event is in the log", Needs::store_read, declare_audit_prove, run_audit_prove},
      {"audit verify", "check that the log is what it was", Needs::store_read, declare_audit_verify, run_audit_verify},
      {"completion", "print the completion script of a shell", Needs::nothing, declare_completion, run_completion},
      {"config list", "show the settings and where they come from", Needs::nothing, declare_config_list, run_config_list},
      {"demo", "build the example company and show what to look at", Needs::nothing, declare_demo, run_demo},
      {"doctor", "check the store, or mend it", Needs::nothing, declare_doctor, run_doctor},
      {"doctor backup", "copy the store and verify the copy", Needs::nothing, declare_doctor_backup, run_doctor_backup},
      {"doctor restore", "bring a backup back", Needs::nothing, declare_doctor_restore, run_doctor_restore},
      {"explain", "explain the code of a finding", Needs::nothing, declare_explain, run_explain},
      {"help", "explain a command or a topic", Needs::nothing, declare_help, run_help},
      {"history", "who changed what, when, and why", Needs::store_read, declare_history, run_history},
      {"init", "make a store and the first files of a project", Needs::nothing, declare_init, run_init},
      {"log", "add a line to the current incident's timeline; never refuses", Needs::nothing, incident::declare_log, incident::run_log},
      {"prompt", "what is going on, for the prompt of a shell", Needs::nothing, declare_prompt, run_prompt},
      {"redo", "bring an undone command again", Needs::store_write, declare_redo, run_redo},
      {"schema", "print the JSON Schema of an output or a kind", Needs::nothing, declare_schema, run_schema},
      {"search", "find what was recorded by its words", Needs::store_read, declare_search, run_search},
      {"status", "budgets at risk, and the next command to type", Needs::store_read, declare_status, run_status},
      {"status export", "a signed snapshot that a job without a store can gate on", Needs::store_read, declare_status_export, run_status_export},
      {"sync", "exchange events with other machines", Needs::store_write, declare_sync, run_sync},
      {"tick", "do what time has made due: escalation, reminders", Needs::store_write, declare_tick, run_tick},
      {"trust", "open the store of this folder from now on", Needs::nothing, declare_trust, run_trust},
      {"undo", "take a command back", Needs::store_write, declare_undo, run_undo},
      {"version", "print the version", Needs::nothing, declare_version, run_version},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
