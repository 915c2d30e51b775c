// What both rankings share: the best column of each service, and the metrics in that order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/rca/rank/movement.hpp"
#include "domain/rca/rank/ranking.hpp"

namespace nines::rca {

struct MovedColumns {
  std::vector<PairedColumn> columns;
  std::vector<Movement> movements;  ///< one per column
  /// Per service its columns by index, the one that moved most first.
  std::map<std::string, std::vector<std::size_t>> by_service;

  void sort_by_score();  ///< again, when scores changed
};
MovedColumns moved_columns(const MetricTable& before, const MetricTable& now);

/// Appends the metrics of each service, in the order of ranking.services, the steadiest that moved
/// most first.
void append_metrics(const MovedColumns& moved, const std::vector<std::string>& times,
                    Ranking& ranking);

}  // namespace nines::rca
