// Lets a person change a file in the editor that their environment names.
#pragma once

#include <filesystem>

#include "nines/command.hpp"

namespace nines::app::report {

/// Runs $VISUAL, else $EDITOR, on the file, with this terminal; its exit code. Throws Error{usage}
/// when neither is set, Error{io} when it cannot be started.
int run_editor(const Context& context, const std::filesystem::path& file);

}  // namespace nines::app::report
