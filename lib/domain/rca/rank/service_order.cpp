// Columns by service, and metrics by the order of services.
#include "domain/rca/rank/service_order.hpp"

#include <algorithm>

namespace nines::rca {

MovedColumns moved_columns(const MetricTable& before, const MetricTable& now) {
  MovedColumns moved;
  moved.columns = pair_columns(before, now);
  for (std::size_t i = 0; i < moved.columns.size(); ++i) {
    moved.movements.push_back(movement_of(moved.columns[i]));
    moved.by_service[moved.columns[i].name.service].push_back(i);
  }
  moved.sort_by_score();
  return moved;
}

void MovedColumns::sort_by_score() {
  // Columns come by name, and equal scores keep that order.
  for (auto& [service, places] : by_service) {
    std::sort(places.begin(), places.end());
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return movements[a].score > movements[b].score;
    });
  }
}

void append_metrics(const MovedColumns& moved, const std::vector<std::string>& times,
                    Ranking& ranking) {
  for (const auto& service : ranking.services) {
    const auto found = moved.by_service.find(service.service);
    if (found == moved.by_service.end()) continue;
    auto places = found->second;
    std::sort(places.begin(), places.end());
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return moved.movements[a].steady > moved.movements[b].steady;
    });
    for (const std::size_t i : places) {
      const auto& movement = moved.movements[i];
      ranking.metrics.push_back({moved.columns[i].name, movement.steady,
                                 describe(moved.columns[i], movement, times),
                                 movement.onset ? times[*movement.onset] : std::string()});
    }
  }
}

}  // namespace nines::rca
