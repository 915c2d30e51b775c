// The solution of a fault tree as data.
#include "nines/rca/tree_pages.hpp"

#include "base/text.hpp"

namespace nines::app::rca {
namespace {

using namespace nines::rca::tree;
using usecases::SolvedTree;

Json number_or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json histogram_json(const std::optional<OrderCounts>& counts) {
  if (!counts) return {};
  auto rows = Json::array();
  for (std::size_t order = 0; order < counts->by_order.size(); ++order)
    if (const auto& count = counts->by_order[order]; count.value != 0)
      rows.push(Json::object({{"order", order}, {"count", to_string(count)}}));
  return rows;
}

Json total_json(const std::optional<OrderCounts>& counts) {
  return counts ? Json(to_string(counts->total)) : Json();
}

Json sets_json(const FaultTree& tree, const std::vector<ListedSet>& sets) {
  auto rows = Json::array();
  for (const auto& set : sets) {
    auto events = Json::array();
    for (const auto event : set.events) events.push(tree.events[event].name);
    rows.push(Json::object({{"events", std::move(events)},
                            {"order", set.events.size()},
                            {"probability", number_or_null(set.probability)}}));
  }
  return rows;
}

Json importance_json(const SolvedTree& solved) {
  auto rows = Json::array();
  for (const auto& one : solved.solution.importance) {
    const auto& m = one.measures;
    rows.push(Json::object(
        {{"event", solved.expanded.events[one.event].name},
         {"probability", one.probability},
         {"birnbaum", m.birnbaum},
         {"criticality", number_or_null(m.criticality)},
         {"posterior", number_or_null(m.posterior)},
         {"fussell_vesely", number_or_null(m.fussell_vesely)},
         {"risk_achievement_worth", number_or_null(m.risk_achievement)},
         {"risk_reduction_worth", number_or_null(m.risk_reduction)},
         {"top_if_occurred", m.if_occurred},
         {"top_if_not", m.if_not}}));
  }
  return rows;
}

Json definitions_json() {
  auto definitions = Json::object();
  for (const auto& [name, meaning] : importance_definitions()) definitions.set(name, meaning);
  return definitions;
}

Json next_json(const SolvedTree& solved, const std::optional<NextLook>& next) {
  if (!next) return {};
  const auto count = [](const std::optional<Count>& left) {
    return left ? Json(to_string(*left)) : Json();
  };
  return Json::object({{"event", solved.expanded.events[next->event].name},
                       {"posterior", next->posterior},
                       {"bits", next->bits},
                       {"cut_sets_if_occurred", count(next->left_if_occurred)},
                       {"cut_sets_if_not", count(next->left_if_not)}});
}

Json observations_json(const SolvedTree& solved) {
  if (!solved.observed) return {};
  const auto& observed = *solved.observed;
  auto seen = Json::array(), posteriors = Json::array(), unknown = Json::array();
  for (const auto& one : solved.known)
    seen.push(Json::object({{"name", solved.expanded.name_of(one.ref)}, {"occurred", one.value}}));
  for (const auto& one : observed.posteriors)
    posteriors.push(Json::object({{"event", solved.expanded.events[one.event].name},
                                  {"probability", one.before},
                                  {"posterior", one.now}}));
  for (const auto event : observed.unknown) unknown.push(solved.expanded.events[event].name);
  return Json::object({{"observed", std::move(seen)},
                       {"state", std::string(observed_state_name(observed.state))},
                       {"probability", number_or_null(observed.probability)},
                       {"minimal_cut_sets", total_json(observed.cut_sets)},
                       {"order_histogram", histogram_json(observed.cut_sets)},
                       {"cut_sets", sets_json(solved.expanded, observed.most_probable)},
                       {"posteriors", std::move(posteriors)},
                       {"unknown", std::move(unknown)},
                       {"next", next_json(solved, observed.next)}});
}

}  // namespace

std::string_view observed_state_name(Observed::State state) {
  switch (state) {
    case Observed::State::open:
      return "open";
    case Observed::State::ruled_out:
      return "ruled out";
    case Observed::State::impossible:
      return "impossible";
    case Observed::State::too_large:
      return "too large";
  }
  return "open";
}

Json solved_tree_json(const std::string& file, const SolvedTree& solved, double seconds) {
  const auto& solution = solved.solution;
  auto unknown = Json::array(), notes = Json::array();
  for (const auto event : solution.unknown) unknown.push(solved.expanded.events[event].name);
  for (const auto& note : solved.loaded.notes) notes.push(note);
  std::vector<Posterior> posteriors;
  for (const auto& one : solution.importance)
    posteriors.push_back({one.event, one.probability, one.measures.posterior.value_or(0)});
  return Json::object(
      {{"file", file},
       {"tree", solved.loaded.tree.name},
       {"top", solved.expanded.gates[solved.top].name},
       {"probability", number_or_null(solution.probability)},
       {"minimal_cut_sets", total_json(solution.cut_sets)},
       {"order_histogram", histogram_json(solution.cut_sets)},
       {"importance", importance_json(solved)},
       {"method", tree_method(solution)},
       {"seconds", seconds},
       {"gates", solved.loaded.tree.gates.size()},
       {"events", solved.loaded.tree.events.size()},
       {"coherent", solution.coherent},
       {"cut_set_kind", solution.coherent ? "minimal cut sets" : "minimal p-cuts"},
       {"cut_sets", sets_json(solved.expanded, solution.most_probable)},
       {"rare_event_sum", number_or_null(solution.rare_event_sum)},
       {"variable_order",
        solution.order ? Json(std::string(kOrderNames.of(*solution.order))) : Json()},
       {"bdd_nodes", solution.bdd_nodes},
       {"zbdd_nodes", solution.set_nodes},
       {"definitions", definitions_json()},
       {"unknown", std::move(unknown)},
       {"notes", std::move(notes)},
       {"next", next_json(solved, most_telling(posteriors))},
       {"observations", observations_json(solved)}});
}

}  // namespace nines::app::rca
