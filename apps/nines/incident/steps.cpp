// Runs nines incident ack, mitigate, resolve, close, reopen, merge and link.
#include "usecases/incident/lifecycle.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/ask.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Outcome;
using nines::incident::Status;
using nines::incident::StatusStep;

void declare_step(Options& options) {
  declare_id(options);
  declare_at(options);
  declare_note(options);
  options.text("because", "TEXT", "the reason, for the record");
}

usecases::StepRequest step_request(Context& context) {
  return {id_of(context), stated_option(context, "at"), context.args.text("note").value_or("")};
}

std::string said(const Context& context, const Incident& incident, std::string_view done) {
  if (context.dry_run()) return incident.name + " would be " + std::string(done);
  return headline(incident);
}

ExitCode run_step(Context& context, const StatusStep& step, std::string schema, render::Next next) {
  const auto incident =
      usecases::step_incident(context.session(), step_request(context), step, context.dry_run());
  context.show(changed(std::move(schema), incident, said(context, incident, to_string(step.to)),
                       std::move(next)));
  return ExitCode::done;
}

}  // namespace

void declare_ack(Options& options) {
  options.about("Somebody is on it. Whoever answers first is in command until somebody else is.");
  declare_step(options);
  options.example("nines incident ack", "you are on the current incident");
  options.example("nines incident ack 42 --at 02:11 --note \"paged by phone\"",
                  "when it was, and how");
}

ExitCode run_ack(Context& context) {
  const auto incident =
      usecases::acknowledge_incident(context.session(), step_request(context), context.dry_run());
  context.show(changed("nines/incident.ack/v1", incident,
                       incident.name +
                           (context.dry_run() ? " would be acknowledged" : " acknowledged") +
                           (incident.commander.empty() ? "" : ", commander " + incident.commander),
                       {"nines log TEXT", "write down what you see and do"}));
  return ExitCode::done;
}

void declare_mitigate(Options& options) {
  options.about("The harm has stopped. Sets the milestone 'mitigated'.");
  declare_step(options);
  options.example("nines incident mitigate", "users are well again, as of now");
  options.example("nines incident mitigate --at 02:40~5m --note \"failed over to eu-west\"",
                  "when it was, give or take five minutes");
}

ExitCode run_mitigate(Context& context) {
  return run_step(context, {Status::mitigated}, "nines/incident.mitigate/v1",
                  {"nines incident resolve", "when nothing is left to do at once"});
}

void declare_resolve(Options& options) {
  options.about("It is over. Sets the milestone 'resolved'; what is left is learning from it.");
  declare_step(options);
  options.example("nines incident resolve", "the current incident is over");
  options.example("nines incident resolve 42 --at \"yesterday 22:00\"", "it was over then already");
}

ExitCode run_resolve(Context& context) {
  return run_step(context, {Status::resolved}, "nines/incident.resolve/v1",
                  {"nines incident timeline --check", "does the record hold together"});
}

void declare_close(Options& options) {
  options.about(
      "Ends it for good. How it was detected is asked for once, because nobody remembers later.");
  declare_step(options);
  options
      .choice("as",
              {"resolved", "duplicate", "false-alarm", "merged", "cancelled", "external",
               "declined", "superseded"},
              "why it is over")
      .fallback = "resolved";
  options.text("of", "ID", "with --as duplicate or superseded: the incident that goes on");
  options.text("detected-by", "WHAT",
               "alert, customer, colleague, chance: who or what noticed it first");
  options.example("nines incident close --detected-by alert", "the current incident is done with");
  options.example("nines incident close 43 --as duplicate --of 42", "43 was 42 all along");
}

ExitCode run_close(Context& context) {
  const auto outcome = *nines::incident::outcome_from(context.args.required("as"));
  const auto of = context.args.text("of");
  const bool needs_of = outcome == Outcome::duplicate || outcome == Outcome::superseded;
  if (needs_of != of.has_value())
    throw Error(ExitCode::usage,
                needs_of ? "closing as " + std::string(to_string(outcome)) + " needs --of"
                         : "--of goes with --as duplicate or superseded",
                "nines incident close ID --as duplicate --of OTHER", "BAD_COMBINATION");
  usecases::CloseRequest request{step_request(context), outcome, of,
                                 context.args.text("detected-by").value_or("")};
  if (request.detected_by.empty() && !context.dry_run() &&
      usecases::wants_detection(context.session(), request.step.incident, outcome))
    request.detected_by =
        ask(context,
            "who or what noticed it first? (alert, customer, colleague, chance; empty: not known)")
            .value_or("");
  const auto closed = usecases::close_incident(context.session(), request, context.dry_run());
  auto output = changed(
      "nines/incident.close/v1", closed.incident,
      context.dry_run()
          ? closed.incident.name + " would be closed as " + std::string(to_string(outcome))
          : closed.incident.name + "  closed as " + std::string(to_string(closed.incident.outcome)),
      {"nines incident show " + closed.incident.name, "what is on record"});
  if (!closed.detection_known)
    output.warnings.push_back("who or what noticed it first is not on record: nines incident set " +
                              closed.incident.name + " --fact detected_by=alert");
  context.show(output);
  return ExitCode::done;
}

void declare_reopen(Options& options) {
  options.about(
      "Back to declared; the milestones after that are taken away, and set again in time.");
  declare_step(options);
  options.example("nines incident reopen 42 --because \"errors are back\"", "it was not over");
  options.example("nines incident reopen @- --because \"closed by mistake\"", "the one before");
}

ExitCode run_reopen(Context& context) {
  const auto incident =
      usecases::reopen_incident(context.session(), step_request(context), context.dry_run());
  context.show(changed("nines/incident.reopen/v1", incident, said(context, incident, "reopened"),
                       {"nines log TEXT", "it is the current incident again"}));
  return ExitCode::done;
}

void declare_merge(Options& options) {
  options.about(
      "Closes it as merged: its name keeps leading to the one that goes on. Its timeline stays as "
      "it is.");
  declare_step(options);
  options.text("into", "ID", "the incident that goes on").required = true;
  options.example("nines incident merge 43 --into 42", "both were one outage");
  options.example("nines incident merge @ --into @- --note \"same database\"",
                  "the current one into the one before");
}

ExitCode run_merge(Context& context) {
  const auto merged = usecases::merge_incident(context.session(), step_request(context),
                                               context.args.required("into"), context.dry_run());
  context.show(changed("nines/incident.merge/v1", merged.from,
                       merged.from.name +
                           (context.dry_run() ? " would go on as " : " goes on as ") +
                           merged.into.name,
                       {"nines incident show " + merged.into.name, "what is on record"}));
  return ExitCode::done;
}

void declare_link(Options& options) {
  options.positional("target", "INC-41, a URL, a ticket");
  options.text("incident", "ID", "the incident to link; default the current one");
  options
      .choice("as", {"relates-to", "caused-by", "causes", "runbook", "ticket", "chat", "follows"},
              "what the target is to it")
      .fallback = "relates-to";
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident link INC-41 --as caused-by", "the current one came from INC-41");
  options.example("nines incident link https://wiki.example.org/failover --as runbook",
                  "what to follow");
}

ExitCode run_link(Context& context) {
  const auto linked = usecases::link_incident(context.session(), context.args.text("incident"),
                                              context.args.required("target"),
                                              context.args.required("as"), context.dry_run());
  const auto what = linked.link.relation + " " + linked.target;
  const auto& name = linked.incident.name;
  context.show(changed("nines/incident.link/v1", linked.incident,
                       linked.already      ? name + ": it is linked so already: " + what
                       : context.dry_run() ? name + " would be linked: " + what
                                           : name + "  " + what,
                       {"nines incident show " + linked.incident.name, "what is on record"}));
  return ExitCode::done;
}

}  // namespace nines::app::incident
