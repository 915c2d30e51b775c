// The series of the fleet that are looked at for degradations, each whole and its parts.
#pragma once

#include <string>
#include <vector>

#include "domain/series/counts.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {

struct WatchedSeries {
  const nines::slo::Slo* slo = nullptr;
  const nines::slo::Objective* objective = nullptr;
  series::SeriesId id{};
  series::SeriesId whole{};  ///< of the objective; the same for the whole itself
  std::string split;
};

/// Of the SLOs named, or of all. What cannot be located is left out: status says why.
std::vector<WatchedSeries> watched_series(const Session& session, const Catalogue& catalogue,
                                          const std::vector<std::string>& slos);

}  // namespace nines::usecases
