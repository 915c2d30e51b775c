// Both arms of a canary from stored measurements: the splits of an SLO's series.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/canary.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct CanarySeries {
  std::string slo;
  std::optional<std::string> objective = {};  ///< id or displayName; needed when there are several
  std::string canary;                         ///< "version=v2": one label of the splits
  std::optional<std::string> baseline = {};   ///< empty: every other value of that label
  Instant from;
  std::optional<Instant> to = {};  ///< empty: now
  Micros look = std::chrono::minutes{15};
};

struct SeriesLooks {
  std::vector<nines::remediate::CanaryLook> looks;  ///< those in which anything was counted
  std::string canary, baseline;                     ///< the splits that were added up
  std::optional<Instant> data_to;  ///< where the canary's measurements end; empty: there are none
};

/// Bad requests and all requests of both arms between the two times, a look after another. Throws
/// Error: not_found (SLO, objective, a split, with those there are), usage.
NINES_EXPORT SeriesLooks canary_looks(const Session& session, const CanarySeries& request);

/// The DataSources that the SLO is measured in, by name: what a live judgement asks first.
NINES_EXPORT std::vector<std::string> sources_behind(const Session& session,
                                                     const std::string& slo);

}  // namespace nines::usecases
