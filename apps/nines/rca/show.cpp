// Runs nines rca list, show and why: the analyses, one of them whole, and its why-tree.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/hypothesis_page.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

/// More boxes nobody can read.
constexpr std::size_t kMostBoxes = 2000;

Json case_json(const usecases::CaseView& view) {
  auto list = Json::array();
  for (std::size_t i = 0; i < view.file.hypotheses.size(); ++i) list.push(hypothesis_json(view, i));
  return Json::object({{"analysis", ended_analysis_json(view.file.analysis, view.incident.name)},
                       {"hypotheses", std::move(list)}});
}

}  // namespace

void declare_list(Options& options) {
  options.about("All analyses, oldest first.");
  options.example("nines rca list", "what was looked into");
  options.example("nines rca list -o csv", "for a spreadsheet");
}

ExitCode run_list(Context& context) {
  const auto rows = usecases::list_analyses(context.session());
  render::Output output;
  output.schema = "nines/rca.list/v1";
  output.data = Json::array();
  render::Table table{{{"name"},
                       {"incident"},
                       {"state"},
                       {"method"},
                       {"hypotheses", render::Align::right},
                       {"question", render::Align::left, false, true}},
                      {}};
  for (const auto& row : rows) {
    const auto& one = row.analysis;
    output.data.push(analysis_json(one, row.incident).set("hypotheses", row.hypotheses));
    table.rows.push_back({one.name, row.incident, std::string(to_string(one.state)),
                          std::string(to_string(one.method)), std::to_string(row.hypotheses),
                          one.question});
  }
  if (rows.empty()) {
    output.page.push_back(render::Paragraph{"no analysis is on record"});
    output.page.push_back(render::Next{"nines rca start INCIDENT", "begin one"});
  } else {
    output.page.push_back(std::move(table));
  }
  context.show(output);
  return ExitCode::done;
}

void declare_show(Options& options) {
  options.about("One analysis: its question, its hypotheses with their evidence, how it ended.");
  declare_analysis(options);
  options.example("nines rca show", "the current incident's newest");
  options.example("nines rca show RCA-2 -o json", "for a program");
}

ExitCode run_show(Context& context) {
  const auto view = usecases::choose_case(context.session(), analysis_of(context));
  const auto& one = view.file.analysis;
  render::Output output;
  output.schema = "nines/rca.show/v1";
  output.data = case_json(view);
  output.page.push_back(render::Heading{case_headline(view)});
  render::Facts facts;
  facts.items.emplace_back("begun", format_utc(one.started_at) + " by " + one.by);
  if (one.ended_at) facts.items.emplace_back("ended", format_utc(*one.ended_at));
  if (!one.conclusion.empty())
    facts.items.emplace_back(one.owner.empty() ? "conclusion" : "risk that stays", one.conclusion);
  if (one.ended_at) facts.items.emplace_back("proof", authentication_text(one.proof));
  if (!one.owner.empty()) facts.items.emplace_back("owner", one.owner);
  if (one.review) facts.items.emplace_back("review", format_utc(*one.review).substr(0, 10));
  output.page.push_back(std::move(facts));
  if (!view.file.hypotheses.empty()) output.page.push_back(render::Preformatted{why_text(view)});
  if (one.state == nines::rca::AnalysisState::open)
    output.page.push_back(
        view.file.hypotheses.empty()
            ? render::Next{"nines rca hypothesis add TEXT", "what could explain it"}
            : render::Next{"nines rca stop", "whether it may close"});
  context.show(output);
  return ExitCode::done;
}

void declare_why(Options& options) {
  options.about(
      "The why-tree of an analysis: each hypothesis under what it would explain, 'or' before a "
      "rival, the evidence beneath each with its ratio, and how likely each is now. As SVG the "
      "tree goes from left to right, dashed edges lead to rivals, and each edge bears all its "
      "evidence as one ratio.");
  declare_analysis(options);
  options.flag("svg", "write the tree as SVG, to --out or standard output");
  options.path("out", "PATH", "with --svg: the file to write");
  options.example("nines rca why", "of the current incident");
  options.example("nines rca why RCA-2 -o md", "for a document");
  options.example("nines rca why --svg --out why.svg", "the tree for a page");
}

ExitCode run_why(Context& context) {
  if (context.args.given("out") && !context.args.flag("svg"))
    throw Error(ExitCode::usage, "--out needs --svg",
                "the other formats go to standard output: -o FORMAT");
  const auto view = usecases::choose_case(context.session(), analysis_of(context));
  if (context.args.flag("svg")) {
    if (view.file.hypotheses.size() > kMostBoxes)
      throw Error(ExitCode::usage, "the tree is too large to be drawn as SVG",
                  "at most " + std::to_string(kMostBoxes) + " hypotheses: nines rca why -o json");
    write_document(context, render::draw_why_svg(why_drawing(view)));
    return ExitCode::done;
  }
  render::Output output;
  output.schema = "nines/rca.why/v1";
  output.data = case_json(view);
  output.page.push_back(render::Preformatted{why_text(view)});
  for (const auto& line : rival_lines(view)) output.page.push_back(render::Paragraph{line});
  output.page.push_back(
      render::Next{"nines rca hypothesis add TEXT --under HYP", "ask why once more"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
