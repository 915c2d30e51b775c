// The instants of log lines whose times may lack a year and an offset: inside of the use cases.
#pragma once

#include <optional>

#include "base/zone.hpp"
#include "domain/rca/logs/line_time.hpp"

namespace nines::usecases {

/// Times without an offset are local in `zone`; a date without a year lies in the twelve months
/// that end with the day after `now`.
class LogClock {
 public:
  LogClock(Instant now, Zone zone);

  /// Nothing for a clock time without a date, and for a date that does not exist.
  std::optional<Instant> at(const rca::LineTime& time);

 private:
  Instant to_utc(Instant local);

  Instant latest_;
  int year_;
  Zone zone_;
  bool is_utc_;
  std::int64_t hour_ = INT64_MIN;  ///< local hour that was looked up last
  Micros shift_{0};                ///< what to add in it
};

}  // namespace nines::usecases
