// Runs nines rca hypothesis add, set and next: what could explain it, and how likely.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/hypothesis_page.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

constexpr std::string_view kTexts[] = {"text", "layer", "counterfactual", "action", "capture"};

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
      "What is most worth a look: for each open hypothesis every kind of evidence it has none of, "
      "by the information a look is expected to give, in bits: the uncertainty now, less the "
      "expected one after either outcome. A look is taken to have the ratio 10 where the thing "
      "itself is seen, 3 where somebody remembers it; the most telling comes first.");
  options.about(
      "A look at a hypothesis that is near 0 or 100 % tells little, whatever it shows. 'if for' and "
      "'if against' are how likely the hypothesis would be then.");
  declare_analysis(options);
  options.flag("all", "every kind, not the best three of each hypothesis");
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
                       {"if for", render::Align::right},
                       {"if against", render::Align::right},
                       {"text", render::Align::left, false, true}},
                      {}};
  constexpr std::size_t kShownKinds = 3;
  std::vector<std::size_t> shown(view.file.hypotheses.size(), 0);
  std::size_t hidden = 0;
  for (const auto& look : looks) {
    const auto& one = view.file.hypotheses[look.hypothesis];
    const auto now = view.beliefs[look.hypothesis].posterior;
    output.data.push(Json::object({{"hypothesis", one.name},
                                   {"text", one.text},
                                   {"posterior", probability_json(now)},
                                   {"kind", to_string(look.kind)},
                                   {"ratio", static_cast<std::int64_t>(look.ratio)},
                                   {"expected_bits", probability_json(look.bits)},
                                   {"posterior_if_for", probability_json(look.if_for)},
                                   {"posterior_if_against", probability_json(look.if_against)}}));
    if (++shown[look.hypothesis] > kShownKinds && !context.args.flag("all")) {
      ++hidden;
      continue;
    }
    table.rows.push_back({fmt::format("{:.2f}", look.bits), one.name, percent_text(now),
                          std::string(to_string(look.kind)), percent_text(look.if_for),
                          percent_text(look.if_against), one.text});
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
    if (hidden > 0)
      output.page.push_back(render::Paragraph{
          count_of(hidden, "more look") + ", less telling or as telling: --all", render::Tone::dim});
    for (const auto& line : rival_lines(view)) output.page.push_back(render::Paragraph{line});
    const auto& best = looks.front();
    output.page.push_back(
        render::Next{fmt::format("nines rca hypothesis evidence {} TEXT --kind {} --ratio RATIO",
                                 view.file.hypotheses[best.hypothesis].name, to_string(best.kind)),
                     "what was seen there"});
    if (best.kind == nines::rca::EvidenceKind::log)
      output.page.push_back(render::Next{"nines rca hypothesis logs FILE",
                                         "let the log propose it, with its ratio"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
