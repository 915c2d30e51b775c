// Runs nines incident triage: the steps of a playbook, and the approval of those that change
// things.
#include "usecases/incident/triage.hpp"

#include <istream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/triage_pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::shown_command;
using usecases::StepReport;

nines::incident::ParameterValues values_of(const Context& context) {
  nines::incident::ParameterValues values;
  for (const auto& text : context.args.list("set")) {
    const auto at = text.find('=');
    if (at == std::string::npos || at == 0)
      throw Error(ExitCode::usage, "--set '" + text + "' is no assignment",
                  "--set host=shop.example.org", "BAD_VALUE");
    values[text.substr(0, at)] = text.substr(at + 1);
  }
  return values;
}

void show_runs(Context& context) {
  std::optional<Incident> incident;
  try {
    incident = usecases::show_triage(context.session(), id_of(context)).incident;
  } catch (const Error&) {
    if (id_of(context)) throw;  // without one named, the list is as good without any
  }
  render::Output output;
  output.schema = "nines/incident.triage.list/v1";
  output.data = Json::array();
  render::Table table{{{"playbook"},
                       {"steps", render::Align::right},
                       {"from", render::Align::left, false, true},
                       {"trusted"},
                       {"for this incident"},
                       {"what it is for", render::Align::left, false, true}},
                      {}};
  for (const auto& one : usecases::list_playbooks(context.session(), shipped_playbooks())) {
    const auto& playbook = one.playbook;
    const bool fits = incident && applies_to(playbook, *incident);
    output.data.push(Json::object(
        {{"name", playbook.name},
         {"description", playbook.description.empty() ? Json() : Json(playbook.description)},
         {"steps", static_cast<std::int64_t>(playbook.steps.size())},
         {"origin", one.origin},
         {"revision", one.revision == 0 ? Json() : Json(one.revision)},
         {"digest", one.digest},
         {"trusted", one.trusted},
         {"applies", incident ? Json(fits) : Json()}}));
    table.rows.push_back({playbook.name, std::to_string(playbook.steps.size()), one.origin,
                          one.trusted ? "yes" : "no",
                          !incident ? "-"
                          : fits    ? "yes"
                                    : "no",
                          playbook.description});
  }
  output.page.push_back(std::move(table));
  output.page.push_back(render::Next{"nines incident triage --playbook NAME --dry-run",
                                     "shows the exact commands; without --dry-run they run"});
  context.show(output);
}

std::string typed_answer(Context& context) {
  std::string answer;
  context.err << "Run it? [y/N] " << std::flush;
  std::getline(context.in, answer);
  return answer;
}

/// The person has seen the exact words before they say yes.
void confirm(Context& context, const usecases::PendingStep& pending) {
  const auto& step = pending.step;
  context.err << "asked for by " << escape_controls(step.requested_by) << " in "
              << escape_controls(pending.incident.name) << ", playbook "
              << escape_controls(step.playbook) << ", step " << escape_controls(step.step)
              << "; this would run now:\n  " << escape_controls(shown_command(step.argv)) << "\n";
  if (context.dry_run() || context.assume_yes()) return;
  if (context.no_input())
    throw Error(ExitCode::needs_approval, "nobody has said yes to this command",
                "--yes says that you have read it", "NEEDS_APPROVAL");
  const auto answer = typed_answer(context);
  if (answer != "y" && answer != "yes")
    throw Error(ExitCode::needs_approval, "not approved", "it goes on waiting", "NEEDS_APPROVAL");
}

nines::log::Authentication proof_of(const StepReport& report) {
  return report.record ? report.record->proof : nines::log::Authentication{};
}

std::string proof_word(const StepReport& report) {
  return report.record ? report.record->authenticated : std::string("claimed");
}

void decide(Context& context, bool approve) {
  usecases::DecisionRequest request;
  request.incident = id_of(context);
  request.approve = approve;
  request.step = context.args.required(approve ? "approve" : "refuse");
  request.shipped = shipped_playbooks();
  request.env = context.env;
  const auto pending = usecases::find_pending(context.session(), request);
  if (approve) confirm(context, pending);
  StepReport report{pending.step.step, {}, pending.step.argv, false};
  if (!context.dry_run()) report = usecases::decide_step(context.session(), pending, request);
  render::Output output;
  output.schema = "nines/incident.triage.decision/v1";
  output.data = Json::object({{"incident", pending.incident.name},
                              {"approved", approve},
                              {"by", context.actor()},
                              {"authenticated", proof_word(report)},
                              {"authentication", nines::log::to_json(proof_of(report))},
                              {"step", step_report_json(report)}});
  output.page.push_back(render::Paragraph{pending.incident.name + "  " + context.actor() +
                                          (context.dry_run() ? " would have " : " ") +
                                          (approve ? "approved" : "refused") + " (" +
                                          authentication_text(proof_of(report)) + ")"});
  if (!context.dry_run()) add_reports(output.page, {report});
  output.page.push_back(render::Next{"nines incident triage show " + pending.incident.name,
                                     "what has run, and what waits"});
  context.show(output);
}

render::Next next_after_triage(const usecases::TriageReport& report, bool dry_run) {
  const auto& name = report.incident.name;
  for (const auto& step : report.steps)
    if (step.unfilled)
      return {"nines incident triage " + name + " --playbook " + report.playbook.playbook.name +
                  " --set " + step.unfilled->parameter + "=VALUE",
              "runs what had no value"};
  if (dry_run && !report.playbook.trusted)
    return {"nines trust --playbook " + report.playbook.playbook.name,
            "lets its read-only steps run from now on"};
  for (const auto& step : report.steps)
    if (!step.proposals.empty())
      return {"nines incident accept " + step.proposals.front(),
              "or reject it, with --because; what output suggests changes nothing by itself"};
  for (const auto& step : report.steps)
    if (step.record && step.record->state == nines::incident::TriageState::waiting)
      return {"nines incident triage " + name + " --approve " + step.step,
              step.record->approval == nines::incident::Approval::another
                  ? "by another person than " + step.record->requested_by
                  : "lets it run"};
  return {"nines incident triage show " + name + " --step NAME", "what a step printed"};
}

}  // namespace

void declare_triage(Options& options) {
  options.about(
      "Steps that change nothing run at once, one after the other; what they print is kept as "
      "evidence, with secrets taken out, and each is a line of the timeline. A step that fails, "
      "hangs or is not installed stops none of the others. Steps that change things wait until "
      "a person approves the exact command. What output suggests is a proposal, never a change.");
  options.about(
      "No shell is involved: a step is a program with its arguments. It gets a small environment "
      "(PATH, HOME, LANG, TZ, USER, and what the step names), no terminal, and no input.");
  declare_id(options);
  options.text("playbook", "NAME", "the playbook to run; --list names them").letter = 'p';
  options.text("step", "STEP", "only this step, by its name or number");
  options.text("set", "NAME=VALUE", "a parameter of the playbook").repeated = true;
  options.flag("list", "the playbooks there are, applied and shipped");
  options.text("approve", "STEP", "let a step run that waits; you are shown the exact command");
  options.text("refuse", "STEP", "take back a step that waits");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident triage --list", "which playbooks there are");
  options.example("nines incident triage --playbook disk --dry-run", "the exact commands");
  options.example("nines incident triage -p dns --set host=shop.example.org",
                  "run the read-only steps");
  options.example("nines incident triage INC-42 --approve restart", "as another person");
  options.see_also("nines-playbook(5)");
}

ExitCode run_triage(Context& context) {
  const auto& args = context.args;
  const int asked =
      args.flag("list") + args.given("approve") + args.given("refuse") + args.given("playbook");
  if (asked > 1)
    throw Error(ExitCode::usage, "--playbook, --list, --approve and --refuse exclude each other",
                "one at a time", "BAD_COMBINATION");
  if (args.given("approve") || args.given("refuse")) {
    decide(context, args.given("approve"));
    return ExitCode::done;
  }
  if (!args.given("playbook")) {
    show_runs(context);
    return ExitCode::done;
  }
  usecases::TriageRequest request;
  request.incident = id_of(context);
  request.playbook = args.required("playbook");
  request.step = args.text("step");
  request.values = values_of(context);
  request.shipped = shipped_playbooks();
  request.env = context.env;
  const auto tell = [&](const StepReport& report) {
    if (context.err_is_terminal() && !context.dry_run())
      context.say(report.step + ": " + state_of(report).text);
  };
  const auto report = usecases::run_triage(context.session(), request, context.dry_run(), tell);
  render::Output output;
  output.schema = "nines/incident.triage/v1";
  auto steps = Json::array();
  for (const auto& step : report.steps) steps.push(step_report_json(step));
  output.data = Json::object({{"incident", report.incident.name},
                              {"playbook", report.playbook.playbook.name},
                              {"digest", report.playbook.digest},
                              {"origin", report.playbook.origin},
                              {"trusted", report.playbook.trusted},
                              {"interrupted", report.interrupted},
                              {"steps", std::move(steps)}});
  output.page.push_back(render::Paragraph{report.incident.name + "  playbook " +
                                          report.playbook.playbook.name +
                                          (context.dry_run() ? ", nothing has run" : "")});
  add_reports(output.page, report.steps);
  if (!applies_to(report.playbook.playbook, report.incident))
    output.warnings.push_back("the playbook is meant for other services or tags than those of " +
                              report.incident.name);
  output.page.push_back(next_after_triage(report, context.dry_run()));
  context.show(output);
  return report.interrupted ? ExitCode::interrupted : ExitCode::done;
}

void declare_triage_show(Options& options) {
  options.about(
      "Control bytes in what a step printed are shown as visible escapes; -o json has the text as "
      "it was kept.");
  declare_id(options);
  options.text("step", "STEP", "show what this step printed when it ran last");
  options.text("hash", "HASH", "show the output whose hash begins so");
  options.example("nines incident triage show", "every step that ran or waits");
  options.example("nines incident triage show INC-42 --step space", "what it printed");
}

ExitCode run_triage_show(Context& context) {
  const auto view = usecases::show_triage(context.session(), id_of(context));
  auto word = context.args.text("hash");
  if (!word) word = context.args.text("step");
  render::Output output;
  output.schema = "nines/incident.triage.show/v1";
  auto steps = Json::array();
  output.data = Json::object({{"incident", view.incident.name}});
  if (word) {
    const auto kept = usecases::show_output(context.session(), view, *word);
    steps.push(triage_step_json(kept.step));
    auto kinds = Json::array();
    for (const auto& kind : kept.redacted) kinds.push(kind);
    output.data.set("steps", std::move(steps))
        .set("output", Json::object({{"class", kept.sort},
                                     {"redacted", std::move(kinds)},
                                     {"text", kept.bytes ? Json(*kept.bytes) : Json()}}));
    output.page.push_back(
        render::Facts{{{"step", kept.step.playbook + "/" + kept.step.step},
                       {"command", shown_command(kept.step.argv)},
                       {"result", kept.step.why},
                       {"at", kept.step.ended_at ? format_utc(*kept.step.ended_at) : "-"},
                       {"output", kept.step.output_hash.empty()
                                      ? std::string("none")
                                      : kept.step.output_hash.substr(0, 12) + ", " + kept.sort +
                                            (kept.step.truncated ? ", cut" : "")}}});
    if (!kept.bytes)
      output.page.push_back(
          render::Paragraph{"the output is not here: it was kept on another machine, or erased"});
    else if (!kept.bytes->empty())
      output.page.push_back(render::Preformatted{*kept.bytes});
    context.show(output);
    return ExitCode::done;
  }
  render::Table table{{{"playbook"},
                       {"step"},
                       {"result"},
                       {"why", render::Align::left, false, true},
                       {"output"},
                       {"asked by", render::Align::left, true},
                       {"decided by", render::Align::left, true}},
                      {}};
  for (const auto& step : view.steps) {
    steps.push(triage_step_json(step));
    const bool done = step.state == nines::incident::TriageState::done;
    table.rows.push_back({step.playbook, step.step, state_of(step),
                          done ? step.why : shown_command(step.argv), step.output_hash.substr(0, 8),
                          step.requested_by, step.decided_by});
  }
  output.data.set("steps", std::move(steps)).set("output", Json());
  if (view.steps.empty())
    output.page.push_back(render::Paragraph{view.incident.name + ": no playbook has been run"});
  else
    output.page.push_back(std::move(table));
  output.page.push_back(render::Next{"nines incident triage --list", "which playbooks there are"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
