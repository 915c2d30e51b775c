// The two functions of every 'report' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::report {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_quarter(Options& options);
ExitCode run_quarter(Context& context);
void declare_recurrence(Options& options);
ExitCode run_recurrence(Context& context);
void declare_trend(Options& options);
ExitCode run_trend(Context& context);

}  // namespace nines::app::report
