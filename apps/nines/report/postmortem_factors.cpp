// Runs nines report postmortem factors: what rules read out of the facts, and what people made of
// it.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/report/factors.hpp"

namespace nines::app::report {
namespace {

using nines::incident::Proposal;
using usecases::ContributingFactor;
using usecases::FactorsView;

std::vector<std::string> layer_choices() {
  std::vector<std::string> names;
  for (const auto name : rca::layer_names()) names.emplace_back(name);
  return names;
}

std::string or_not_said(std::string_view layer) {
  return layer.empty() ? std::string("not said") : std::string(layer);
}

Json factor_json(const ContributingFactor& factor) {
  auto evidence = Json::array();
  for (const auto& line : factor.evidence) evidence.push(line);
  return Json::object({{"name", factor.name},
                       {"text", factor.text},
                       {"layer", text_or_null(std::string(rca::to_string(factor.layer)))},
                       {"rule", text_or_null(factor.rule)},
                       {"evidence", std::move(evidence)},
                       {"action", text_or_null(factor.action)}});
}

Json proposed_json(const Proposal& one) {
  return Json::object({{"name", text_or_null(one.name)},
                       {"state", to_string(one.state)},
                       {"rule", one.rule},
                       {"text", one.body.text("text")},
                       {"layer", one.body.text("layer")},
                       {"evidence", to_json(one.evidence)},
                       {"decided_by", one.decision ? text_or_null(one.decision->by) : Json()},
                       {"because", one.decision ? text_or_null(one.decision->because) : Json()}});
}

Json factors_json(const FactorsView& view) {
  auto factors = Json::array(), open = Json::array(), decided = Json::array(), news = Json::array(),
       unknown = Json::array();
  for (const auto& one : view.factors) factors.push(factor_json(one));
  for (const auto& one : view.open) open.push(proposed_json(one));
  for (const auto& one : view.decided) decided.push(proposed_json(one));
  for (const auto& text : view.new_ones) news.push(text);
  for (const auto& text : view.not_known) unknown.push(text);
  return Json::object({{"incident", view.incident.name},
                       {"title", view.incident.title},
                       {"factors", std::move(factors)},
                       {"proposed", std::move(open)},
                       {"decided", std::move(decided)},
                       {"new", std::move(news)},
                       {"not_known", std::move(unknown)}});
}

void add_factor_table(render::Page& page, const FactorsView& view) {
  if (view.factors.empty()) {
    page.push_back(render::Paragraph{"no contributing factor is on record yet"});
    return;
  }
  render::Table table{{{"name"},
                       {"layer"},
                       {"from", render::Align::left, true},
                       {"factor", render::Align::left, false, true}},
                      {}};
  for (const auto& one : view.factors)
    table.rows.push_back({one.name, or_not_said(rca::to_string(one.layer)),
                          one.rule.empty() ? "a person" : one.rule, one.text});
  page.push_back(std::move(table));
}

void add_open(render::Page& page, const FactorsView& view, bool dry_run) {
  if (view.open.empty()) {
    for (const auto& text : view.new_ones)
      page.push_back(render::Paragraph{(dry_run ? "would propose: " : "proposed: ") + text});
    return;
  }
  page.push_back(render::Heading{"Proposed from the facts: accept or reject each, once"});
  render::Table table{{{"name"},
                       {"layer"},
                       {"factor", render::Align::left, false, true},
                       {"evidence", render::Align::left, true}},
                      {}};
  for (const auto& one : view.open) {
    std::vector<std::string> says;
    for (const auto& ground : one.evidence) says.push_back(ground.says);
    table.rows.push_back(
        {one.name, one.body.text("layer"), one.body.text("text"), join(says, "; ")});
  }
  page.push_back(std::move(table));
}

ExitCode show_factors(Context& context) {
  const auto view = usecases::propose_factors_of(
      context.session(), {context.args.text("incident"), context.cwd()}, context.dry_run());
  render::Output output;
  output.schema = "nines/report.postmortem.factors/v1";
  output.data = factors_json(view);
  auto& page = output.page;
  page.push_back(render::Heading{view.incident.name + "  " + view.incident.title});
  add_factor_table(page, view);
  add_open(page, view, context.dry_run());
  for (const auto& text : view.not_known)
    page.push_back(render::Paragraph{"not looked at: " + text, render::Tone::dim});
  if (!view.open.empty())
    page.push_back(render::Next{"nines report postmortem factors " + view.incident.name +
                                    " --accept " + view.open.front().name,
                                "or --reject " + view.open.front().name +
                                    " --because TEXT; its evidence: nines incident "
                                    "proposals " +
                                    view.open.front().name});
  else if (!view.factors.empty())
    page.push_back(render::Next{"nines report postmortem draft " + view.incident.name,
                                "the document that tells of them"});
  else
    page.push_back(render::Next{
        "nines report postmortem factors " + view.incident.name + " --add TEXT --layer LAYER",
        "a condition that it needed"});
  context.show(output);
  return ExitCode::done;
}

/// One line per thing that was done, and the factors as they are then.
ExitCode show_done(Context& context, const std::vector<std::string>& lines,
                   const std::string& incident, const std::vector<ContributingFactor>& changed) {
  render::Output output;
  output.schema = "nines/report.postmortem.factor/v1";
  auto list = Json::array();
  for (const auto& one : changed) list.push(factor_json(one));
  auto said = Json::array();
  for (const auto& line : lines) said.push(line);
  output.data = Json::object(
      {{"incident", incident}, {"done", std::move(said)}, {"factors", std::move(list)}});
  for (const auto& line : lines) output.page.push_back(render::Paragraph{line});
  output.page.push_back(
      render::Next{"nines report postmortem factors " + incident, "all of them, and what waits"});
  context.show(output);
  return ExitCode::done;
}

ContributingFactor as_shown(const nines::postmortem::Factor& one) {
  return {one.name, one.incident, one.text, one.layer, one.rule, one.evidence, {}};
}

ExitCode decide_factors(Context& context) {
  std::vector<std::string> lines;
  const bool dry = context.dry_run();
  std::map<std::string, std::string> edits;
  if (const auto text = context.args.text("text")) edits["text"] = *text;
  if (const auto layer = context.args.text("layer")) edits["layer"] = *layer;
  std::string about = "@";
  const auto note = [&](const usecases::Decided& decided, const char* verb) {
    lines.push_back(decided.proposal.name + (dry ? "  would be " : "  ") + verb + ": " +
                    decided.proposal.title);
  };
  for (const auto& name : context.args.list("accept"))
    note(usecases::accept_proposal(context.session(), {.proposal = name, .edits = edits}, dry),
         "accepted");
  for (const auto& name : context.args.list("reject"))
    note(usecases::reject_proposal(context.session(), name, dry), "rejected");
  const auto view = usecases::propose_factors_of(
      context.session(), {context.args.text("incident"), context.cwd()}, true);
  return show_done(context, lines, view.incident.name, view.factors);
}

}  // namespace

void declare_postmortem_factors(Options& options) {
  options.about(
      "Rules read the facts of an incident: an alert that was late or silent, a runbook that is "
      "missing or gone, a service that was never drilled, people paged at night, an overridden "
      "gate, a change in the hour before. Each is proposed with its evidence, on a layer, and a "
      "person accepts or "
      "rejects it, once; a rule that people turn down too often retires. Facts that are not "
      "recorded propose nothing, and are said.");
  options.positional_optional("incident", "INC-4, or 4; default: the current one");
  options.list("accept", "PROPOSAL", "PRP-7: it was a factor; with --text or --layer: edited");
  options.list("reject", "PROPOSAL", "PRP-8: it was none, because");
  options.text("add", "TEXT", "a factor in your own words");
  options.text("drop", "FACTOR", "FAC-2 is none after all, because");
  options.choice("layer", layer_choices(), "where it lies");
  options.text("text", "TEXT", "what is accepted, in other words");
  options.text("evidence", "TEXT", "what speaks for a factor of your own").repeated = true;
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines report postmortem factors INC-4", "what the facts propose");
  options.example(
      "nines report postmortem factors INC-4 --add \"two tools share one prompt\" --layer tooling",
      "what no rule can see");
  options.see_also("nines-proposals(7)");
}

ExitCode run_postmortem_factors(Context& context) {
  const bool decides = context.args.given("accept") || context.args.given("reject");
  const bool adds = context.args.given("add"), drops = context.args.given("drop");
  if (int{decides} + int{adds} + int{drops} > 1)
    throw Error(ExitCode::usage, "one thing at a time: decide, --add or --drop",
                "nines report postmortem factors --add TEXT", "BAD_COMBINATION");
  if (decides) return decide_factors(context);
  if (adds) {
    usecases::FactorEdit edit{context.args.text("incident"),
                              context.args.required("add"),
                              {},
                              context.args.list("evidence")};
    if (const auto layer = context.args.text("layer")) edit.layer = rca::layer_from(*layer);
    const auto factor = usecases::add_factor(context.session(), edit, context.dry_run());
    const auto view = usecases::propose_factors_of(
        context.session(), {context.args.text("incident"), context.cwd()}, true);
    return show_done(
        context, {(context.dry_run() ? "would add: " : factor.name + "  added: ") + factor.text},
        view.incident.name, {as_shown(factor)});
  }
  if (drops) {
    const auto factor =
        usecases::drop_factor(context.session(), context.args.required("drop"),
                              context.args.text("because").value_or(""), context.dry_run());
    const auto about = usecases::propose_factors_of(
        context.session(), {factor.incident.to_string(), context.cwd()}, true);
    return show_done(
        context,
        {factor.name + (context.dry_run() ? "  would be dropped: " : "  dropped: ") + factor.text},
        about.incident.name, {as_shown(factor)});
  }
  return show_factors(context);
}

}  // namespace nines::app::report
