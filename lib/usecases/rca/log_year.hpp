// The instant of a log line whose date may lack its year: inside of the use cases.
#pragma once

#include <optional>

#include "domain/rca/logs/line_time.hpp"

namespace nines::usecases {

/// A date without a year lies in the twelve months that end with the day after `now`.
inline std::optional<Instant> time_in_year(const rca::LineTime& time, Instant now) {
  const auto latest = now + std::chrono::days{1};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(latest)};
  const auto year = static_cast<int>(date.year());
  const auto at = rca::instant_of(time, year);
  if (time.year >= 0 || time.epoch || (at && *at <= latest)) return at;
  return rca::instant_of(time, year - 1);
}

}  // namespace nines::usecases
