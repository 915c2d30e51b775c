// The two functions of every 'rca' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::rca {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);

}  // namespace nines::app::rca
