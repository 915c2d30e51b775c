// Tables of metrics and the calls between services, as the ranking sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nines::rca {

struct MetricName {
  std::string service;
  std::string metric;
  std::string statistic;  ///< "Average", "p99"; empty when the table tells none

  friend bool operator==(const MetricName&, const MetricName&) = default;
  friend auto operator<=>(const MetricName&, const MetricName&) = default;
};
/// "service|metric|statistic", the last only when there is one.
std::string to_string(const MetricName& name);

struct MetricColumn {
  MetricName name;
  std::vector<double> values;  ///< one per row; NaN where nothing was measured
  /// The smallest difference that says anything, in units of the values: of a share of events, one
  /// event. 0 where nobody tells.
  double step = 0;
};

struct MetricTable {
  std::vector<std::string> times;  ///< one per row, as written
  std::vector<MetricColumn> columns;
};

struct CallGraph {
  std::vector<std::string> nodes;
  std::vector<std::vector<std::uint32_t>> callees;  ///< per node: whom it calls, by index
};

}  // namespace nines::rca
