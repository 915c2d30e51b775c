// Prints how well rankings find the causes of the labelled faults: per set, fault and scenario.
#include <cstdio>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "support/rca_cases.hpp"

using namespace nines;
using namespace nines::test;

namespace {

void print(const std::string& what, const Ranks& ranks, std::size_t empty) {
  std::printf("%-34s %5zu  %.3f  %.3f  %.3f  %.3f  %.3f  %.3f\n", what.c_str(), ranks.ranks.size(),
              ranks.at(1), ranks.at(3), ranks.at(5), ranks.mean_at(5), ranks.reciprocal(),
              ranks.ranks.empty()
                  ? 0
                  : static_cast<double>(empty) / static_cast<double>(ranks.ranks.size()));
}

void head(const std::string& what) {
  std::printf("%-34s %5s  %5s  %5s  %5s  %5s  %5s  %s\n", what.c_str(), "cases", "@1", "@3", "@5",
              "Avg@5", "MRR", "abstained");
}

struct Tally {
  Ranks ranks;
  std::size_t empty = 0;
};

/// Every column in another unit: a factor from 1e-6 to 1e6 that depends on its place only.
rca::MetricTable in_other_units(rca::MetricTable table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    static constexpr double kFactors[] = {1e-6, 3.7, 1e6, 0.001, 1024, 1e-3 / 60, 86400};
    for (double& value : table.columns[i].values) value *= kFactors[i % std::size(kFactors)];
  }
  return table;
}

void score_faults(const std::filesystem::path& folder) {
  std::map<std::string, Tally> services, metrics, rescaled;
  std::size_t same = 0, cases = 0;
  for (const auto& one : fault_cases(folder)) {
    const auto ranking = rca::rank_by_movement(one.normal, one.anomalous);
    const auto other =
        rca::rank_by_movement(in_other_units(one.normal), in_other_units(one.anomalous));
    const auto truth = one.service + "_" + one.fault;
    for (const std::string& kind : {one.fault, std::string("all")}) {
      services[kind].ranks.ranks.push_back(worst_rank(folded_services(ranking), one.service));
      services[kind].empty += ranking.anomalous ? 0 : 1;
      metrics[kind].ranks.ranks.push_back(worst_rank(metrics_of(ranking), truth));
      rescaled[kind].ranks.ranks.push_back(worst_rank(folded_services(other), one.service));
      rescaled[kind].empty += other.anomalous ? 0 : 1;
    }
    ++cases;
    bool equal = services_of(ranking).size() == services_of(other).size();
    for (std::size_t i = 0; equal && i < ranking.services.size(); ++i)
      equal = ranking.services[i].service == other.services[i].service;
    for (std::size_t i = 0; equal && i < ranking.metrics.size(); ++i)
      equal = ranking.metrics[i].name == other.metrics[i].name;
    same += equal ? 1 : 0;
  }
  head("sockshop, services");
  for (const auto& [kind, tally] : services) print("  " + kind, tally.ranks, tally.empty);
  head("sockshop, services, other units");
  for (const auto& [kind, tally] : rescaled) print("  " + kind, tally.ranks, tally.empty);
  head("sockshop, metrics");
  for (const auto& [kind, tally] : metrics) print("  " + kind, tally.ranks, tally.empty);
  std::printf("same ranking of services and metrics in other units: %zu of %zu\n\n", same, cases);
}

/// Normal operation held against normal operation of the same run, which follows it or went before.
void score_normal(const std::vector<FaultCase>& cases) {
  std::printf("sockshop, specificity: share of normal stretches without an answer\n");
  const auto print_share = [&](const char* what, const auto& cut) {
    std::size_t empty = 0;
    for (const auto& one : cases) {
      const auto [from, middle, to, turned] = cut(one.normal.times.size());
      auto before = rows_of(one.normal, from, middle), now = rows_of(one.normal, middle, to);
      if (turned) std::swap(before, now);
      empty += rca::rank_by_movement(before, now).anomalous ? 0 : 1;
    }
    std::printf("  %-32s %.3f\n", what,
                static_cast<double>(empty) / static_cast<double>(cases.size()));
  };
  using Cut = std::tuple<std::size_t, std::size_t, std::size_t, bool>;
  print_share("second half against the first", [](std::size_t n) { return Cut{0, n / 2, n, false}; });
  print_share("first half against the second", [](std::size_t n) { return Cut{0, n / 2, n, true}; });
  print_share("last third", [](std::size_t n) { return Cut{0, 2 * n / 3, n, false}; });
  print_share("last 60 rows", [](std::size_t n) { return Cut{0, n - 60, n, false}; });
  print_share("last 10 rows", [](std::size_t n) { return Cut{0, n - 10, n, false}; });
  print_share("60 rows after 60", [](std::size_t n) { return Cut{n / 4, n / 4 + 60, n / 4 + 120, false}; });
  print_share("30 rows after 30", [](std::size_t n) { return Cut{n / 2, n / 2 + 30, n / 2 + 60, false}; });
  std::printf("\n");
}

/// Fault-free windows of five rows, as long as an issue; held against all of the baseline, and
/// against its first half only.
void score_specificity(const Scenario& scenario, const std::string& metric) {
  const rca::MetricName target{scenario.issues.front().target, metric, "Average"};
  const std::size_t rows = scenario.normal.times.size(), window = 5;
  const auto half = rows_of(scenario.normal, 0, rows / 2);
  const auto share = [&](const rca::MetricTable& before, std::size_t begin) {
    std::size_t asked = 0, empty = 0;
    for (std::size_t from = begin; from + window <= rows; from += window, ++asked) {
      const auto part = rows_of(scenario.normal, from, from + window);
      empty += rca::rank_by_symptom(before, part, target, scenario.graph).anomalous ? 0 : 1;
    }
    return static_cast<double>(empty) / static_cast<double>(asked);
  };
  std::printf("  %-32s %.3f in the baseline itself, %.3f in its second half\n",
              (scenario.name + ", " + metric).c_str(), share(scenario.normal, 0),
              share(half, rows / 2));
}

void score_issues(const std::filesystem::path& folder) {
  std::map<std::string, Tally> tallies;
  const auto all = scenarios(folder);
  for (const auto& scenario : all)
    for (const auto& issue : scenario.issues) {
      const auto target = rca::find_target(issue.table, issue.target + "|" + issue.metric);
      const auto ranking =
          rca::rank_by_symptom(scenario.normal, issue.table, *target, scenario.graph);
      for (const auto& kind :
           {scenario.name + ", " + issue.metric, "all " + issue.metric, std::string("all")}) {
        tallies[kind].ranks.ranks.push_back(worst_rank(services_of(ranking), issue.root_cause));
        tallies[kind].empty += ranking.anomalous ? 0 : 1;
      }
    }
  head("petshop (train), with call graph");
  for (const auto& [kind, tally] : tallies) print("  " + kind, tally.ranks, tally.empty);
  std::printf("petshop, specificity: share of fault-free windows without an answer\n");
  for (const auto& scenario : all)
    if (scenario.own_baseline)
      for (const std::string metric : {"latency", "availability"})
        score_specificity(scenario, metric);
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: accuracy_rank SHARED_DATA\n");
    return 2;
  }
  const std::filesystem::path data = words[1];
  score_faults(data / "sockshop");
  score_normal(fault_cases(data / "sockshop"));
  score_issues(data / "petshop");
}
