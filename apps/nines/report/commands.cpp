// The rows of the 'report' commands: a new verb is one file beside this one, and one row here.
#include "nines/report/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> report_commands() {
  using namespace report;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"report verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"report quarter", "twelve parts for the architecture board, from the record alone", Needs::store_read, declare_quarter, run_quarter},
      {"report recurrence", "incidents that share causes, and what should have prevented them", Needs::store_read, declare_recurrence, run_recurrence},
      {"report trend", "the same figures over several periods, and whether they really move", Needs::store_read, declare_trend, run_trend},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
