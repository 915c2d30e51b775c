// Pages and data of a case.
#include "nines/rca/case_pages.hpp"

#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/hypothesis_page.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::RuleState;

Json proposed_json(const std::optional<nines::rca::ProposedRatio>& proposed) {
  if (!proposed) return {};
  return Json::object({{"ratio", to_string(proposed->step)},
                       {"estimate", probability_json(proposed->ratio)},
                       {"low", probability_json(proposed->low)},
                       {"high", probability_json(proposed->high)},
                       {"method", proposed->method}});
}

Json evidence_json(const nines::rca::Hypothesis& one, const nines::rca::Belief& belief) {
  auto list = Json::array();
  for (std::size_t i = 0; i < one.evidence.size(); ++i) {
    const auto& item = one.evidence[i];
    list.push(Json::object({{"kind", to_string(item.kind)},
                            {"ratio", to_string(item.strength)},
                            {"text", item.text},
                            {"source", text_or_null(item.source)},
                            {"by", item.by},
                            {"at", format_utc(item.at)},
                            {"counts", static_cast<bool>(belief.counts[i])},
                            {"proposed", proposed_json(item.proposed)},
                            {"given_with", item.was ? Json(to_string(*item.was)) : Json()},
                            {"because", text_or_null(item.because)}}));
  }
  return list;
}

/// What somebody should read first of a hypothesis.
std::string hypothesis_line(const nines::rca::Hypothesis& one, const nines::rca::Belief& belief,
                            bool rivals_above) {
  auto line = fmt::format("{} {} {}  {}", one.name.empty() ? "(new)" : one.name,
                          percent_text(belief.posterior), to_string(one.state), one.text);
  if (one.layer != nines::rca::Layer::none) line += fmt::format(" [{}]", to_string(one.layer));
  if (rivals_above) line = "or " + line;
  return line;
}

std::string evidence_line(const nines::rca::Evidence& item, std::size_t number, bool counts) {
  auto line = fmt::format("{}. x {} {}: {}", number, to_string(item.strength), to_string(item.kind),
                          item.text);
  if (!item.source.empty()) line += " (" + item.source + ")";
  if (item.was) line += fmt::format(" - given with x {}", to_string(*item.was));
  if (item.proposed && item.proposed->step != item.strength)
    line += fmt::format(" - x {} was proposed", to_string(item.proposed->step));
  if (!item.because.empty()) line += " - because " + item.because;
  if (!counts) line += " - not counted: a stronger one of its kind and source is";
  return line;
}

/// What else is said of a hypothesis, a line each.
std::vector<std::string> notes_of(const nines::rca::Hypothesis& one,
                                  const nines::rca::Belief& belief) {
  std::vector<std::string> notes;
  if (const auto line = quiet_line(one, belief); !line.empty()) notes.push_back(line);
  if (!one.because.empty()) notes.push_back("because " + one.because);
  if (!one.counterfactual.empty()) notes.push_back("without it: " + one.counterfactual);
  if (!one.action.empty()) notes.push_back("action: " + one.action);
  if (!one.accepted_risk.empty()) notes.push_back("accepted: " + one.accepted_risk);
  if (!one.capture.empty()) notes.push_back("capture: " + one.capture);
  for (std::size_t i = 0; i < one.watches.size(); ++i)
    if (!one.watches[i].ended) notes.push_back("awaits: " + watch_name(one.watches[i], i + 1));
  return notes;
}

}  // namespace

void declare_analysis(Options& options) {
  options.positional_optional("analysis",
                              "RCA-2, 2, or an incident's name; default: the newest analysis of "
                              "the current incident, else the only open one");
}

std::optional<std::string> analysis_of(const Context& context) {
  return context.args.text("analysis");
}

std::string words_of(const Context& context, std::string_view name) {
  return std::string(trim(join(context.args.list(name), " ")));
}

std::vector<std::string> choices_of(const std::vector<std::string_view>& names) {
  return {names.begin(), names.end()};
}

Json probability_json(double probability) { return {std::round(probability * 10000) / 10000}; }

std::string percent_text(double probability) {
  if (probability > 0.99) return ">99%";
  if (probability < 0.01) return "<1%";
  return fmt::format("{:.0f}%", probability * 100);
}

Json analysis_json(const nines::rca::Analysis& one, const std::string& incident) {
  return Json::object(
      {{"name", text_or_null(one.name)},
       {"incident", incident},
       {"method", to_string(one.method)},
       {"question", one.question},
       {"state", to_string(one.state)},
       {"conclusion", text_or_null(one.conclusion)},
       {"owner", text_or_null(one.owner)},
       {"review", one.review ? Json(format_utc(*one.review).substr(0, 10)) : Json()},
       {"by", one.by},
       {"started_at", format_utc(one.started_at)},
       {"ended_at", one.ended_at ? Json(format_utc(*one.ended_at)) : Json()}});
}

Json ended_analysis_json(const nines::rca::Analysis& one, const std::string& incident) {
  return analysis_json(one, incident)
      .set("authentication", one.ended_at ? nines::log::to_json(one.proof) : Json());
}

Json hypothesis_json(const usecases::CaseView& view, std::size_t index) {
  const auto& one = view.file.hypotheses[index];
  const auto& belief = view.beliefs[index];
  Json parent;
  for (const auto& other : view.file.hypotheses)
    if (one.parent && other.uid == *one.parent) parent = Json(other.name);
  return Json::object({{"name", text_or_null(one.name)},
                       {"parent", std::move(parent)},
                       {"rival", one.rival},
                       {"text", one.text},
                       {"layer", text_or_null(std::string(to_string(one.layer)))},
                       {"state", to_string(one.state)},
                       {"because", text_or_null(one.because)},
                       {"prior", probability_json(belief.prior)},
                       {"posterior", probability_json(belief.posterior)},
                       {"counterfactual", text_or_null(one.counterfactual)},
                       {"action", text_or_null(one.action)},
                       {"accepted_risk", text_or_null(one.accepted_risk)},
                       {"capture", text_or_null(one.capture)},
                       {"by", one.by},
                       {"at", format_utc(one.at)},
                       {"evidence", evidence_json(one, belief)}});
}

Json rules_json(const std::vector<nines::rca::RuleResult>& rules) {
  auto list = Json::array();
  for (const auto& rule : rules)
    list.push(Json::object({{"number", rule.number},
                            {"rule", rule.rule},
                            {"state", to_string(rule.state)},
                            {"why", text_or_null(rule.why)},
                            {"mend", text_or_null(rule.mend)}}));
  return list;
}

std::string case_headline(const usecases::CaseView& view) {
  const auto& one = view.file.analysis;
  return fmt::format("{}  {}  {}  {}: {}", one.name, to_string(one.state), to_string(one.method),
                     view.incident.name, one.question);
}

render::WhyDrawing why_drawing(const usecases::CaseView& view) {
  const auto& all = view.file.hypotheses;
  const auto tree = nines::rca::why_tree(all);
  render::WhyDrawing drawing;
  drawing.title = view.file.analysis.name + "  " + view.incident.name;
  drawing.question = view.file.analysis.question;
  std::vector<std::size_t> place(all.size(), 0);
  for (const auto& row : tree.rows) {
    const auto& one = all[row.index];
    const auto& belief = view.beliefs[row.index];
    render::WhyBox box;
    if (tree.parent[row.index]) box.parent = place[*tree.parent[row.index]];
    box.name = one.name;
    box.text = one.text;
    box.state = to_string(one.state);
    box.layer = to_string(one.layer);
    box.posterior = belief.posterior;
    box.rival = one.rival;
    box.refuted = one.state == nines::rca::HypothesisState::refuted;
    box.weight = belief.quiet;
    for (std::size_t i = 0; i < one.evidence.size(); ++i) {
      const auto& item = one.evidence[i];
      const double ratio = nines::rca::ratio_of(item.strength);
      if (belief.counts[i]) box.weight *= ratio;
      box.evidence.push_back({evidence_line(item, i + 1, belief.counts[i]), ratio,
                              static_cast<bool>(belief.counts[i])});
    }
    box.notes = notes_of(one, belief);
    place[row.index] = drawing.boxes.size();
    drawing.boxes.push_back(std::move(box));
  }
  return drawing;
}

std::string why_text(const usecases::CaseView& view) {
  const auto tree = nines::rca::why_tree(view.file.hypotheses);
  std::string text = view.file.analysis.question + "\n";
  std::vector<bool> more_below;  // whether a line goes on past each depth
  for (std::size_t i = 0; i < tree.rows.size(); ++i) {
    const auto [index, depth] = tree.rows[i];
    bool last = true;
    for (std::size_t j = i + 1; j < tree.rows.size() && tree.rows[j].depth >= depth; ++j)
      if (tree.rows[j].depth == depth) {
        last = false;
        break;
      }
    more_below.resize(depth);
    std::string indent;
    for (const bool more : more_below) indent += more ? "|  " : "   ";
    const auto& one = view.file.hypotheses[index];
    const bool follows_rival = i > 0 && one.rival && depth <= tree.rows[i - 1].depth;
    text += indent + (last ? "`- " : "+- ") +
            hypothesis_line(one, view.beliefs[index], follows_rival) + "\n";
    more_below.push_back(!last);
    const auto under = indent + (last ? "   " : "|  ") + (tree.is_leaf(index) ? "   " : "|  ");
    for (std::size_t n = 0; n < one.evidence.size(); ++n)
      text += under + evidence_line(one.evidence[n], n + 1, view.beliefs[index].counts[n]) + "\n";
    for (const auto& note : notes_of(one, view.beliefs[index])) text += under + note + "\n";
  }
  return text;
}

std::string rules_text(const std::vector<nines::rca::RuleResult>& rules) {
  std::string text;
  for (const auto& rule : rules) {
    text += fmt::format("{} {:7}  {}\n", rule.number, to_string(rule.state), rule.rule);
    if (rule.state != RuleState::met) text += "           " + rule.why + "\n";
  }
  return text;
}

}  // namespace nines::app::rca
