// The two functions of every top-level verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::top {

void declare_complete(Options& options);
ExitCode run_complete(Context& context);
void declare_completion(Options& options);
ExitCode run_completion(Context& context);
void declare_config_list(Options& options);
ExitCode run_config_list(Context& context);
void declare_explain(Options& options);
ExitCode run_explain(Context& context);
void declare_help(Options& options);
ExitCode run_help(Context& context);
void declare_schema(Options& options);
ExitCode run_schema(Context& context);
void declare_init(Options& options);
ExitCode run_init(Context& context);
void declare_version(Options& options);
ExitCode run_version(Context& context);

}  // namespace nines::app::top
