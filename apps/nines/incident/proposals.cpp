// Runs nines incident proposals: what automatic rules suggest, on what evidence, how often rightly.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/proposal_pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::ProposalState;
using nines::incident::RuleRecord;

std::string percent_text(double share) {
  return std::to_string(static_cast<int>(share * 100 + 0.5)) + " %";
}

Json rate_json(const RuleRecord& record) {
  const auto n = record.decided();
  const auto interval = acceptance_interval(record);
  return Json::object(
      {{"rule", record.rule},
       {"open", record.open},
       {"accepted", record.accepted},
       {"accepted_with_edits", record.edited},
       {"rejected", record.rejected},
       {"withdrawn", record.withdrawn},
       {"decided", n},
       {"rate",
        n == 0 ? Json() : Json(static_cast<double>(record.accepted) / static_cast<double>(n))},
       {"low", interval.low},
       {"high", interval.high},
       {"retires_below", nines::incident::kRetireBelow},
       {"retired_at", record.retired_at ? Json(format_utc(*record.retired_at)) : Json()},
       {"counted_since", record.counted_since ? Json(format_utc(*record.counted_since)) : Json()}});
}

std::string standing_of(const RuleRecord& record) {
  using std::chrono::floor, std::chrono::days;
  if (record.retired_at)
    return "retired " + format_utc(floor<days>(*record.retired_at)).substr(0, 10);
  if (record.counted_since)
    return "at work since " + format_utc(floor<days>(*record.counted_since)).substr(0, 10);
  return "at work";
}

ExitCode show_rates(Context& context) {
  const auto records = usecases::proposal_rates(context.session());
  render::Output output;
  output.schema = "nines/incident.proposals.rates/v1";
  output.data = Json::array();
  render::Table table{{{"rule"},
                       {"open", render::Align::right},
                       {"accepted", render::Align::right},
                       {"edited", render::Align::right},
                       {"rejected", render::Align::right},
                       {"rate", render::Align::right},
                       {"95 %"},
                       {"standing", render::Align::left, false, true},
                       {"withdrawn", render::Align::right, true}},
                      {}};
  for (const auto& record : records) {
    output.data.push(rate_json(record));
    const auto n = record.decided();
    const auto interval = acceptance_interval(record);
    table.rows.push_back(
        {record.rule,
         std::to_string(record.open),
         std::to_string(record.accepted),
         std::to_string(record.edited),
         std::to_string(record.rejected),
         n == 0 ? "-" : percent_text(static_cast<double>(record.accepted) / static_cast<double>(n)),
         n == 0 ? "-" : percent_text(interval.low) + " to " + percent_text(interval.high),
         {standing_of(record), record.retired_at ? render::Tone::warn : render::Tone::plain},
         std::to_string(record.withdrawn)});
  }
  auto& page = output.page;
  if (records.empty()) {
    page.push_back(render::Paragraph{"no rule has proposed anything"});
  } else {
    page.push_back(std::move(table));
    page.push_back(render::Paragraph{
        "The rate is accepted of decided (accepted + rejected), its interval Wilson's. A rule "
        "retires when even the upper end is below " +
            percent_text(nines::incident::kRetireBelow) +
            ": nines incident reinstate RULE puts it back to work.",
        render::Tone::dim});
  }
  context.show(output);
  return ExitCode::done;
}

Json revision_json(const nines::incident::Proposal& revision) {
  return Json::object({{"revision", revision.revision},
                       {"at", format_utc(revision.updated_at)},
                       {"title", revision.title},
                       {"body", revision.body},
                       {"evidence", to_json(revision.evidence)},
                       {"confidence", revision.confidence.percent},
                       {"confidence_basis", revision.confidence.basis}});
}

void add_decision(render::Page& page, const usecases::ProposalView& view) {
  const auto& p = view.proposal;
  if (!p.decision) return;
  const auto& decision = *p.decision;
  render::Facts facts;
  facts.items.emplace_back(std::string(to_string(p.state)) + " by",
                           decision.by + " at " + format_utc(whole_second(decision.at)));
  if (!decision.because.empty()) facts.items.emplace_back("because", decision.because);
  if (decision.edited())
    for (const auto& [key, value] : decision.edits.as_object())
      facts.items.emplace_back("edited " + key,
                               "'" + p.body.text(key) + "' to '" + value.as_string() + "'");
  if (!view.result.empty()) facts.items.emplace_back("came to", view.result);
  if (p.contested > 0)
    facts.items.emplace_back(
        "contested", "decided again " + count_of(static_cast<std::uint64_t>(p.contested), "time") +
                         " on machines that were apart");
  page.push_back(std::move(facts));
}

ExitCode show_one(Context& context, const std::string& name) {
  const auto history = usecases::show_proposal(context.session(), name);
  const auto& view = history.view;
  const auto& p = view.proposal;
  render::Output output;
  output.schema = "nines/incident.proposals.show/v1";
  output.data = proposal_json(view);
  auto revisions = Json::array();
  for (const auto& revision : history.revisions) revisions.push(revision_json(revision));
  output.data.set("revisions", std::move(revisions));
  auto& page = output.page;
  page.push_back(render::Heading{p.name + "  " + p.title});
  page.push_back(render::Facts{
      {{"state", std::string(to_string(p.state))},
       {p.decision ? "accepting it" : "accepting", view.effect},
       {"rule", p.rule},
       {"confidence", std::to_string(p.confidence.percent) + " %: " + p.confidence.basis},
       {"proposed", format_utc(whole_second(p.proposed_at))}}});
  render::Table evidence{
      {{"evidence", render::Align::left, false, true}, {"reference", render::Align::left, true}},
      {}};
  for (const auto& one : p.evidence) evidence.rows.push_back({one.says, one.reference});
  page.push_back(std::move(evidence));
  if (history.revisions.size() > 1) {
    render::Table table{{{"revision", render::Align::right},
                         {"learnt (UTC)"},
                         {"said", render::Align::left, false, true}},
                        {}};
    for (const auto& revision : history.revisions)
      table.rows.push_back({std::to_string(revision.revision),
                            format_utc(whole_second(revision.updated_at)), revision.title});
    page.push_back(std::move(table));
  }
  add_decision(page, view);
  if (p.state == ProposalState::open)
    page.push_back(render::Next{"nines incident accept " + p.name,
                                "or nines incident reject " + p.name + " --because TEXT"});
  context.show(output);
  return ExitCode::done;
}

ExitCode show_proposals(Context& context) {
  const auto views = usecases::list_proposals(
      context.session(),
      {context.args.flag("all"), context.args.text("kind"), context.args.text("rule")});
  render::Output output;
  output.schema = "nines/incident.proposals/v1";
  output.data = Json::array();
  const bool all = context.args.flag("all");
  render::Table table{{{"name"},
                       {"state", render::Align::left, !all},
                       {"rule"},
                       {"sure", render::Align::right},
                       {"age", render::Align::right},
                       {"accepting it", render::Align::left, false, true},
                       {"kind", render::Align::left, true}},
                      {}};
  for (const auto& view : views) {
    const auto& p = view.proposal;
    output.data.push(proposal_json(view));
    table.rows.push_back(
        {p.name, std::string(to_string(p.state)), p.rule,
         std::to_string(p.confidence.percent) + " %",
         format_duration(whole_second(context.now()) - whole_second(p.proposed_at)), view.effect,
         p.kind});
  }
  auto& page = output.page;
  if (views.empty()) {
    page.push_back(render::Paragraph{all ? "nothing was proposed" : "nothing is proposed"});
    page.push_back(all ? render::Next{"nines incident ingest FILE", "alerts become proposals"}
                       : render::Next{"nines incident proposals --all", "the decided ones too"});
  } else {
    page.push_back(std::move(table));
    const auto open = std::find_if(views.begin(), views.end(), [](const auto& view) {
      return view.proposal.state == ProposalState::open;
    });
    if (open != views.end())
      page.push_back(render::Next{"nines incident proposals " + open->proposal.name,
                                  "its evidence; then accept or reject it"});
    else
      page.push_back(render::Next{"nines incident proposals --rates", "how the rules fare"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_proposals(Options& options) {
  options.about(
      "Automatic rules only propose: an incident to open, alerts to attach to one, a step in one's "
      "life. Nothing happens until a person accepts, and each proposal is decided once. With an ID "
      "everything about one: its evidence, what it said before, what was decided.");
  options.positional_optional("id", "PRP-7, or 7: one proposal in full");
  options.flag("all", "decided and withdrawn ones too");
  options.text("kind", "KIND", "only those of this kind, such as incident.open");
  options.text("rule", "RULE", "only those of this rule, such as alert-group");
  options.flag("rates", "how often people accepted each rule's proposals");
  options.example("nines incident proposals", "what waits for a person");
  options.example("nines incident proposals 7 -o json", "one with its evidence, for a program");
  options.example("nines incident proposals --rates", "which rules are worth listening to");
}

ExitCode run_proposals(Context& context) {
  const auto id = context.args.text("id");
  const bool narrowed =
      context.args.flag("all") || context.args.given("kind") || context.args.given("rule");
  if (context.args.flag("rates")) {
    if (id || narrowed)
      throw Error(ExitCode::usage, "--rates stands alone", "nines incident proposals --rates",
                  "BAD_COMBINATION");
    return show_rates(context);
  }
  if (!id) return show_proposals(context);
  if (narrowed)
    throw Error(ExitCode::usage, "an ID names one proposal: there is nothing to narrow down",
                "nines incident proposals " + *id, "BAD_COMBINATION");
  return show_one(context, *id);
}

}  // namespace nines::app::incident
