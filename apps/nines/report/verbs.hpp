// The two functions of every 'report' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::report {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_postmortem_answer(Options& options);
ExitCode run_postmortem_answer(Context& context);
void declare_postmortem_draft(Options& options);
ExitCode run_postmortem_draft(Context& context);
void declare_postmortem_edit(Options& options);
ExitCode run_postmortem_edit(Context& context);
void declare_postmortem_export(Options& options);
ExitCode run_postmortem_export(Context& context);
void declare_postmortem_facilitate(Options& options);
ExitCode run_postmortem_facilitate(Context& context);
void declare_postmortem_factors(Options& options);
ExitCode run_postmortem_factors(Context& context);
void declare_postmortem_import(Options& options);
ExitCode run_postmortem_import(Context& context);
void declare_postmortem_lint(Options& options);
ExitCode run_postmortem_lint(Context& context);
void declare_postmortem_list(Options& options);
ExitCode run_postmortem_list(Context& context);
void declare_postmortem_publish(Options& options);
ExitCode run_postmortem_publish(Context& context);
void declare_postmortem_review(Options& options);
ExitCode run_postmortem_review(Context& context);
void declare_postmortem_show(Options& options);
ExitCode run_postmortem_show(Context& context);
void declare_quarter(Options& options);
ExitCode run_quarter(Context& context);
void declare_recurrence(Options& options);
ExitCode run_recurrence(Context& context);
void declare_trend(Options& options);
ExitCode run_trend(Context& context);

}  // namespace nines::app::report
