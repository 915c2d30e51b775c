// The two functions of every 'rca' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::rca {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_advise(Options& options);
ExitCode run_advise(Context& context);
void declare_changepoints(Options& options);
ExitCode run_changepoints(Context& context);
void declare_changes_add(Options& options);
ExitCode run_changes_add(Context& context);
void declare_changes_drift(Options& options);
ExitCode run_changes_drift(Context& context);
void declare_changes_import(Options& options);
ExitCode run_changes_import(Context& context);
void declare_changes_list(Options& options);
ExitCode run_changes_list(Context& context);
void declare_changes_rank(Options& options);
ExitCode run_changes_rank(Context& context);
void declare_changes_snapshot(Options& options);
ExitCode run_changes_snapshot(Context& context);
void declare_conclude(Options& options);
ExitCode run_conclude(Context& context);
void declare_deps(Options& options);
ExitCode run_deps(Context& context);
void declare_hypothesis_add(Options& options);
ExitCode run_hypothesis_add(Context& context);
void declare_hypothesis_evidence(Options& options);
ExitCode run_hypothesis_evidence(Context& context);
void declare_hypothesis_logs(Options& options);
ExitCode run_hypothesis_logs(Context& context);
void declare_hypothesis_next(Options& options);
ExitCode run_hypothesis_next(Context& context);
void declare_hypothesis_quiet(Options& options);
ExitCode run_hypothesis_quiet(Context& context);
void declare_hypothesis_scan(Options& options);
ExitCode run_hypothesis_scan(Context& context);
void declare_hypothesis_set(Options& options);
ExitCode run_hypothesis_set(Context& context);
void declare_hypothesis_unwatch(Options& options);
ExitCode run_hypothesis_unwatch(Context& context);
void declare_hypothesis_watch(Options& options);
ExitCode run_hypothesis_watch(Context& context);
void declare_hypothesis_watches(Options& options);
ExitCode run_hypothesis_watches(Context& context);
void declare_hypothesis_weigh(Options& options);
ExitCode run_hypothesis_weigh(Context& context);
void declare_list(Options& options);
ExitCode run_list(Context& context);
void declare_logs_compare(Options& options);
ExitCode run_logs_compare(Context& context);
void declare_logs_templates(Options& options);
ExitCode run_logs_templates(Context& context);
void declare_rank(Options& options);
ExitCode run_rank(Context& context);
void declare_reopen(Options& options);
ExitCode run_reopen(Context& context);
void declare_show(Options& options);
ExitCode run_show(Context& context);
void declare_start(Options& options);
ExitCode run_start(Context& context);
void declare_stop(Options& options);
ExitCode run_stop(Context& context);
void declare_timeline(Options& options);
ExitCode run_timeline(Context& context);
void declare_tree_check(Options& options);
ExitCode run_tree_check(Context& context);
void declare_tree_convert(Options& options);
ExitCode run_tree_convert(Context& context);
void declare_tree_draw(Options& options);
ExitCode run_tree_draw(Context& context);
void declare_tree_solve(Options& options);
ExitCode run_tree_solve(Context& context);
void declare_why(Options& options);
ExitCode run_why(Context& context);

}  // namespace nines::app::rca
