// The two functions of every top-level verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::top {

void declare_help(Options& options);
ExitCode run_help(Context& context);
void declare_version(Options& options);
ExitCode run_version(Context& context);

}  // namespace nines::app::top
