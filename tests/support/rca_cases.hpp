// The labelled cases of the shared data that rankings and change points are held against.
#pragma once

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/read_file.hpp"
#include "domain/rca/rank/ranking.hpp"
#include "ingest/metric_table.hpp"
#include "support/rca_measures.hpp"

namespace nines::test {

inline std::vector<std::filesystem::path> folders_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_directory()) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

inline rca::MetricTable table_in(const std::filesystem::path& file) {
  return ingest::read_metric_table(nines::read_file(file), file.filename().string());
}

/// Rows [from, to) of a table.
inline rca::MetricTable rows_of(const rca::MetricTable& table, std::size_t from, std::size_t to) {
  const auto at = [](auto& values, std::size_t place) {
    return values.begin() + static_cast<std::ptrdiff_t>(place);
  };
  rca::MetricTable part;
  part.times.assign(at(table.times, from), at(table.times, to));
  for (const auto& column : table.columns)
    part.columns.push_back({column.name, {at(column.values, from), at(column.values, to)}});
  return part;
}

/// A case of the sockshop set: folder <service>-<fault>/<run>.
struct FaultCase {
  std::string service, fault;
  rca::MetricTable normal, anomalous;
};
inline std::vector<FaultCase> fault_cases(const std::filesystem::path& folder) {
  std::vector<FaultCase> cases;
  for (const auto& kind : folders_in(folder))
    for (const auto& run : folders_in(kind)) {
      const auto name = kind.filename().string();
      const auto dash = name.rfind('-');
      cases.push_back({name.substr(0, dash), name.substr(dash + 1), table_in(run / "normal.csv"),
                       table_in(run / "anomalous.csv")});
    }
  return cases;
}

/// An issue of the petshop set, and where its scenario's baseline is.
struct Issue {
  std::string name, target, metric, root_cause;
  rca::MetricTable table;
};
struct Scenario {
  std::string name;
  bool own_baseline = false;  ///< the others borrow that of low traffic
  rca::MetricTable normal;
  rca::CallGraph graph;
  std::vector<Issue> issues;
};
inline std::vector<Scenario> scenarios(const std::filesystem::path& folder) {
  std::vector<Scenario> found;
  for (const auto& path : folders_in(folder)) {
    Scenario scenario;
    scenario.name = path.filename().string();
    scenario.own_baseline = std::filesystem::exists(path / "noissue");
    const auto base = scenario.own_baseline ? path : folder / "low_traffic";
    scenario.normal = table_in(base / "noissue" / "metrics.csv");
    scenario.graph = ingest::read_call_graph(nines::read_file(path / "graph.csv"), "graph.csv");
    for (const auto& issue : folders_in(path / "train")) {
      const auto labels = Json::parse(nines::read_file(issue / "target.json"));
      const auto* target = labels.find("target");
      scenario.issues.push_back({issue.filename().string(), target->text("node"),
                                 target->text("metric"), labels.find("root_cause")->text("node"),
                                 table_in(issue / "metrics.csv")});
    }
    found.push_back(std::move(scenario));
  }
  return found;
}

struct AnnotatedSeries {
  std::string name;
  std::vector<double> values;
  Annotations annotations;
};
inline std::vector<AnnotatedSeries> annotated_series(const std::filesystem::path& folder) {
  const auto annotations = Json::parse(nines::read_file(folder / "annotations.json"));
  std::vector<AnnotatedSeries> found;
  for (const auto& [name, by] : annotations.as_object()) {
    AnnotatedSeries series;
    series.name = name;
    const auto file = Json::parse(nines::read_file(folder / (name + ".json")));
    for (const auto& value : file.find("series")->as_array().front().find("raw")->as_array())
      series.values.push_back(value.as_double());
    for (const auto& [annotator, marks] : by.as_object()) {
      auto& own = series.annotations[annotator];
      for (const auto& mark : marks.as_array())
        own.push_back(static_cast<std::size_t>(mark.as_int()));
    }
    found.push_back(std::move(series));
  }
  return found;
}

inline std::vector<std::pair<std::string, double>> services_of(const rca::Ranking& ranking) {
  std::vector<std::pair<std::string, double>> list;
  for (const auto& one : ranking.services) list.emplace_back(one.service, one.score);
  return list;
}

/// The protocol of the published sockshop figures: a database counts as its service.
inline std::vector<std::pair<std::string, double>> folded_services(const rca::Ranking& ranking) {
  auto list = services_of(ranking);
  for (auto& one : list)
    if (one.first.ends_with("-db")) one.first.resize(one.first.size() - 3);
  return list;
}

inline std::vector<std::pair<std::string, double>> metrics_of(const rca::Ranking& ranking) {
  std::vector<std::pair<std::string, double>> list;
  for (const auto& one : ranking.metrics)
    list.emplace_back(one.name.service + "_" + one.name.metric, one.score);
  return list;
}

}  // namespace nines::test
