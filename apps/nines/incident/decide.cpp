// Runs nines incident accept, reject and reinstate: people decide about what rules propose.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/proposal_pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Proposal;
using nines::incident::RuleRecord;

Json decision_json(const Proposal& p) {
  if (!p.decision) return Json();
  const auto& d = *p.decision;
  return Json::object({{"state", to_string(d.state)},
                       {"by", d.by},
                       {"at", format_utc(d.at)},
                       {"because", d.because.empty() ? Json() : Json(d.because)},
                       {"edits", d.edited() ? d.edits : Json::object()}});
}

Json next_json(const std::vector<Proposal>& next) {
  auto list = Json::array();
  for (const auto& one : next)
    list.push(Json::object({{"name", one.name}, {"kind", one.kind}, {"title", one.title}}));
  return list;
}

Json decided_json(const usecases::Decided& decided) {
  return proposal_json(
             {decided.proposal, decided.effect, decided.incident ? decided.incident->name : ""})
      .set("next", next_json(decided.next))
      .set("rule_retired", decided.retired.has_value());
}

std::map<std::string, std::string> edits_of(const Context& context) {
  std::map<std::string, std::string> edits;
  if (const auto title = context.args.text("title")) edits["title"] = *title;
  if (context.args.given("service")) edits["services"] = join(context.args.list("service"), ",");
  if (const auto into = context.args.text("into")) edits["into"] = *into;
  if (const auto text = context.args.text("severity")) {
    const auto severity = nines::incident::severity_from(*text);
    if (!severity)
      throw Error(ExitCode::usage, "'" + *text + "' is no severity",
                  "1 (worst) to 5, or undetermined", "BAD_VALUE");
    edits["severity"] = to_string(*severity);
  }
  return edits;
}

std::string retired_text(const RuleRecord& record) {
  const auto high = acceptance_interval(record).high * 100;
  return "rule '" + record.rule + "' retires: " + std::to_string(record.accepted) + " of " +
         std::to_string(record.decided()) + " accepted, at most " + fmt::format("{:.1f}", high) +
         " % with 95 % confidence; it proposes nothing until nines incident reinstate " +
         record.rule;
}

}  // namespace

Json proposal_json(const usecases::ProposalView& view) {
  const auto& p = view.proposal;
  return Json::object({{"name", p.name},
                       {"uid", p.uid.to_string()},
                       {"kind", p.kind},
                       {"rule", p.rule},
                       {"about", p.subject.empty() ? Json() : Json(p.subject)},
                       {"title", p.title},
                       {"body", p.body},
                       {"evidence", to_json(p.evidence)},
                       {"confidence", p.confidence.percent},
                       {"confidence_basis", p.confidence.basis},
                       {"state", to_string(p.state)},
                       {"revision", p.revision},
                       {"proposed_at", format_utc(p.proposed_at)},
                       {"updated_at", format_utc(p.updated_at)},
                       {"accepting", view.effect},
                       {"decision", decision_json(p)},
                       {"contested", p.contested},
                       {"result", view.result.empty() ? Json() : Json(view.result)}});
}

void declare_accept(Options& options) {
  options.about(
      "Does what the proposal says, once: a second try exits 4 and says who decided when. What you "
      "edit is kept beside what was proposed. Opening takes the alerts into the timeline, with "
      "their own clock.");
  options.positional("id", "PRP-7, or 7");
  options.text("title", "TEXT", "open it under this title instead");
  options.text("severity", "S", "1 (worst) to 5, instead of the proposed one").letter = 's';
  options.list("service", "NAME", "the services that are hurt, instead of the proposed ones");
  options.text("into", "ID", "attach to this incident instead");
  options.integer("revision", "N", "only if the proposal still says what it said at revision N");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident accept 7", "do what PRP-7 proposes");
  options.example("nines incident accept 7 -s 1 --title \"checkout is down\"",
                  "open it, under a better title and severity");
}

ExitCode run_accept(Context& context) {
  const auto decided = usecases::accept_proposal(
      context.session(),
      {context.args.required("id"), edits_of(context), context.args.integer("revision")},
      context.dry_run());
  render::Output output;
  output.schema = "nines/incident.accept/v1";
  output.data =
      decided_json(decided).set("made", decided.made.empty() ? Json() : Json(decided.made));
  auto& page = output.page;
  page.push_back(render::Paragraph{decided.proposal.name +
                                   (context.dry_run() ? " would be accepted: " : " accepted: ") +
                                   decided.effect});
  if (decided.incident) page.push_back(render::Paragraph{headline(*decided.incident)});
  if (!decided.made.empty()) page.push_back(render::Paragraph{"it is " + decided.made});
  if (decided.queued > 0)
    page.push_back(
        render::Paragraph{count_of(decided.queued, "line") + " that had waited went in"});
  for (const auto& next : decided.next)
    page.push_back(render::Paragraph{"proposed now: " + next.name + "  " + next.title});
  if (context.dry_run())
    page.push_back(
        render::Next{"nines incident proposals " + decided.proposal.name, "what speaks for it"});
  else if (!decided.next.empty())
    page.push_back(render::Next{"nines incident proposals " + decided.next.front().name,
                                "what speaks for it"});
  else if (!decided.made.empty())
    page.push_back(
        render::Next{"nines remediate show " + decided.made, "its team, day and done-condition"});
  else if (decided.incident)
    page.push_back(
        render::Next{"nines incident show " + decided.incident->name, "everything on record"});
  else
    page.push_back(render::Next{"nines incident proposals", "what else waits for a person"});
  context.show(output);
  return ExitCode::done;
}

void declare_reject(Options& options) {
  options.about(
      "Turns a proposal down for good, with a reason that its rule is judged by: a rule that "
      "people "
      "turn down too often retires itself. A second try exits 4 and says who decided when.");
  options.positional("id", "PRP-7, or 7");
  options.text("because", "TEXT", "why; required");
  options.example("nines incident reject 7 --because \"a test in staging\"", "not an incident");
  options.example("nines incident reject 8 --because \"another cause\" --dry-run",
                  "what that would turn down");
}

ExitCode run_reject(Context& context) {
  const auto decided =
      usecases::reject_proposal(context.session(), context.args.required("id"), context.dry_run());
  render::Output output;
  output.schema = "nines/incident.reject/v1";
  output.data = decided_json(decided);
  auto& page = output.page;
  page.push_back(render::Paragraph{decided.proposal.name +
                                   (context.dry_run() ? " would be rejected: " : " rejected: ") +
                                   decided.proposal.title});
  if (decided.retired) output.warnings.push_back(retired_text(*decided.retired));
  page.push_back(render::Next{"nines incident proposals", "what else waits for a person"});
  context.show(output);
  return ExitCode::done;
}

void declare_reinstate(Options& options) {
  options.about(
      "Puts a rule that retired itself back to work. Its acceptance rate is counted anew from "
      "then on.");
  options.positional("rule", "the rule, such as alert-group");
  options.text("because", "TEXT", "why; required");
  options.example("nines incident reinstate alert-group --because \"thresholds were mended\"",
                  "it proposes again");
  options.example("nines incident reinstate alert-group --because \"new alerts\" --dry-run",
                  "whether it could");
}

ExitCode run_reinstate(Context& context) {
  const auto record =
      usecases::reinstate_rule(context.session(), context.args.required("rule"), context.dry_run());
  render::Output output;
  output.schema = "nines/incident.reinstate/v1";
  output.data = Json::object({{"rule", record.rule}, {"dry_run", context.dry_run()}});
  output.page.push_back(
      render::Paragraph{"rule '" + record.rule +
                        (context.dry_run() ? "' would be put back to work" : "' is back at work")});
  output.page.push_back(render::Next{"nines incident proposals --rates", "how the rules fare"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
