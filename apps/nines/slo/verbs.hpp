// The two functions of every 'slo' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::slo {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_import(Options& options);
ExitCode run_import(Context& context);
void declare_budget(Options& options);
ExitCode run_budget(Context& context);
void declare_maintenance_add(Options& options);
ExitCode run_maintenance_add(Context& context);
void declare_maintenance_cancel(Options& options);
ExitCode run_maintenance_cancel(Context& context);
void declare_maintenance_list(Options& options);
ExitCode run_maintenance_list(Context& context);
void declare_apply(Options& options);
ExitCode run_apply(Context& context);
void declare_detect(Options& options);
ExitCode run_detect(Context& context);
void declare_diff(Options& options);
ExitCode run_diff(Context& context);
void declare_history(Options& options);
ExitCode run_history(Context& context);
void declare_list(Options& options);
ExitCode run_list(Context& context);
void declare_measure(Options& options);
ExitCode run_measure(Context& context);
void declare_show(Options& options);
ExitCode run_show(Context& context);

void declare_check(Options& options);
ExitCode run_check(Context& context);
void declare_status(Options& options);
ExitCode run_status(Context& context);
void declare_backtest(Options& options);
ExitCode run_backtest(Context& context);
void declare_test(Options& options);
ExitCode run_test(Context& context);
void declare_rules(Options& options);
ExitCode run_rules(Context& context);
void declare_new(Options& options);
ExitCode run_new(Context& context);

}  // namespace nines::app::slo
