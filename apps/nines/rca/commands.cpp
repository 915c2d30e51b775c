// The rows of the 'rca' commands: a new verb is one file beside this one, and one row here.
#include "nines/rca/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> rca_commands() {
  using namespace rca;
  // Alphabetical; one row per line, so that rows added side by side merge:
  // {"rca verb", "what it does", Needs::store_read, declare_verb, run_verb},
  // clang-format off
  static const std::vector<Command> rows = {
      {"rca advise", "which way of looking for causes fits an incident", Needs::store_read, declare_advise, run_advise},
      {"rca changepoints", "where one series changed, by how much, how surely", Needs::nothing, declare_changepoints, run_changepoints},
      {"rca changes add", "record one change: a deploy, a flag, a configuration", Needs::store_write, declare_changes_add, run_changes_add},
      {"rca changes drift", "what left the last good configuration, and whether that is at fault", Needs::store_read, declare_changes_drift, run_changes_drift},
      {"rca changes import", "record changes from JSON lines, CSV, Kubernetes or git", Needs::store_write, declare_changes_import, run_changes_import},
      {"rca changes list", "list recorded changes by time", Needs::store_read, declare_changes_list, run_changes_list},
      {"rca changes rank", "which recorded change an incident came from, with reasons", Needs::store_read, declare_changes_rank, run_changes_rank},
      {"rca changes snapshot", "record a configuration as it is while all is well", Needs::store_write, declare_changes_snapshot, run_changes_snapshot},
      {"rca conclude", "end an analysis with what was found, if the rules are met", Needs::store_write, declare_conclude, run_conclude},
      {"rca deps", "dependencies that traces and networks show, against the declared ones", Needs::nothing, declare_deps, run_deps},
      {"rca hypothesis add", "add something that could explain it", Needs::store_write, declare_hypothesis_add, run_hypothesis_add},
      {"rca hypothesis evidence", "give evidence for or against a hypothesis", Needs::store_write, declare_hypothesis_evidence, run_hypothesis_evidence},
      {"rca hypothesis logs", "which messages of a log speak for or against which hypothesis", Needs::store_read, declare_hypothesis_logs, run_hypothesis_logs},
      {"rca hypothesis next", "what is most worth a look", Needs::store_read, declare_hypothesis_next, run_hypothesis_next},
      {"rca hypothesis quiet", "say that a time was watched, and nothing seen", Needs::store_write, declare_hypothesis_quiet, run_hypothesis_quiet},
      {"rca hypothesis scan", "read logs for the watches that wait for a line", Needs::store_write, declare_hypothesis_scan, run_hypothesis_scan},
      {"rca hypothesis set", "confirm, refute, or say more of a hypothesis", Needs::store_write, declare_hypothesis_set, run_hypothesis_set},
      {"rca hypothesis unwatch", "end a watch", Needs::store_write, declare_hypothesis_unwatch, run_hypothesis_unwatch},
      {"rca hypothesis watch", "let the next occurrence attach itself", Needs::store_write, declare_hypothesis_watch, run_hypothesis_watch},
      {"rca hypothesis watches", "what is waited for, and how long it was quiet", Needs::store_read, declare_hypothesis_watches, run_hypothesis_watches},
      {"rca hypothesis weigh", "give evidence another ratio, with a reason", Needs::store_write, declare_hypothesis_weigh, run_hypothesis_weigh},
      {"rca list", "all analyses", Needs::store_read, declare_list, run_list},
      {"rca logs compare", "which messages are new, gone, more or fewer, and whose", Needs::nothing, declare_logs_compare, run_logs_compare},
      {"rca logs templates", "the messages a log is made of, found without settings", Needs::nothing, declare_logs_templates, run_logs_templates},
      {"rca rank", "which service and metric an incident came from, with reasons", Needs::nothing, declare_rank, run_rank},
      {"rca reopen", "open an ended analysis again", Needs::store_write, declare_reopen, run_reopen},
      {"rca show", "one analysis: hypotheses, evidence, how it ended", Needs::store_read, declare_show, run_show},
      {"rca start", "begin the analysis of an incident", Needs::store_write, declare_start, run_start},
      {"rca stop", "whether to go on looking; stop on record", Needs::store_write, declare_stop, run_stop},
      {"rca timeline", "what happened around an incident on one axis", Needs::store_read, declare_timeline, run_timeline},
      {"rca tree check", "what is wrong with fault trees, and where", Needs::nothing, declare_tree_check, run_tree_check},
      {"rca tree convert", "a fault tree from YAML to Open-PSA XML, or back", Needs::nothing, declare_tree_convert, run_tree_convert},
      {"rca tree draw", "a fault tree as text, DOT or SVG", Needs::nothing, declare_tree_draw, run_tree_draw},
      {"rca tree solve", "probability, cut sets and importance of a fault tree", Needs::nothing, declare_tree_solve, run_tree_solve},
      {"rca why", "the why-tree of an analysis", Needs::store_read, declare_why, run_why},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
