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
void declare_change_approve(Options& options);
ExitCode run_change_approve(Context& context);
void declare_change_calendar(Options& options);
ExitCode run_change_calendar(Context& context);
void declare_change_calibrate(Options& options);
ExitCode run_change_calibrate(Context& context);
void declare_change_finish(Options& options);
ExitCode run_change_finish(Context& context);
void declare_change_list(Options& options);
ExitCode run_change_list(Context& context);
void declare_change_reject(Options& options);
ExitCode run_change_reject(Context& context);
void declare_change_request(Options& options);
ExitCode run_change_request(Context& context);
void declare_change_show(Options& options);
ExitCode run_change_show(Context& context);
void declare_change_start(Options& options);
ExitCode run_change_start(Context& context);
void declare_export(Options& options);
ExitCode run_export(Context& context);
void declare_gate(Options& options);
ExitCode run_gate(Context& context);
void declare_gate_override(Options& options);
ExitCode run_gate_override(Context& context);
void declare_import(Options& options);
ExitCode run_import(Context& context);
void declare_list(Options& options);
ExitCode run_list(Context& context);
void declare_plan(Options& options);
ExitCode run_plan(Context& context);
void declare_revise_slo(Options& options);
ExitCode run_revise_slo(Context& context);
void declare_runbook_check(Options& options);
ExitCode run_runbook_check(Context& context);
void declare_runbook_link(Options& options);
ExitCode run_runbook_link(Context& context);
void declare_schedule(Options& options);
ExitCode run_schedule(Context& context);
void declare_set(Options& options);
ExitCode run_set(Context& context);
void declare_show(Options& options);
ExitCode run_show(Context& context);
void declare_track(Options& options);
ExitCode run_track(Context& context);
void declare_verify(Options& options);
ExitCode run_verify(Context& context);

}  // namespace nines::app::remediate
