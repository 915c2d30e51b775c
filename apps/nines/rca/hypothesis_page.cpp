// The page of one hypothesis, and the lines that say what its figures come from.
#include "nines/rca/hypothesis_page.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"

namespace nines::app::rca {

std::string quiet_line(const nines::rca::Hypothesis& one, const nines::rca::Belief& belief) {
  // What rounds to 1 says nothing yet.
  if (!belief.quiet_watch || belief.quiet > 0.995) return {};
  const auto& watch = one.watches[*belief.quiet_watch];
  const auto quiet = nines::rca::quiet_of(watch);
  return fmt::format(
      "x {:.2f}: quiet of {} for {}, one expected every {}: exp(-exposure / every){}; {:.2f} to "
      "{:.2f} if it came twice or half as often",
      quiet.ratio, watch_name(watch, *belief.quiet_watch + 1), format_duration(quiet.exposure),
      format_duration(*watch.every), quiet.floored ? ", but no less than 1/10" : "", quiet.low,
      quiet.high);
}

std::string estimate_text(const nines::rca::ProposedRatio& ratio) {
  // Far beyond the table no digit means anything.
  const auto figure = [](double value) {
    if (value > 1000) return std::string(">1000");
    if (value < 0.001) return std::string("<0.001");
    return fmt::format("{:.3g}", value);
  };
  return fmt::format("{} ({} to {}, 90 %), {}", figure(ratio.ratio), figure(ratio.low),
                     figure(ratio.high), ratio.method);
}

std::vector<std::string> rival_lines(const usecases::CaseView& view) {
  std::vector<std::string> lines;
  for (const auto& rivals : nines::rca::likely_rivals(view.file, view.beliefs)) {
    std::vector<std::string> names;
    for (const auto index : rivals) names.push_back(view.file.hypotheses[index].name);
    lines.push_back("rivals " + join(names, ", ") +
                    " are each likelier than not, and cannot all be true: look for what tells "
                    "them apart");
  }
  return lines;
}

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
  if (const auto line = quiet_line(one, in.belief()); !line.empty())
    output.page.push_back(render::Paragraph{line});
  for (const auto& line : rival_lines(in.view)) output.page.push_back(render::Paragraph{line});
  if (nines::rca::blames_person(one.text))
    context.warn("'" + one.text +
                 "' is about a person: what made it likely? An analysis does not "
                 "close on it; add the condition with --under " +
                 (one.name.empty() ? "HYP" : one.name));
  if (one.state == nines::rca::HypothesisState::suspected && one.watches.empty())
    output.page.push_back(render::Next{
        "nines rca hypothesis watch " + one.name + " --log TEXT", "let the next one attach itself"});
  output.page.push_back(render::Next{"nines rca hypothesis next", "what is most worth a look"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
