// The table behind `nines help exit-codes`.
#include "base/exit_code.hpp"

#include <array>

namespace nines {
namespace {

constexpr std::array kRows{
    ExitCodeRow{ExitCode::done, "done", "the command did what it was asked"},
    ExitCodeRow{ExitCode::no, "no", "the answer is no: invalid, missed, gate closed, differs"},
    ExitCodeRow{ExitCode::usage, "usage", "the command line was used wrongly"},
    ExitCodeRow{ExitCode::not_found, "not-found", "nothing has that name, or several things do"},
    ExitCodeRow{ExitCode::conflict, "conflict", "somebody changed it since it was read"},
    ExitCodeRow{ExitCode::needs_approval, "needs-approval",
                "a person's approval or a reason is missing"},
    ExitCodeRow{ExitCode::undecided, "undecided", "not enough evidence, or too old"},
    ExitCodeRow{ExitCode::bad_data, "bad-data", "the input data is damaged or malformed"},
    ExitCodeRow{ExitCode::bug, "bug", "a fault of nines itself; please report it"},
    ExitCodeRow{ExitCode::cannot_create, "cannot-create", "an output file cannot be created"},
    ExitCodeRow{ExitCode::io, "io", "reading or writing failed, standard output included"},
    ExitCodeRow{ExitCode::busy, "busy", "the store is busy; try again"},
    ExitCodeRow{ExitCode::config, "config",
                "configuration is wrong, or the store is from a newer nines"},
    ExitCodeRow{ExitCode::interrupted, "interrupted", "stopped by a signal"},
};

}  // namespace

std::span<const ExitCodeRow> exit_code_table() { return kRows; }

}  // namespace nines
