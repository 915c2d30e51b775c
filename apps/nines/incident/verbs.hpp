// The two functions of every 'incident' verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::incident {

// Alphabetical: void declare_VERB(Options& options); ExitCode run_VERB(Context& context);
void declare_accept(Options& options);
ExitCode run_accept(Context& context);
void declare_ack(Options& options);
ExitCode run_ack(Context& context);
void declare_assess(Options& options);
ExitCode run_assess(Context& context);
void declare_close(Options& options);
ExitCode run_close(Context& context);
void declare_comms_draft(Options& options);
ExitCode run_comms_draft(Context& context);
void declare_comms_list(Options& options);
ExitCode run_comms_list(Context& context);
void declare_comms_sent(Options& options);
ExitCode run_comms_sent(Context& context);
void declare_correct(Options& options);
ExitCode run_correct(Context& context);
void declare_drill_inject(Options& options);
ExitCode run_drill_inject(Context& context);
void declare_drill_list(Options& options);
ExitCode run_drill_list(Context& context);
void declare_drill_plan(Options& options);
ExitCode run_drill_plan(Context& context);
void declare_drill_score(Options& options);
ExitCode run_drill_score(Context& context);
void declare_drill_show(Options& options);
ExitCode run_drill_show(Context& context);
void declare_drill_start(Options& options);
ExitCode run_drill_start(Context& context);
void declare_handover(Options& options);
ExitCode run_handover(Context& context);
void declare_impact(Options& options);
ExitCode run_impact(Context& context);
void declare_ingest(Options& options);
ExitCode run_ingest(Context& context);
void declare_link(Options& options);
ExitCode run_link(Context& context);
void declare_list(Options& options);
ExitCode run_list(Context& context);
void declare_log(Options& options);
ExitCode run_log(Context& context);
void declare_merge(Options& options);
ExitCode run_merge(Context& context);
void declare_mitigate(Options& options);
ExitCode run_mitigate(Context& context);
void declare_open(Options& options);
ExitCode run_open(Context& context);
void declare_proposals(Options& options);
ExitCode run_proposals(Context& context);
void declare_reinstate(Options& options);
ExitCode run_reinstate(Context& context);
void declare_reject(Options& options);
ExitCode run_reject(Context& context);
void declare_reopen(Options& options);
ExitCode run_reopen(Context& context);
void declare_resolve(Options& options);
ExitCode run_resolve(Context& context);
void declare_set(Options& options);
ExitCode run_set(Context& context);
void declare_show(Options& options);
ExitCode run_show(Context& context);
void declare_teams_ack(Options& options);
ExitCode run_teams_ack(Context& context);
void declare_teams_ask(Options& options);
ExitCode run_teams_ask(Context& context);
void declare_teams_done(Options& options);
ExitCode run_teams_done(Context& context);
void declare_teams_list(Options& options);
ExitCode run_teams_list(Context& context);
void declare_timeline(Options& options);
ExitCode run_timeline(Context& context);
void declare_triage(Options& options);
ExitCode run_triage(Context& context);
void declare_triage_show(Options& options);
ExitCode run_triage_show(Context& context);
void declare_use(Options& options);
ExitCode run_use(Context& context);

}  // namespace nines::app::incident
