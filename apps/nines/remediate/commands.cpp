// The rows of the 'remediate' commands: a new verb is one file beside this one, and one row here.
#include "nines/remediate/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> remediate_commands() {
  using namespace remediate;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"remediate verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"remediate add", "add an action: what makes an incident rarer, shorter or smaller", Needs::store_write, declare_add, run_add},
      {"remediate canary judge", "promote, roll back or inconclusive, from counts of both arms", Needs::nothing, declare_canary_judge, run_canary_judge},
      {"remediate canary plan", "what a canary could see, and what it may cost", Needs::nothing, declare_canary_plan, run_canary_plan},
      {"remediate change approve", "your word for a change somebody else asked for", Needs::store_write, declare_change_approve, run_change_approve},
      {"remediate change calendar", "changes with a window and freezes, also to subscribe to", Needs::store_read, declare_change_calendar, run_change_calendar},
      {"remediate change calibrate", "whether risk scores meant what they said", Needs::store_read, declare_change_calibrate, run_change_calibrate},
      {"remediate change finish", "how a change ended, on record for the analysis of causes", Needs::store_write, declare_change_finish, run_change_finish},
      {"remediate change list", "what is asked for, agreed or under way", Needs::store_read, declare_change_list, run_change_list},
      {"remediate change reject", "a change that is not made, and why", Needs::store_write, declare_change_reject, run_change_reject},
      {"remediate change request", "ask leave for a change: risk, tests, back-out, window", Needs::store_write, declare_change_request, run_change_request},
      {"remediate change show", "one change request: its risk term by term, who agreed", Needs::store_read, declare_change_show, run_change_show},
      {"remediate change start", "a change begins, if it is agreed to and nothing is frozen", Needs::store_write, declare_change_start, run_change_start},
      {"remediate export", "actions as a task list, a table or JSON lines", Needs::store_read, declare_export, run_export},
      {"remediate gate", "may this change go out: allow, needs approval, blocked, undecided", Needs::nothing, declare_gate, run_gate},
      {"remediate gate override", "let changes through for some time, on record", Needs::store_write, declare_gate_override, run_gate_override},
      {"remediate import", "the issues of a tracker as actions, once, and where they differ", Needs::store_write, declare_import, run_import},
      {"remediate list", "actions by what is due, with who owns them", Needs::store_read, declare_list, run_list},
      {"remediate plan", "what to do with the time there is, and what does not fit", Needs::store_read, declare_plan, run_plan},
      {"remediate revise-slo", "a changed target, proposed by the record, as a patch", Needs::store_read, declare_revise_slo, run_revise_slo},
      {"remediate runbook check", "runbooks that are dead, stale or name missing programs; what has none", Needs::store_read, declare_runbook_check, run_runbook_check},
      {"remediate runbook link", "which runbook is for a service, an SLO or an alert", Needs::store_write, declare_runbook_link, run_runbook_link},
      {"remediate schedule", "which release takes which action, and what does not fit", Needs::store_read, declare_schedule, run_schedule},
      {"remediate set", "change an action, or say that it is done or will not be", Needs::store_write, declare_set, run_set},
      {"remediate show", "one action: what, who, until when, and how likely that is", Needs::store_read, declare_show, run_show},
      {"remediate track", "create an action in your tracker, by your own command", Needs::store_write, declare_track, run_track},
      {"remediate verify", "whether what was done changed anything", Needs::store_read, declare_verify, run_verify},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
