// Runs nines rca hypothesis add, evidence, set and next: what could explain it, and how likely.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

constexpr std::string_view kTexts[] = {"text", "layer", "counterfactual", "action", "capture"};

ExitCode show_hypothesis(Context& context, const usecases::HypothesisView& in, std::string what) {
  const auto& one = in.hypothesis();
  render::Output output;
  output.schema = "nines/rca.hypothesis/v1";
  output.data = Json::object({{"analysis", in.view.file.analysis.name},
                              {"hypothesis", hypothesis_json(in.view, in.index)}});
  output.page.push_back(render::Paragraph{std::move(what)});
  output.page.push_back(render::Paragraph{
      fmt::format("prior {}, posterior {} after {}", percent_text(in.belief().prior),
                  percent_text(in.belief().posterior),
                  count_of(one.evidence.size(), "piece of evidence", "pieces of evidence"))});
  if (nines::rca::blames_person(one.text))
    context.warn("'" + one.text +
                 "' is about a person: what made it likely? An analysis does not "
                 "close on it; add the condition with --under " +
                 (one.name.empty() ? "HYP" : one.name));
  output.page.push_back(render::Next{"nines rca hypothesis next", "what is most worth a look"});
  context.show(output);
  return ExitCode::done;
}

void declare_layer(Options& options) {
  options.choice("layer", choices_of(nines::rca::layer_names()), "where the factor lies");
}

}  // namespace

void declare_hypothesis_add(Options& options) {
  options.about(
      "Adds something that could explain the incident, or with --under what could explain another "
      "hypothesis. At the top hypotheses are rivals: one of them, or none, is true. Under another "
      "they are conditions that met, unless --rival says otherwise. Rivals share the prior with "
      "'none of these' unless --prior names one.");
  options.positionals_required("text", "what could be the cause");
  options.text("analysis", "ID", "another analysis than the current incident's newest");
  options.text("under", "HYP", "the hypothesis that this one would explain");
  options.flag("rival", "an alternative to the others under the same hypothesis");
  declare_layer(options);
  options.integer("prior", "PERCENT", "how likely it is before any evidence, 1 to 99");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca hypothesis add \"the connection pool was exhausted\"",
                  "a first explanation");
  options.example("nines rca hypothesis add no limit per tenant --under HYP-1 --layer technical",
                  "why that could happen");
}

ExitCode run_hypothesis_add(Context& context) {
  usecases::HypothesisRequest request;
  request.text = words_of(context, "text");
  request.analysis = context.args.text("analysis");
  request.parent = context.args.text("under");
  if (context.args.flag("rival")) request.rival = true;
  if (const auto layer = context.args.text("layer"))
    request.layer = nines::rca::layer_from(*layer).value_or(nines::rca::Layer::none);
  if (const auto prior = context.args.integer("prior")) {
    if (*prior < 1 || *prior > 99)
      throw Error(ExitCode::usage, "--prior is a percentage from 1 to 99",
                  "leave it out, and rivals share it", "BAD_VALUE");
    request.prior_percent = static_cast<int>(*prior);
  }
  const auto in = usecases::add_hypothesis(context.session(), request, context.dry_run());
  return show_hypothesis(context, in,
                         (context.dry_run() ? "would add: " : in.hypothesis().name + "  added: ") +
                             in.hypothesis().text);
}

void declare_hypothesis_evidence(Options& options) {
  options.about(
      "Gives evidence for or against a hypothesis. The ratio says how much likelier the evidence "
      "is if the hypothesis is true: 10 and 3 speak for it, 1/3 and 1/10 against it, 1 tells "
      "nothing. Of two pieces of one kind from one source only the stronger counts.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.positionals_required("text", "what was seen");
  options.choice("kind", choices_of(nines::rca::evidence_kind_names()), "kind of evidence")
      .required = true;
  options.choice("ratio", choices_of(nines::rca::strength_names()), "how much likelier it is")
      .required = true;
  options.text("source", "TEXT", "where it comes from: a query, a dashboard, a person");
  options.text("because", "TEXT", "the reason for this ratio, for the record");
  options.example(
      "nines rca hypothesis evidence HYP-1 \"pool at 100 % from 09:13\" --kind metric "
      "--ratio 10",
      "speaks strongly for it");
  options.example(
      "nines rca hypothesis evidence 2 \"no deploy in 3 days\" --kind change --ratio 1/10",
      "speaks against it");
}

ExitCode run_hypothesis_evidence(Context& context) {
  usecases::EvidenceRequest request;
  request.hypothesis = context.args.required("hypothesis");
  request.text = words_of(context, "text");
  request.kind = nines::rca::evidence_kind_from(context.args.required("kind"))
                     .value_or(nines::rca::EvidenceKind::testimony);
  request.strength =
      nines::rca::strength_from(context.args.required("ratio")).value_or(nines::rca::Strength::one);
  request.source = context.args.text("source").value_or("");
  const auto in = usecases::give_evidence(context.session(), request, context.dry_run());
  return show_hypothesis(context, in,
                         in.hypothesis().name +
                             (context.dry_run() ? "  would be given: " : "  given: ") +
                             request.text);
}

void declare_hypothesis_set(Options& options) {
  options.about(
      "Judges a hypothesis, or says more of it. A state other than open needs its reason; "
      "suspected means not reproduced, and says what to capture at the next occurrence.");
  options.positional("hypothesis", "HYP-3, or 3");
  options.choice("state", choices_of(nines::rca::hypothesis_state_names()), "what it is now");
  options.text("because", "TEXT", "why it is in that state");
  options.text("text", "TEXT", "other words for it");
  declare_layer(options);
  options.text("counterfactual", "TEXT", "what would not have happened without it");
  options.text("action", "TEXT", "what is done about it, or where that is tracked");
  options.text("accept-risk", "TEXT", "why nothing is done about it");
  options.text("capture", "TEXT", "what to record at the next occurrence");
  options.example("nines rca hypothesis set HYP-2 --state refuted --because \"no change was made\"",
                  "a rival falls");
  options.example("nines rca hypothesis set 1 --action OPS-311 --counterfactual \"no queue\"",
                  "what is done about a cause");
}

ExitCode run_hypothesis_set(Context& context) {
  usecases::HypothesisChange change;
  change.hypothesis = context.args.required("hypothesis");
  if (const auto state = context.args.text("state"))
    change.state = nines::rca::hypothesis_state_from(*state);
  change.because = context.args.text("because").value_or("");
  for (const auto name : kTexts)
    if (const auto value = context.args.text(name)) change.fields.emplace(name, *value);
  if (const auto risk = context.args.text("accept-risk"))
    change.fields.emplace("accepted_risk", *risk);
  const auto in = usecases::set_hypothesis(context.session(), change, context.dry_run());
  return show_hypothesis(context, in,
                         in.hypothesis().name + (context.dry_run() ? "  would be " : "  is ") +
                             std::string(to_string(in.hypothesis().state)) + ": " +
                             in.hypothesis().text);
}

void declare_hypothesis_next(Options& options) {
  options.about(
      "What is most worth a look: for each open hypothesis the kind of evidence it has none of, "
      "by the information a look with ratio 10 is expected to give, in bits.");
  declare_analysis(options);
  options.example("nines rca hypothesis next", "of the current incident");
  options.example("nines rca hypothesis next RCA-2 -o json", "for a program");
}

ExitCode run_hypothesis_next(Context& context) {
  const auto view = usecases::choose_case(context.session(), analysis_of(context));
  const auto looks = nines::rca::next_looks(view.file, view.beliefs);
  render::Output output;
  output.schema = "nines/rca.hypothesis.next/v1";
  output.data = Json::array();
  render::Table table{{{"bits", render::Align::right},
                       {"hypothesis"},
                       {"now", render::Align::right},
                       {"look for"},
                       {"text", render::Align::left, false, true}},
                      {}};
  for (const auto& look : looks) {
    const auto& one = view.file.hypotheses[look.hypothesis];
    const auto now = view.beliefs[look.hypothesis].posterior;
    output.data.push(Json::object({{"hypothesis", one.name},
                                   {"text", one.text},
                                   {"posterior", probability_json(now)},
                                   {"kind", to_string(look.kind)},
                                   {"expected_bits", probability_json(look.bits)}}));
    table.rows.push_back({fmt::format("{:.2f}", look.bits), one.name, percent_text(now),
                          std::string(to_string(look.kind)), one.text});
  }
  output.page.push_back(render::Heading{case_headline(view)});
  if (looks.empty()) {
    output.page.push_back(
        render::Paragraph{view.file.hypotheses.empty()
                              ? "there is no hypothesis yet"
                              : "no hypothesis is open with a kind of evidence to look for"});
    output.page.push_back(
        view.file.hypotheses.empty()
            ? render::Next{"nines rca hypothesis add TEXT", "what could explain it"}
            : render::Next{"nines rca stop", "whether the analysis may close"});
  } else {
    output.page.push_back(std::move(table));
    output.page.push_back(
        render::Next{fmt::format("nines rca hypothesis evidence {} TEXT --kind {} --ratio RATIO",
                                 view.file.hypotheses[looks.front().hypothesis].name,
                                 to_string(looks.front().kind)),
                     "what was seen there"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
