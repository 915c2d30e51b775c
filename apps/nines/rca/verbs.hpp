// The two functions of every 'rca' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::rca {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_changes_add(Options& options);
ExitCode run_changes_add(Context& context);
void declare_changes_import(Options& options);
ExitCode run_changes_import(Context& context);
void declare_changes_list(Options& options);
ExitCode run_changes_list(Context& context);
void declare_logs_compare(Options& options);
ExitCode run_logs_compare(Context& context);
void declare_logs_templates(Options& options);
ExitCode run_logs_templates(Context& context);

}  // namespace nines::app::rca
