// The rows of the 'incident' commands: a new verb is one file beside this one, and one row here.
#include "nines/incident/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> incident_commands() {
  using namespace incident;
  // Alphabetical; one row per line, so that rows added side by side merge.
  // clang-format off
  static const std::vector<Command> rows = {
      {"incident ack", "acknowledge: somebody is on it", Needs::store_write, declare_ack, run_ack},
      {"incident close", "close it, and say as what", Needs::store_write, declare_close, run_close},
      {"incident correct", "correct or retract a line of the timeline", Needs::store_write, declare_correct, run_correct},
      {"incident handover", "hand the command over, on the record", Needs::store_write, declare_handover, run_handover},
      {"incident link", "link it to another incident, a ticket, a runbook", Needs::store_write, declare_link, run_link},
      {"incident list", "list incidents, the open ones by default", Needs::store_read, declare_list, run_list},
      {"incident log", "add a line to the timeline; never refuses", Needs::nothing, declare_log, run_log},
      {"incident merge", "let it go on as another incident", Needs::store_write, declare_merge, run_merge},
      {"incident mitigate", "the harm has stopped; the cause may not have", Needs::store_write, declare_mitigate, run_mitigate},
      {"incident open", "declare an incident and make it current", Needs::store_write, declare_open, run_open},
      {"incident reopen", "it is not over after all", Needs::store_write, declare_reopen, run_reopen},
      {"incident resolve", "it is over; what is left is learning", Needs::store_write, declare_resolve, run_resolve},
      {"incident set", "severity, services, roles, impact, facts, milestones", Needs::store_write, declare_set, run_set},
      {"incident show", "everything on record about an incident", Needs::store_read, declare_show, run_show},
      {"incident timeline", "the timeline with its times and clocks", Needs::store_read, declare_timeline, run_timeline},
      {"incident use", "make an incident the current one", Needs::store_write, declare_use, run_use},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
