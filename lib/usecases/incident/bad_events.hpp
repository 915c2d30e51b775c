// The bad events of a service that the ledger attributes to one incident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "domain/incident/impact.hpp"
#include "domain/series/counts.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/surroundings.hpp"

namespace nines::usecases {

struct BadEvents {
  std::string slo;            ///< that was counted; empty where none could be
  std::uint64_t bad = 0;      ///< attributed to the incident
  std::uint64_t seen = 0;     ///< all bad events of that time, whoever caused them
  std::uint64_t total = 0;    ///< all events of the time it was hurt
  Decimal bad_minutes{0, 0};  ///< minutes weighted by their share of bad events
  std::optional<Instant> data_to;
  bool complete = false;  ///< the data reaches the end of the impact
  std::string why_not;    ///< why nothing was counted
};

/// Counts events while `spans` last, whatever the budgeting method of the SLO is. What a concurrent
/// maintenance or incident claims is not in `bad`; see the rule of overlaps of the ledger.
class BadEventCounter {
 public:
  BadEventCounter(const Session& session, const Catalogue& catalogue,
                  const incident::Record& record);
  /// The same with what was going on around it, for who counts many.
  BadEventCounter(const Session& session, const Catalogue& catalogue,
                  const incident::Record& record, Surroundings around);
  ~BadEventCounter();

  /// Of one SLO.
  BadEvents of_slo(const slo::Slo& slo, const std::vector<incident::ImpactSpan>& spans) const;
  /// Of the SLO of the service with the most bad events; composites are not counted.
  BadEvents of_service(const std::string& service,
                       const std::vector<incident::ImpactSpan>& spans) const;

 private:
  std::uint64_t attributed(const slo::Slo& slo, const slo::Objective& objective,
                           const series::SeriesId& series, const slo::Period& period) const;

  const Catalogue& catalogue_;
  std::string incident_;
  Instant now_;
  std::unique_ptr<series::Reader> reader_;
  Surroundings around_;
};

}  // namespace nines::usecases
