// Where measured series of services come from, as tables that the rankings read; inside of the use
// cases.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"
#include "domain/rca/rank/windows.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

/// Columns of a source, per service: the share of events that missed an objective, per objective
/// (its SLO is the statistic) where there are several, and the largest of them; and how many events
/// there were.
inline constexpr std::string_view kFailedMetric = "failed";
inline constexpr std::string_view kEventsMetric = "events";

class MetricSource {
 public:
  virtual ~MetricSource() = default;
  virtual std::string name() const = 0;  ///< for people: "the store"
  /// Services with a series, by name.
  virtual std::vector<std::string> services() const = 0;
  /// The end of what is measured of these services; nothing when nothing is.
  virtual std::optional<Instant> known_until(const std::vector<std::string>& services) const = 0;
  /// A row per minute of the stretch, in UTC; NaN where nothing was measured. A service without a
  /// measured minute has no column.
  virtual nines::rca::MetricTable table(const std::vector<std::string>& services,
                                        const nines::rca::TimeStretch& stretch) const = 0;
};

/// The minutes of applied objectives in the store. `catalogue` and the session must outlive it.
std::unique_ptr<MetricSource> stored_metrics(const Session& session, const Catalogue& catalogue);

}  // namespace nines::usecases
