// Sets of edges beside each other; Fisher's test by logarithms of factorials.
#include "domain/rca/deps/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/count_tests.hpp"

namespace nines::rca {
namespace {

constexpr double kCoImpactShare = 0.05;

/// P(X >= together) of the hypergeometric distribution.
double fisher_above(std::size_t together, std::size_t with_a, std::size_t with_b,
                    const std::vector<double>& log_factorial, std::size_t all) {
  const auto choose = [&](std::size_t n, std::size_t k) {
    return log_factorial[n] - log_factorial[k] - log_factorial[n - k];
  };
  double p = 0;
  for (auto k = together; k <= std::min(with_a, with_b); ++k)
    if (with_b - k <= all - with_a)
      p += std::exp(choose(with_a, k) + choose(all - with_a, with_b - k) - choose(all, with_b));
  return std::min(p, 1.0);
}

}  // namespace

std::string_view to_string(DependencyRow::Kind kind) {
  switch (kind) {
    case DependencyRow::Kind::known:
      return "known";
    case DependencyRow::Kind::hidden:
      return "hidden";
    case DependencyRow::Kind::stale:
      return "stale";
    case DependencyRow::Kind::unseen:
      return "unseen";
  }
  return "";
}

std::vector<DependencyRow> compare_dependencies(const std::vector<CallEdge>& traces,
                                                const EdgeSet& network, const EdgeSet& declared,
                                                bool looked_long_enough) {
  std::map<std::pair<std::string, std::string>, DependencyRow> rows;
  std::set<std::string> seen;
  for (const auto& edge : traces) {
    auto& row = rows[{edge.from, edge.to}];
    row.edge = edge;
    row.by_traces = true;
    seen.insert({edge.from, edge.to});
  }
  for (const auto& ends : network) {
    auto& row = rows[ends];
    row.edge.from = ends.first;
    row.edge.to = ends.second;
    row.by_network = true;
    seen.insert({ends.first, ends.second});
  }
  for (auto& [ends, row] : rows)
    row.kind = declared.contains(ends) ? DependencyRow::Kind::known : DependencyRow::Kind::hidden;
  for (const auto& ends : declared) {
    if (rows.contains(ends)) continue;
    auto& row = rows[ends];
    row.edge.from = ends.first;
    row.edge.to = ends.second;
    row.kind = looked_long_enough && seen.contains(ends.first) && seen.contains(ends.second)
                   ? DependencyRow::Kind::stale
                   : DependencyRow::Kind::unseen;
  }
  std::vector<DependencyRow> sorted;
  for (auto& [ends, row] : rows) sorted.push_back(std::move(row));
  const auto order = [](DependencyRow::Kind kind) {
    return kind == DependencyRow::Kind::hidden ? 0 : kind == DependencyRow::Kind::known ? 2 : 1;
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const auto& a, const auto& b) { return order(a.kind) < order(b.kind); });
  return sorted;
}

std::vector<CoImpact> find_co_impact(const std::vector<std::set<std::string>>& incidents) {
  std::map<std::string, std::size_t> alone;
  std::map<std::pair<std::string, std::string>, std::size_t> together;
  for (const auto& services : incidents)
    for (auto a = services.begin(); a != services.end(); ++a) {
      ++alone[*a];
      for (auto b = std::next(a); b != services.end(); ++b) ++together[{*a, *b}];
    }
  std::vector<double> log_factorial(incidents.size() + 1, 0);
  for (std::size_t i = 1; i < log_factorial.size(); ++i)
    log_factorial[i] = log_factorial[i - 1] + std::log(static_cast<double>(i));
  std::vector<CoImpact> pairs;
  std::vector<double> chances;
  for (const auto& [ends, count] : together) {
    if (count < kLeastSupport) continue;
    CoImpact pair{ends.first,        ends.second,        count,
                  alone[ends.first], alone[ends.second], incidents.size()};
    pair.lift = static_cast<double>(count) * static_cast<double>(incidents.size()) /
                (static_cast<double>(pair.with_a) * static_cast<double>(pair.with_b));
    pair.p = fisher_above(count, pair.with_a, pair.with_b, log_factorial, incidents.size());
    chances.push_back(pair.p);
    pairs.push_back(std::move(pair));
  }
  const auto adjusted = stats::benjamini_hochberg(chances);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].q = adjusted[i];
  std::erase_if(pairs, [](const CoImpact& pair) { return pair.q > kCoImpactShare; });
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const CoImpact& a, const CoImpact& b) { return a.q < b.q; });
  return pairs;
}

}  // namespace nines::rca
