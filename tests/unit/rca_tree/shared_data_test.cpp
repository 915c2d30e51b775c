// The ten published fault trees: counts, orders, probabilities and largest Birnbaum importance.
#include <catch2/catch.hpp>

#include <cmath>

#include "domain/rca/tree/search.hpp"
#include "domain/rca/tree/solve.hpp"
#include "domain/rca/tree/validate.hpp"
#include "ingest/open_psa.hpp"
#include "support/shared_data.hpp"

using namespace nines;
using namespace nines::rca::tree;

namespace {

struct Expected {
  const char* name;
  double probability, birnbaum;
  std::vector<const char*> most_important;  ///< one of these
  std::vector<std::uint64_t> by_order;      ///< from order 1
};

const Expected kTrees[] = {
    {"baobab1", 1.017080778e-4, 0.0101170147, {"e14"},
     {0, 1, 1, 70, 400, 2212, 14748, 8460, 10624, 6600, 3072}},
    {"baobab2", 7.130182598e-4, 0.0220112645, {"e22", "e26", "e30"}, {0, 6, 121, 268, 630, 3780}},
    {"chinese", 1.170581811e-3, 0.0386197303, {"e1", "e2", "e3"}, {0, 12, 0, 24, 188, 168}},
    {"das9201", 1.342366773e-2, 0.300597467, {"e107", "e108"}, {0, 82, 9740, 2881, 1246, 254, 14}},
    {"das9204", 2.169415951e-11, 2.16941595e-9, {"e33"},
     {0, 0, 0, 0, 0, 0, 2304, 9504, 1152, 288, 1152, 0, 0, 0, 2304}},
    {"das9601", 4.234402887e-3, 0.0613225602, {"e115"},
     {0, 47, 80, 319, 342, 571, 580, 1168, 1152}},
    {"edf9202", 7.813024513e-1, 0.220906615, {}, {138, 1812, 3320, 8600, 26418, 12992, 76832}},
    {"edfpa15p", 7.363023823e-2, 0.935727032, {"e4", "e5", "e6", "e8", "e9", "e15"},
     {6, 172, 826, 1300, 1980, 2862, 4305, 5958, 5218, 3755, 1320, 168}},
    {"isp9602", 1.724474483e-2, 0.992682076, {"e1"},
     {1, 77, 210, 3973, 21302, 109458, 473266, 1138544, 1554904, 1205592, 522640, 147200, 20480}},
    {"isp9605", 1.371708805e-5, 0.000605262735, {"e1", "e2", "e3", "e4", "e5"},
     {0, 0, 13, 88, 462, 27, 5040}},
};

}  // namespace

TEST_CASE("published fault trees give their published answers", "[tree][shared]") {
  const auto folder = test::shared_data("faulttrees");
  if (!folder) return;
  for (const auto& expected : kTrees) {
    INFO(expected.name);
    const auto bytes = test::read_file(*folder / (std::string(expected.name) + ".xml"));
    auto reading = ingest::read_open_psa(bytes, expected.name, {});
    REQUIRE(reading.findings.empty());
    const auto tree = resolve(std::move(reading.draft)).tree;
    const auto solution = solve(tree, *top_of(tree), {});
    CHECK(*solution.probability == Approx(expected.probability).epsilon(1e-9));
    CHECK(solution.coherent == (std::string(expected.name) != "das9601"));
    REQUIRE(solution.cut_sets);
    REQUIRE(solution.cut_sets->by_order.size() == expected.by_order.size() + 1);
    double rare_event = 0;
    std::uint64_t total = 0;
    for (std::size_t k = 1; k <= expected.by_order.size(); ++k) {
      const auto count = expected.by_order[k - 1];
      CHECK(solution.cut_sets->by_order[k].value == count);
      total += count;
      rare_event += static_cast<double>(count) * std::pow(0.01, static_cast<double>(k));
    }
    CHECK(to_string(solution.cut_sets->total) == std::to_string(total));
    if (solution.rare_event_sum)
      CHECK(*solution.rare_event_sum == Approx(rare_event));
    else
      CHECK((rare_event >= 1 || !solution.coherent));
    const EventImportance* largest = &solution.importance.front();
    std::size_t negative = 0;
    for (const auto& one : solution.importance) {
      if (one.measures.birnbaum > largest->measures.birnbaum) largest = &one;
      negative += one.measures.birnbaum < 0 ? 1 : 0;
      CHECK(*one.measures.risk_achievement >= 0);
    }
    CHECK(largest->measures.birnbaum == Approx(expected.birnbaum).epsilon(1e-8));
    CHECK(negative == (solution.coherent ? 0U : 44U));
    const auto& names = expected.most_important;
    const auto& name = tree.events[largest->event].name;
    CHECK((names.empty() || std::find(names.begin(), names.end(), name) != names.end()));
    // All events have p = 0.01: the most probable cut sets are the smallest.
    for (const auto& set : solution.most_probable)
      CHECK(*set.probability == Approx(std::pow(0.01, static_cast<double>(set.events.size()))));
  }
}

TEST_CASE("measures of one published event", "[tree][shared]") {
  const auto folder = test::shared_data("faulttrees");
  if (!folder) return;
  const auto bytes = test::read_file(*folder / "chinese.xml");
  const auto tree = resolve(ingest::read_open_psa(bytes, "chinese.xml", {}).draft).tree;
  const auto solution = solve(tree, *top_of(tree), {});
  for (const auto& one : solution.importance) {
    if (tree.events[one.event].name != "e1") continue;
    CHECK(*one.measures.criticality == Approx(0.329919).epsilon(1e-5));
    CHECK(*one.measures.posterior == Approx(0.33662).epsilon(1e-5));
    CHECK(*one.measures.risk_achievement == Approx(33.662).epsilon(1e-5));
    CHECK(*one.measures.risk_reduction == Approx(1.49236).epsilon(1e-5));
  }
}

TEST_CASE("every order of variables gives the same answers", "[tree][shared]") {
  const auto folder = test::shared_data("faulttrees");
  if (!folder) return;
  for (const auto* name : {"chinese", "das9201", "isp9602", "baobab2"}) {
    INFO(name);
    const auto bytes = test::read_file(*folder / (std::string(name) + ".xml"));
    const auto tree = resolve(ingest::read_open_psa(bytes, name, {}).draft).tree;
    std::vector<std::string> totals;
    std::vector<double> chances;
    for (const auto order : {Order::document, Order::ascending, Order::descending, Order::events_first}) {
      const auto events = order_events(tree, *top_of(tree), order);
      const auto compiled = compile(tree, *top_of(tree), events, {}, kNodeBudget);
      REQUIRE(compiled);
      chances.push_back(probability_of(compiled->bdd.diagram(), compiled->top,
                                       std::vector<double>(events.size(), 0.01)));
      const auto sets = CutSets::of(compiled->bdd.diagram(), compiled->top, kNodeBudget);
      totals.push_back(to_string(count_by_order(*sets)->total));
    }
    for (std::size_t i = 1; i < totals.size(); ++i) {
      CHECK(totals[i] == totals[0]);
      CHECK(chances[i] == Approx(chances[0]).epsilon(1e-13));
    }
  }
}
