// The two functions of every 'slo' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::slo {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);

}  // namespace nines::app::slo
