// Ranks services and metrics of tables in files, and finds where one series changed.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/changepoints/change_points.hpp"
#include "domain/rca/rank/ranking.hpp"

namespace nines::usecases {

struct RankRequest {
  std::string normal, anomalous;      ///< files of metric tables
  std::optional<std::string> graph;   ///< file of who calls whom
  std::optional<std::string> target;  ///< "NODE|METRIC" or "NODE|METRIC|STATISTIC"
};

struct TableSize {
  std::size_t rows = 0, columns = 0;
};

struct RankResult {
  rca::Ranking ranking;
  std::optional<rca::MetricName> target;
  TableSize normal, anomalous;
  std::vector<std::string> warnings;
};

/// Paths are relative to `cwd`. Throws Error{not_found} for a file, a target or a target's node
/// that is not there, Error{bad_data} for what cannot be read.
NINES_EXPORT RankResult rank_metrics(const RankRequest& request, const std::filesystem::path& cwd);

struct TimedChange {
  std::string time;     ///< as written in the file
  std::size_t row = 0;  ///< counted from 0 over all rows of values
  rca::ChangePoint point;
};

struct ChangePointResult {
  rca::ChangePoints found;
  std::vector<TimedChange> changes;
  std::size_t values = 0, missing = 0;
};

/// A file of time,value; - reads `input`. Throws as above.
NINES_EXPORT ChangePointResult change_points_in(const std::string& file,
                                                const std::filesystem::path& cwd,
                                                std::istream& input);

}  // namespace nines::usecases
