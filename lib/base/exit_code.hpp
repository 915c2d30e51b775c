// The one list of exit codes: what a caller can branch on, kept stable for ever.
#pragma once

#include <span>
#include <string_view>

namespace nines {

enum class ExitCode : int {
  done = 0,
  no = 1,
  usage = 2,
  not_found = 3,
  conflict = 4,
  needs_approval = 5,
  undecided = 6,
  bad_data = 65,
  bug = 70,
  cannot_create = 73,
  io = 74,
  busy = 75,
  config = 78,
  interrupted = 130,
};

struct ExitCodeRow {
  ExitCode code;
  std::string_view name;
  std::string_view meaning;
};

/// All codes in ascending order, for `nines help exit-codes` and the manual.
std::span<const ExitCodeRow> exit_code_table();

}  // namespace nines
