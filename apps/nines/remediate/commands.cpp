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
      {"remediate gate", "may this change go out: allow, needs approval, blocked, undecided", Needs::nothing, declare_gate, run_gate},
      {"remediate gate override", "let changes through for some time, on record", Needs::store_write, declare_gate_override, run_gate_override},
      {"remediate list", "actions by what is due, with who owns them", Needs::store_read, declare_list, run_list},
      {"remediate plan", "what to do with the time there is, and what does not fit", Needs::store_read, declare_plan, run_plan},
      {"remediate set", "change an action, or say that it is done or will not be", Needs::store_write, declare_set, run_set},
      {"remediate show", "one action: what, who, until when, and how likely that is", Needs::store_read, declare_show, run_show},
      {"remediate verify", "whether what was done changed anything", Needs::store_read, declare_verify, run_verify},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
