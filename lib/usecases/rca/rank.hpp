// Ranks services and metrics, and finds where series changed: of tables in files, or of what is
// measured around an incident.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/changepoints/change_points.hpp"
#include "domain/rca/rank/ranking.hpp"
#include "domain/rca/rank/windows.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RankRequest {
  std::string normal, anomalous;      ///< files of metric tables
  std::optional<std::string> graph;   ///< file of who calls whom
  std::optional<std::string> target;  ///< "NODE|METRIC" or "NODE|METRIC|STATISTIC"
};

struct TableSize {
  std::size_t rows = 0, columns = 0;
  std::optional<rca::TimeStretch> stretch = {};  ///< of series that were measured
};

/// Series that were measured, around an incident or an onset.
struct MeasuredRequest {
  std::optional<std::string> incident = {};  ///< default: the current one, unless `onset` is given
  std::optional<Instant> onset = {}, ended = {};  ///< overrule the incident's
  std::vector<std::string> services = {};         ///< default: every one that is measured
  std::optional<Micros> normal = {};  ///< how long a baseline; default by the incident's length
  std::optional<std::string> graph = {};   ///< file of who calls whom; default what is declared
  std::optional<std::string> target = {};  ///< as of RankRequest
};

struct RankResult {
  rca::Ranking ranking;
  std::optional<rca::MetricName> target;
  TableSize normal, anomalous;
  std::optional<std::string> incident = {};  ///< its name
  std::string windows = {};                  ///< how the stretches were chosen
  std::vector<std::string> warnings;
};

/// Paths are relative to `cwd`. Throws Error{not_found} for a file, a target or a target's node
/// that is not there, Error{bad_data} for what cannot be read.
NINES_EXPORT RankResult rank_metrics(const RankRequest& request, const std::filesystem::path& cwd);

/// Of what is measured. Throws Error: not_found for an incident, a service or a target; undecided
/// where nothing was measured before or during the incident.
NINES_EXPORT RankResult rank_measured(const Session& session, const MeasuredRequest& request,
                                      const std::filesystem::path& cwd);

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

struct MeasuredChangePoints {
  std::optional<std::string> incident;
  rca::TimeStretch stretch;
  std::string because;  ///< how the stretch was chosen
  struct Series {
    rca::MetricName name;
    ChangePointResult result;
  };
  std::vector<Series> series;  ///< the share of events that missed an objective, per service
  std::vector<std::string> warnings;
};

/// From so long before the onset to the end of the incident's stretch. Services: those asked for,
/// else those the incident hurt, else every one that is measured. Throws as rank_measured.
NINES_EXPORT MeasuredChangePoints change_points_measured(const Session& session,
                                                         const MeasuredRequest& request);

}  // namespace nines::usecases
