// The rows of the 'incident' commands: a new verb is one file beside this one, and one row here.
#include "nines/incident/verbs.hpp"

#include <vector>

namespace nines::app {

std::span<const Command> incident_commands() {
  using namespace incident;
  // Alphabetical; one row per line, so that rows added side by side merge.
  // clang-format off
  static const std::vector<Command> rows = {
      {"incident accept", "do what an automatic rule proposes, once", Needs::store_write, declare_accept, run_accept},
      {"incident ack", "acknowledge: somebody is on it", Needs::store_write, declare_ack, run_ack},
      {"incident assess", "is it an incident, how severe, who must be told", Needs::store_write, declare_assess, run_assess},
      {"incident close", "close it, and say as what", Needs::store_write, declare_close, run_close},
      {"incident comms draft", "a text for people outside, from the record", Needs::store_read, declare_comms_draft, run_comms_draft},
      {"incident comms list", "what was told to whom, and when the next word is due", Needs::store_read, declare_comms_list, run_comms_list},
      {"incident comms sent", "record what was told to whom and when", Needs::store_write, declare_comms_sent, run_comms_sent},
      {"incident correct", "correct or retract a line of the timeline", Needs::store_write, declare_correct, run_correct},
      {"incident drill inject", "give out what is due in the drills that run", Needs::store_write, declare_drill_inject, run_drill_inject},
      {"incident drill list", "drills, scenarios, and what was never drilled", Needs::store_read, declare_drill_list, run_drill_list},
      {"incident drill plan", "draft a scenario from a past incident", Needs::store_read, declare_drill_plan, run_drill_plan},
      {"incident drill score", "compare what was expected with what happened", Needs::store_write, declare_drill_score, run_drill_score},
      {"incident drill show", "the report of a drill on one page", Needs::store_read, declare_drill_show, run_drill_show},
      {"incident drill start", "start a drill; it pages nobody", Needs::store_write, declare_drill_start, run_drill_start},
      {"incident escalate", "call the next person by the policy; look ahead, simulate, replay", Needs::store_write, declare_escalate, run_escalate},
      {"incident handover", "hand the command over, on the record", Needs::store_write, declare_handover, run_handover},
      {"incident impact", "customers, revenue, reputation; calls whom the policy says", Needs::store_write, declare_impact, run_impact},
      {"incident ingest", "take in alerts, timelines, chats, status pages, PagerDuty", Needs::store_write, declare_ingest, run_ingest},
      {"incident link", "link it to another incident, a ticket, a runbook", Needs::store_write, declare_link, run_link},
      {"incident list", "list incidents, the open ones by default", Needs::store_read, declare_list, run_list},
      {"incident log", "add a line to the timeline; never refuses", Needs::nothing, declare_log, run_log},
      {"incident merge", "let it go on as another incident", Needs::store_write, declare_merge, run_merge},
      {"incident mitigate", "the harm has stopped; the cause may not have", Needs::store_write, declare_mitigate, run_mitigate},
      {"incident oncall", "who is on duty, until when, and who is next", Needs::store_read, declare_oncall, run_oncall},
      {"incident oncall cancel", "call an override or a swap off", Needs::store_write, declare_oncall_cancel, run_oncall_cancel},
      {"incident oncall export", "the shifts to come as a calendar", Needs::store_read, declare_oncall_export, run_oncall_export},
      {"incident oncall import", "schedules and escalation policies of others as definitions", Needs::nothing, declare_oncall_import, run_oncall_import},
      {"incident oncall load", "what being on call cost: pages by night and weekend, fairness", Needs::store_read, declare_oncall_load, run_oncall_load},
      {"incident oncall override", "somebody is on, whoever's turn it is", Needs::store_write, declare_oncall_override, run_oncall_override},
      {"incident oncall swap", "give a whole shift to somebody else", Needs::store_write, declare_oncall_swap, run_oncall_swap},
      {"incident oncall verify", "walk a year: holes, double duty, load, unreachable steps", Needs::store_read, declare_oncall_verify, run_oncall_verify},
      {"incident open", "declare an incident and make it current", Needs::store_write, declare_open, run_open},
      {"incident proposals", "what automatic rules propose, and how often rightly", Needs::store_read, declare_proposals, run_proposals},
      {"incident reinstate", "put a rule that retired itself back to work", Needs::store_write, declare_reinstate, run_reinstate},
      {"incident reject", "turn a proposal down, with the reason", Needs::store_write, declare_reject, run_reject},
      {"incident reopen", "it is not over after all", Needs::store_write, declare_reopen, run_reopen},
      {"incident resolve", "it is over; what is left is learning", Needs::store_write, declare_resolve, run_resolve},
      {"incident rotate suggest", "who takes which role next time, and why", Needs::store_read, declare_rotate_suggest, run_rotate_suggest},
      {"incident set", "severity, services, roles, impact, facts, milestones", Needs::store_write, declare_set, run_set},
      {"incident show", "everything on record about an incident", Needs::store_read, declare_show, run_show},
      {"incident teams ack", "a team is on what it was asked", Needs::store_write, declare_teams_ack, run_teams_ack},
      {"incident teams ask", "ask a team for something, with a deadline", Needs::store_write, declare_teams_ask, run_teams_ask},
      {"incident teams done", "what a team was asked is answered", Needs::store_write, declare_teams_done, run_teams_done},
      {"incident teams list", "who waits on whom, and which teams are involved", Needs::store_read, declare_teams_list, run_teams_list},
      {"incident timeline", "the timeline with its times and clocks", Needs::store_read, declare_timeline, run_timeline},
      {"incident triage", "run a playbook; approve what changes things", Needs::store_write, declare_triage, run_triage},
      {"incident triage show", "what playbooks ran, and what they printed", Needs::store_read, declare_triage_show, run_triage_show},
      {"incident use", "make an incident the current one", Needs::store_write, declare_use, run_use},
  };
  // clang-format on
  return rows;
}

}  // namespace nines::app
