// The two functions of every 'remediate' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::remediate {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_add(Options& options);
ExitCode run_add(Context& context);
void declare_canary_judge(Options& options);
ExitCode run_canary_judge(Context& context);
void declare_canary_plan(Options& options);
ExitCode run_canary_plan(Context& context);
void declare_gate(Options& options);
ExitCode run_gate(Context& context);
void declare_gate_override(Options& options);
ExitCode run_gate_override(Context& context);
void declare_list(Options& options);
ExitCode run_list(Context& context);
void declare_plan(Options& options);
ExitCode run_plan(Context& context);
void declare_set(Options& options);
ExitCode run_set(Context& context);
void declare_show(Options& options);
ExitCode run_show(Context& context);
void declare_verify(Options& options);
ExitCode run_verify(Context& context);

}  // namespace nines::app::remediate
