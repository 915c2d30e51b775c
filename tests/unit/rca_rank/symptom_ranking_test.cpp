// Rankings by a symptom: the way down the calls, gaps, cycles, size, and labelled issues.
#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <set>

#include "domain/rca/rank/cascade.hpp"
#include "domain/rca/rank/ranking.hpp"
#include "support/rca_cases.hpp"
#include "support/shared_data.hpp"
#include "unit/rca_rank/random.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

/// shop -> search -> database, shop -> pay; the caller of search from outside is 'probe'.
struct Company {
  MetricTable before, now;
  CallGraph graph;

  explicit Company(std::size_t rows_now = 6) {
    graph.nodes = {"shop", "search", "database", "pay", "probe", "mail"};
    graph.callees = {{1, 3}, {2}, {}, {}, {1}, {}};
    for (std::size_t i = 0; i < 200; ++i) before.times.push_back(std::to_string(i));
    for (std::size_t i = 0; i < rows_now; ++i) now.times.push_back(std::to_string(200 + i));
    test::SplitMix random(11);
    for (const auto& node : graph.nodes) {
      const auto draw = [&](std::size_t rows) {
        std::vector<double> values;
        for (std::size_t i = 0; i < rows; ++i) values.push_back(1 + 0.1 * random.part());
        return values;
      };
      before.columns.push_back({{node, "latency", ""}, draw(200)});
      now.columns.push_back({{node, "latency", ""}, draw(rows_now)});
    }
  }

  /// From the third row on.
  void slow(const std::string& node, double by) {
    for (auto& column : now.columns)
      if (column.name.service == node)
        for (std::size_t i = 2; i < column.values.size(); ++i) column.values[i] += by;
  }

  void forget(const std::string& node) {
    const auto of = [&](const MetricColumn& column) { return column.name.service == node; };
    std::erase_if(before.columns, of);
    std::erase_if(now.columns, of);
  }

  Ranking rank(bool with_graph = true) const {
    return rank_by_symptom(before, now, {"shop", "latency", ""},
                           with_graph ? std::optional(graph) : std::nullopt);
  }
};

std::vector<std::string> names(const Ranking& ranking) {
  std::vector<std::string> list;
  for (const auto& one : ranking.services) list.push_back(one.service);
  return list;
}

bool says(const Ranking& ranking, std::size_t place, const std::string& words) {
  return ranking.services.at(place).reason.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the deepest that moved comes first, then its callers", "[rank]") {
  for (const std::size_t rows : {6u, 60u}) {
    Company company(rows);
    company.slow("database", 2);
    company.slow("search", 1);
    company.slow("shop", 0.7);
    company.slow("probe", 0.8);
    const auto ranking = company.rank();
    REQUIRE(ranking.anomalous);
    CHECK(names(ranking).size() == 6);
    CHECK(names(ranking)[0] == "database");
    CHECK(names(ranking)[1] == "search");
    CHECK(says(ranking, 0, "deepest"));
    CHECK(says(ranking, 0, "would explain"));
    CHECK(says(ranking, 1, "so did what it calls"));
    double last = ranking.services[0].score;
    for (const auto& one : ranking.services) {
      CHECK(one.score <= last);
      last = one.score;
    }
    CHECK(names(company.rank(false))[0] == "database");
  }
}

TEST_CASE("a callee that moved far less than its caller does not explain it", "[rank]") {
  Company company;
  company.slow("search", 3);
  company.slow("database", 0.3);
  company.slow("shop", 1);
  const auto ranking = company.rank();
  REQUIRE(ranking.anomalous);
  CHECK(names(ranking)[0] == "search");
}

TEST_CASE("of two that are as deep, the one that explains more comes first", "[rank]") {
  Company company;
  company.slow("search", 1);
  company.slow("pay", 1.4);
  company.slow("probe", 1);
  company.slow("shop", 0.6);
  CHECK(names(company.rank())[0] == "search");
}

TEST_CASE("a service without telemetry is passed through, a gap is jumped", "[rank]") {
  Company unseen;
  unseen.forget("search");
  unseen.slow("database", 2);
  unseen.slow("shop", 1);
  CHECK(names(unseen.rank())[0] == "database");
  CHECK(names(unseen.rank()).size() == 6);
  Company gap;
  gap.slow("database", 2);
  gap.slow("shop", 1);
  const auto ranking = gap.rank();
  CHECK(names(ranking)[0] == "database");
  CHECK(says(ranking, 0, "nothing between"));
}

TEST_CASE("a graph that leaves a service out does not rule it out", "[rank]") {
  Company company(60);
  company.slow("database", 2);
  company.slow("shop", 2);
  CallGraph part;
  part.nodes = {"shop"};
  part.callees.resize(1);
  const auto ranking =
      rank_by_symptom(company.before, company.now, {"shop", "latency", ""}, part);
  REQUIRE(ranking.anomalous);
  CHECK(names(ranking)[0] == "database");
  CHECK(says(ranking, 0, "the graph does not name it"));
}

TEST_CASE("the target itself is the root when nothing it calls moved", "[rank]") {
  Company company;
  company.slow("shop", 3);
  const auto ranking = company.rank();
  REQUIRE(ranking.anomalous);
  CHECK(names(ranking)[0] == "shop");
  CHECK(says(ranking, 0, "target itself"));
}

TEST_CASE("a symptom that is none is abstained from, whatever else moved", "[rank]") {
  Company company;
  CHECK_FALSE(company.rank().anomalous);
  company.slow("mail", 5);
  const auto ranking = company.rank();
  CHECK_FALSE(ranking.anomalous);
  CHECK(ranking.services.empty());
}

TEST_CASE("what moved the good way, or stood elsewhere before, is no cause", "[rank]") {
  Company company;
  company.slow("shop", 1);
  company.slow("search", 1.5);
  company.slow("pay", -0.9);
  for (auto& column : company.now.columns)
    if (column.name.service == "database")
      for (double& value : column.values) value += 10;
  const auto ranking = company.rank();
  CHECK(names(ranking)[0] == "search");
}

TEST_CASE("less is worse for availability", "[rank]") {
  Company company;
  for (auto* table : {&company.before, &company.now})
    for (auto& column : table->columns) column.name.metric = "availability";
  company.slow("shop", -0.5);
  company.slow("search", -0.6);
  company.slow("pay", 0.9);
  const auto ranking =
      rank_by_symptom(company.before, company.now, {"shop", "availability", ""}, company.graph);
  REQUIRE(ranking.anomalous);
  CHECK(names(ranking)[0] == "search");
}

TEST_CASE("cycles are named and walked once", "[rank]") {
  Company company;
  company.graph.callees[2] = {0, 2};
  company.slow("database", 2);
  company.slow("search", 2);
  company.slow("shop", 2);
  const auto ranking = company.rank();
  REQUIRE(ranking.anomalous);
  CHECK(ranking.services.size() == 6);
  REQUIRE(ranking.notes.size() == 1);
  CHECK(ranking.notes[0].find("database -> ") != std::string::npos);
}

TEST_CASE("a chain and a ring of 100,000 do not overflow the stack", "[rank]") {
  constexpr std::uint32_t kNodes = 100'000;
  CallGraph graph;
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    graph.nodes.push_back("n" + std::to_string(i));
    graph.callees.push_back({(i + 1) % kNodes});
  }
  CHECK(name_cycles(graph, 3) ==
        std::vector<std::string>{"n0 -> n1 -> n2 -> n3 -> n4 -> n5 -> n6 -> n7 -> 99,992 more -> n0"});
  graph.callees.back().clear();
  CHECK(name_cycles(graph, 3).empty());
  std::vector<CascadeNode> nodes(kNodes, {true, true, 5, 1});
  nodes.back().spreads = 6;
  const auto places = trace_cascade(graph, nodes, 0, true);
  CHECK(places.back().role == CascadePlace::Role::root);
  CHECK(places.back().explains.size() == kNodes - 1);
  CHECK(places.front().role == CascadePlace::Role::on_path);
}

TEST_CASE("components agree with reachability on random graphs", "[rank]") {
  test::SplitMix random(5);
  for (int round = 0; round < 100; ++round) {
    const std::uint32_t size = 1 + static_cast<std::uint32_t>(random.next() % 12);
    std::vector<std::vector<std::uint32_t>> edges(size);
    std::vector<std::vector<bool>> reach(size, std::vector<bool>(size, false));
    for (std::uint32_t i = 0; i < size; ++i) {
      reach[i][i] = true;
      for (std::uint32_t j = 0; j < size; ++j)
        if (random.next() % 6 == 0) {
          edges[i].push_back(j);
          reach[i][j] = true;
        }
    }
    for (std::uint32_t k = 0; k < size; ++k)
      for (std::uint32_t i = 0; i < size; ++i)
        for (std::uint32_t j = 0; j < size; ++j)
          if (reach[i][k] && reach[k][j]) reach[i][j] = true;
    const auto components = components_of(edges);
    for (std::uint32_t i = 0; i < size; ++i)
      for (std::uint32_t j = 0; j < size; ++j) {
        CHECK((components.of[i] == components.of[j]) == (reach[i][j] && reach[j][i]));
        // Each component comes after all that it leads to.
        if (reach[i][j]) CHECK(components.of[j] <= components.of[i]);
      }
  }
}

TEST_CASE("a target is found with and without its statistic", "[rank]") {
  MetricTable table;
  for (const std::string statistic : {"p50", "Average", "p99"})
    table.columns.push_back({{"shop", "latency", statistic}, {}});
  CHECK(find_target(table, "shop|latency")->statistic == "Average");
  CHECK(find_target(table, "shop|latency|p99")->statistic == "p99");
  CHECK_FALSE(find_target(table, "shop|latency|p75"));
  CHECK_FALSE(find_target(table, "shop"));
}

TEST_CASE("petshop: causes first, also under other names and units", "[rank][shared]") {
  const auto folder = test::shared_data("petshop");
  if (!folder) return;
  test::Ranks ranks, renamed;
  for (const auto& scenario : test::scenarios(*folder)) {
    // The same company with names that sort the other way round.
    std::set<std::string> known;
    for (const auto& column : scenario.normal.columns) known.insert(column.name.service);
    for (const auto& node : scenario.graph.nodes) known.insert(node);
    std::map<std::string, std::string> other;
    for (const auto& name : known) other[name] = "s" + std::to_string(1000 - other.size());
    auto graph = scenario.graph;
    for (auto& node : graph.nodes) node = other.at(node);
    for (const auto& issue : scenario.issues) {
      const auto target = find_target(issue.table, issue.target + "|" + issue.metric);
      REQUIRE(target);
      const auto ranking = rank_by_symptom(scenario.normal, issue.table, *target, scenario.graph);
      ranks.ranks.push_back(test::worst_rank(test::services_of(ranking), issue.root_cause));
      auto now = issue.table, before = scenario.normal;
      for (auto* table : {&before, &now})
        for (auto& column : table->columns) {
          const auto found = other.find(column.name.service);
          const auto place = std::hash<std::string>{}(to_string(column.name)) % 13;
          for (double& value : column.values)
            value *= std::pow(10.0, static_cast<double>(place) - 6);
          if (found != other.end()) column.name.service = found->second;
        }
      auto there = *target;
      there.service = other.at(there.service);
      renamed.ranks.push_back(
          test::worst_rank(test::services_of(rank_by_symptom(before, now, there, graph)),
                           other.at(issue.root_cause)));
    }
  }
  CHECK(ranks.ranks.size() == 20);
  CHECK(ranks.at(1) >= 0.95);
  CHECK(ranks.at(3) == 1);
  CHECK(renamed.at(1) >= 0.95);
}

TEST_CASE("petshop: fault-free windows get an empty answer", "[rank][shared]") {
  const auto folder = test::shared_data("petshop");
  if (!folder) return;
  for (const auto& scenario : test::scenarios(*folder)) {
    if (!scenario.own_baseline) continue;
    const std::size_t rows = scenario.normal.times.size();
    for (const std::string metric : {"latency", "availability"}) {
      std::size_t asked = 0, empty = 0;
      for (std::size_t from = 0; from + 5 <= rows; from += 5, ++asked) {
        const auto window = test::rows_of(scenario.normal, from, from + 5);
        const auto ranking = rank_by_symptom(scenario.normal, window,
                                             {"PetSite", metric, "Average"}, scenario.graph);
        empty += ranking.anomalous ? 0 : 1;
      }
      CHECK(static_cast<double>(empty) >= 0.95 * static_cast<double>(asked));
    }
  }
}
