// The two functions of every top-level verb, for the rows of commands.cpp.
#pragma once

#include "nines/command.hpp"

namespace nines::app::top {

void declare_audit_checkpoint(Options& options);
ExitCode run_audit_checkpoint(Context& context);
void declare_audit_erase(Options& options);
ExitCode run_audit_erase(Context& context);
void declare_audit_export(Options& options);
ExitCode run_audit_export(Context& context);
void declare_audit_prove(Options& options);
ExitCode run_audit_prove(Context& context);
void declare_audit_verify(Options& options);
ExitCode run_audit_verify(Context& context);
void declare_complete(Options& options);
ExitCode run_complete(Context& context);
void declare_completion(Options& options);
ExitCode run_completion(Context& context);
void declare_config_list(Options& options);
ExitCode run_config_list(Context& context);
void declare_explain(Options& options);
ExitCode run_explain(Context& context);
void declare_doctor(Options& options);
ExitCode run_doctor(Context& context);
void declare_doctor_backup(Options& options);
ExitCode run_doctor_backup(Context& context);
void declare_doctor_restore(Options& options);
ExitCode run_doctor_restore(Context& context);
void declare_help(Options& options);
ExitCode run_help(Context& context);
void declare_history(Options& options);
ExitCode run_history(Context& context);
void declare_prompt(Options& options);
ExitCode run_prompt(Context& context);
void declare_redo(Options& options);
ExitCode run_redo(Context& context);
void declare_manual(Options& options);
ExitCode run_manual(Context& context);
void declare_schema(Options& options);
ExitCode run_schema(Context& context);
void declare_demo(Options& options);
ExitCode run_demo(Context& context);
void declare_init(Options& options);
ExitCode run_init(Context& context);
void declare_schema(Options& options);
ExitCode run_schema(Context& context);
void declare_search(Options& options);
ExitCode run_search(Context& context);
void declare_sync(Options& options);
ExitCode run_sync(Context& context);
void declare_sync_unattended(Options& options);
ExitCode run_sync_unattended(Context& context);
void declare_tick(Options& options);
ExitCode run_tick(Context& context);
void declare_trust(Options& options);
ExitCode run_trust(Context& context);
void declare_undo(Options& options);
ExitCode run_undo(Context& context);
void declare_status(Options& options);
ExitCode run_status(Context& context);
void declare_status_export(Options& options);
ExitCode run_status_export(Context& context);
void declare_version(Options& options);
ExitCode run_version(Context& context);

}  // namespace nines::app::top
