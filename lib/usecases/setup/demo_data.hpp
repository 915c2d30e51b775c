// Ninety days of a bookshop's raw measurements, the same for the same seed and last day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/catalog/change.hpp"

namespace nines::usecases {

struct DemoData {
  std::string edge_log;      ///< combined access log
  std::string checkout_csv;  ///< time,service,status,latency_ms
  std::string search_csv;    ///< time,good,total per five minutes
  std::vector<catalog::Change> deploys;
  catalog::Maintenance maintenance;
};

inline constexpr int kDemoDays = 90;

/// The days before `end` (exclusive). A vendor outage 40 days back, announced maintenance 30 days
/// back, a bad deploy 9 days back, weak searches in the last three days.
DemoData make_demo_data(std::uint64_t seed, Day end);

}  // namespace nines::usecases
