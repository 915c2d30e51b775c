// Which service and which metric an incident came from: a ranking with a reason for every rank.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"

namespace nines::rca {

struct RankedService {
  std::string service;
  double score = 0;  ///< never rises from one rank to the next
  std::string reason;
};

struct RankedMetric {
  MetricName name;
  double score = 0;  ///< comparable inside one service
  std::string reason;
  std::string onset;  ///< time of the first row beyond the usual; empty without one
};

struct Ranking {
  /// False: nothing moved more than the baseline does by itself; the lists are empty then.
  bool anomalous = false;
  std::string because;           ///< what that was judged by, with its figures
  std::optional<double> chance;  ///< of seeing as much in the baseline, where that can be told
  std::string method;
  std::vector<RankedService> services;  ///< every service of the tables and the graph, once
  std::vector<RankedMetric> metrics;    ///< in the order of their services, the best first inside
  std::vector<std::string> notes;       ///< what a reader should know about the input
};

/// `before` must not contain the fault, as far as that is known; robust measures bear a tenth of
/// it. Without a target, services are ranked by the largest held deviation of their columns.
Ranking rank_by_movement(const MetricTable& before, const MetricTable& now);

/// The column where people see the symptom. With a graph, only services that it calls, directly or
/// not, can have caused it; without one, every service may. `target` is the name of a column of
/// `now`.
Ranking rank_by_symptom(const MetricTable& before, const MetricTable& now, const MetricName& target,
                        const std::optional<CallGraph>& graph);

/// The column of `table` that "NODE|METRIC" or "NODE|METRIC|STATISTIC" names; without a statistic
/// the one without, else the mean by one of its usual names, else the first.
std::optional<MetricName> find_target(const MetricTable& table, std::string_view text);

}  // namespace nines::rca
