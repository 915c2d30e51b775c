// Random trees of up to 20 events against a table of all assignments: P, cut sets, importance.
#include <catch2/catch.hpp>

#include "domain/rca/tree/observe.hpp"
#include "domain/rca/tree/solve.hpp"
#include "domain/rca/tree/validate.hpp"
#include "unit/rca_tree/random_tree.hpp"

using namespace nines;
using namespace nines::test;

namespace {

std::vector<double> chances_in(const FaultTree& tree, const TruthTable& table) {
  std::vector<double> chance;
  for (const auto event : table.events) chance.push_back(*tree.events[event].probability);
  return chance;
}

bool near_to(double a, double b) { return std::abs(a - b) <= 1e-12 + 1e-9 * std::abs(b); }

std::vector<std::uint64_t> orders_of(const Solution& solution, std::size_t events) {
  std::vector<std::uint64_t> counts(events + 1, 0);
  for (std::size_t k = 0; k < solution.cut_sets->by_order.size(); ++k)
    counts[k] = static_cast<std::uint64_t>(solution.cut_sets->by_order[k].value);
  return counts;
}

/// Empty when the solution is what the table says.
std::string difference(const FaultTree& tree, const TruthTable& table, const Solution& solution,
                       std::size_t checked_events) {
  auto chance = chances_in(tree, table);
  const double whole = probability_in(table, chance);
  if (!solution.probability || !near_to(*solution.probability, whole)) return "P(top)";
  if (orders_of(solution, table.events.size()) != minimal_in(table)) return "minimal cut sets";
  std::size_t seen = 0;
  for (const auto& one : solution.importance) {
    const auto& m = one.measures;
    if (m.if_not < 0 || m.if_not > 1 || m.if_occurred < 0 || m.if_occurred > 1) return "P in 0..1";
    if (m.risk_achievement && *m.risk_achievement < 0) return "RAW below 0";
    if (solution.coherent && m.birnbaum < -1e-12) return "sign of a coherent tree";
    if (seen++ >= checked_events) continue;
    const auto at = static_cast<std::size_t>(
        std::find(table.events.begin(), table.events.end(), one.event) - table.events.begin());
    const double own = chance[at];
    chance[at] = 1;
    const double occurred = probability_in(table, chance);
    chance[at] = 0;
    const double without = probability_in(table, chance);
    chance[at] = own;
    if (!near_to(m.birnbaum, occurred - without)) return "Birnbaum";
    if (!near_to(m.if_occurred, occurred) || !near_to(m.if_not, without)) return "P given an event";
    if (m.posterior && !near_to(*m.posterior, own * occurred / whole)) return "posterior";
  }
  return "";
}

}  // namespace

TEST_CASE("random trees agree with a truth table", "[tree][property]") {
  std::uint64_t state = 20261129;
  for (int run = 0; run < 2000; ++run) {
    // Small ones find most mistakes; one in forty has all twenty events.
    const auto events = run % 40 == 0 ? 20 : 1 + below(state, run % 4 == 0 ? 14 : 9);
    const auto tree = random_tree(state, events, run % 3 == 0);
    INFO("run " << run << ", events " << events);
    REQUIRE_FALSE(has_errors(check_tree(tree, {})));
    const auto table = truth_of(tree);
    const auto solution = solve(tree, *tree.top, {});
    REQUIRE(difference(tree, table, solution, table.events.size() > 12 ? 1 : 20) == "");
  }
}

TEST_CASE("random observations agree with a truth table", "[tree][property]") {
  std::uint64_t state = 4;
  int open = 0;
  for (int run = 0; run < 300; ++run) {
    const auto tree = random_tree(state, 3 + below(state, 6), false);
    const auto table = truth_of(tree);
    if (table.events.empty()) continue;
    const auto seen = below(state, static_cast<std::uint32_t>(table.events.size()));
    const bool value = below(state, 2) == 0;
    const auto gate = gates_bottom_up(tree, *tree.top).front();
    auto other = tree;
    other.top = gate;
    const bool gate_value = below(state, 2) == 0;
    const auto observed = observe(tree, *tree.top,
                                  {{{false, table.events[seen]}, value}, {{true, gate}, gate_value}}, {});
    // The joint probability by adding up assignments.
    const auto gate_table = truth_of(other);
    double both = 0, known = 0, with_first = 0;
    const auto watched = observed.posteriors.empty() ? ~0U : observed.posteriors.front().event;
    for (std::size_t a = 0; a < table.size(); ++a) {
      if ((a >> seen & 1U) != (value ? 1U : 0U)) continue;
      double p = 1;
      std::size_t inner = 0;
      bool first = false;
      for (std::size_t v = 0; v < table.events.size(); ++v) {
        const bool on = (a >> v & 1U) != 0;
        const double chance = *tree.events[table.events[v]].probability;
        if (v != seen) p *= on ? chance : 1 - chance;
        if (on && table.events[v] == watched) first = true;
        for (std::size_t w = 0; on && w < gate_table.events.size(); ++w)
          if (gate_table.events[w] == table.events[v]) inner |= std::size_t{1} << w;
      }
      if (gate_table.at(inner) != gate_value) continue;
      known += p;
      if (table.at(a)) both += p;
      if (table.at(a) && first) with_first += p;
    }
    INFO("run " << run);
    if (observed.state == Observed::State::impossible) {
      CHECK(known <= 1e-15);
    } else if (observed.state == Observed::State::ruled_out) {
      CHECK(both <= 1e-15);
    } else {
      ++open;
      REQUIRE(*observed.probability == Approx(both / known).margin(1e-12));
      if (!observed.posteriors.empty())
        CHECK(observed.posteriors.front().now == Approx(with_first / both).margin(1e-12));
    }
  }
  CHECK(open > 100);
}
