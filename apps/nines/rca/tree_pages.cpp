// The solution of a fault tree as a page for people.
#include "nines/rca/tree_pages.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace nines::app::rca {
namespace {

using namespace nines::rca::tree;
using usecases::SolvedTree;

constexpr std::size_t kShownEvents = 10;

std::string figure(double value) { return fmt::format("{:.4g}", value); }
std::string figure_or(const std::optional<double>& value, const char* otherwise) {
  return value ? figure(*value) : otherwise;
}

/// "46,188"; a count beyond all digits stays in words.
std::string count_text(const Count& count) {
  auto digits = to_string(count);
  if (count.more) return digits;
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string probability_text(const Solution& solution) {
  if (solution.probability) return fmt::format("{:.9e}, exact", *solution.probability);
  if (!solution.order) return "undecided: no decision diagram fits the nodes allowed";
  return "not known: " + count_of(solution.unknown.size(), "event") + " without probability";
}

std::string sets_text(const std::optional<OrderCounts>& counts) {
  return counts ? count_text(counts->total) : "undecided: they do not fit the nodes allowed";
}

render::Table histogram_table(const OrderCounts& counts) {
  render::Table table{{{"order", render::Align::right}, {"cut sets", render::Align::right}}, {}};
  for (std::size_t order = 0; order < counts.by_order.size(); ++order)
    if (counts.by_order[order].value != 0)
      table.rows.push_back({std::to_string(order), count_text(counts.by_order[order])});
  return table;
}

render::Table sets_table(const FaultTree& tree, const std::vector<ListedSet>& sets) {
  render::Table table{{{"#", render::Align::right},
                       {"probability", render::Align::right},
                       {"order", render::Align::right},
                       {"events", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < sets.size(); ++i) {
    std::string names;
    for (const auto event : sets[i].events)
      names += (names.empty() ? "" : ", ") + tree.events[event].name;
    table.rows.push_back({std::to_string(i + 1), figure_or(sets[i].probability, "-"),
                          std::to_string(sets[i].events.size()),
                          names.empty() ? "(none needed)" : names});
  }
  return table;
}

render::Table importance_table(const SolvedTree& solved, bool all) {
  render::Table table{{{"event", render::Align::left, false, true},
                       {"p", render::Align::right},
                       {"Birnbaum", render::Align::right},
                       {"criticality", render::Align::right},
                       {"posterior", render::Align::right},
                       {"F-V", render::Align::right, true},
                       {"RAW", render::Align::right},
                       {"RRW", render::Align::right}},
                      {}};
  const auto& rows = solved.solution.importance;
  for (std::size_t i = 0; i < rows.size() && (all || i < kShownEvents); ++i) {
    const auto& m = rows[i].measures;
    const bool infinite = m.risk_achievement && !m.risk_reduction;
    table.rows.push_back({solved.expanded.events[rows[i].event].name, figure(rows[i].probability),
                          figure(m.birnbaum), figure_or(m.criticality, "-"),
                          figure_or(m.posterior, "-"), figure_or(m.fussell_vesely, "-"),
                          figure_or(m.risk_achievement, "-"),
                          infinite ? "inf" : figure_or(m.risk_reduction, "-")});
  }
  return table;
}

void add_importance(const SolvedTree& solved, bool wide, render::Page& page) {
  const auto& rows = solved.solution.importance;
  if (rows.empty()) return;
  page.push_back(render::Heading{"Importance"});
  page.push_back(importance_table(solved, wide));
  if (!wide && rows.size() > kShownEvents)
    page.push_back(render::Paragraph{
        count_of(rows.size(), "event") + " in all: -o wide or -o json", render::Tone::dim});
  std::string legend;
  for (const auto& [name, meaning] : importance_definitions())
    legend += (legend.empty() ? "" : "; ") + name + " = " + meaning;
  page.push_back(render::Paragraph{legend, render::Tone::dim});
}

void add_next(const SolvedTree& solved, const NextLook& next, render::Page& page) {
  auto text = fmt::format("Look at '{}' next: its posterior is {}, and knowing it takes {:.2f} bits of "
                          "doubt away",
                          solved.expanded.events[next.event].name, figure(next.posterior), next.bits);
  if (next.left_if_occurred && next.left_if_not)
    text += fmt::format("; cut sets left: {} if it has occurred, {} if not",
                        count_text(*next.left_if_occurred), count_text(*next.left_if_not));
  page.push_back(render::Paragraph{text});
}

std::string verdict_of(const Observed& observed) {
  switch (observed.state) {
    case Observed::State::open:
      break;
    case Observed::State::ruled_out:
      return "with these observations the top cannot have occurred: one of them is wrong, or the "
             "tree lacks a cause";
    case Observed::State::impossible:
      return "these observations cannot all be true at once";
    case Observed::State::too_large:
      return "undecided: no decision diagram fits the nodes allowed";
  }
  if (observed.cut_sets && observed.cut_sets->by_order.size() == 1)
    return "what was observed is enough for the top to occur";
  return "";
}

void add_observed(const SolvedTree& solved, bool wide, render::Page& page) {
  const auto& observed = *solved.observed;
  std::string seen;
  for (const auto& one : solved.known)
    seen += (seen.empty() ? "" : ", ") + solved.expanded.name_of(one.ref) +
            (one.value ? " occurred" : " did not occur");
  page.push_back(render::Heading{"Given what was observed"});
  render::Facts facts{{{"observed", seen}}};
  if (observed.state == Observed::State::open) {
    facts.items.emplace_back("P(top)", observed.probability ? figure(*observed.probability)
                                                            : std::string("not known"));
    facts.items.emplace_back("cut sets left", sets_text(observed.cut_sets));
  }
  page.push_back(facts);
  if (const auto verdict = verdict_of(observed); !verdict.empty())
    page.push_back(render::Paragraph{verdict, render::Tone::warn});
  if (!observed.most_probable.empty())
    page.push_back(sets_table(solved.expanded, observed.most_probable));
  if (!observed.posteriors.empty()) {
    render::Table table{{{"event", render::Align::left, false, true},
                         {"p", render::Align::right},
                         {"posterior", render::Align::right}},
                        {}};
    for (std::size_t i = 0; i < observed.posteriors.size() && (wide || i < kShownEvents); ++i)
      table.rows.push_back({solved.expanded.events[observed.posteriors[i].event].name,
                            figure(observed.posteriors[i].before),
                            figure(observed.posteriors[i].now)});
    page.push_back(std::move(table));
  }
  if (observed.next) add_next(solved, *observed.next, page);
}

}  // namespace

std::span<const std::pair<std::string, std::string>> importance_definitions() {
  static const std::pair<std::string, std::string> kDefinitions[] = {
      {"birnbaum", "P(top | event) - P(top | not event)"},
      {"criticality", "p * birnbaum / P(top)"},
      {"posterior", "p * P(top | event) / P(top)"},
      {"fussell_vesely", "(P(top) - P(top | not event)) / P(top)"},
      {"risk_achievement_worth", "RAW, P(top | event) / P(top)"},
      {"risk_reduction_worth", "RRW, P(top) / P(top | not event)"},
  };
  return kDefinitions;
}

std::string tree_method(const Solution& solution) {
  if (!solution.order) return "none: no decision diagram fits the nodes allowed";
  auto text = fmt::format("exact (BDD of {}, {} order)", count_of(solution.bdd_nodes, "node"),
                          kOrderNames.of(*solution.order));
  if (!solution.cut_sets) return text + "; cut sets do not fit the nodes allowed";
  return text + fmt::format("; {} counted in a ZBDD of {}",
                            solution.coherent ? "minimal cut sets" : "minimal p-cuts",
                            count_of(solution.set_nodes, "node"));
}

render::Page solved_tree_page(const SolvedTree& solved, bool wide) {
  const auto& solution = solved.solution;
  render::Page page;
  render::Facts facts{{{"top", solved.expanded.gates[solved.top].name},
                       {"P(top)", probability_text(solution)},
                       {solution.coherent ? "cut sets" : "p-cuts", sets_text(solution.cut_sets)},
                       {"method", tree_method(solution)}}};
  if (solution.rare_event_sum)
    facts.items.emplace_back("rare-event sum", figure(*solution.rare_event_sum) + ", an upper bound");
  page.push_back(std::move(facts));
  if (!solution.coherent)
    page.push_back(render::Paragraph{
        "Some gates negate, so the tree is not coherent: a further failure can mend the top. Its sets "
        "are minimal p-cuts (the smallest sets of events that make the top occur when no other event "
        "does), and importance has a sign: below 0 the event prevents the top."});
  if (solution.cut_sets && !solution.cut_sets->by_order.empty())
    page.push_back(histogram_table(*solution.cut_sets));
  if (!solution.most_probable.empty()) {
    page.push_back(render::Heading{solution.unknown.empty() ? "Most probable" : "Smallest"});
    page.push_back(sets_table(solved.expanded, solution.most_probable));
  }
  add_importance(solved, wide, page);
  if (solved.observed) add_observed(solved, wide, page);
  for (const auto& note : solved.loaded.notes) page.push_back(render::Paragraph{"note: " + note});
  return page;
}

void declare_tree_source(Options& options) {
  options.positional("file", "a FaultTree of nines/v1, or Open-PSA XML; - reads standard input");
  options.text("name", "NAME", "which tree, where a YAML file holds several");
  options.text("top", "GATE", "ask about this gate instead of the tree's own top");
  options.duration("time", "how long rates act, such as 24h; instead of the tree's missionTime");
}

usecases::TreeSource tree_source(const Context& context) {
  usecases::TreeSource source;
  source.file = context.args.required("file");
  source.name = context.args.text("name");
  source.top = context.args.text("top");
  if (const auto time = context.args.duration("time"))
    source.hours = std::chrono::duration<double, std::ratio<3600>>(*time).count();
  return source;
}

}  // namespace nines::app::rca
