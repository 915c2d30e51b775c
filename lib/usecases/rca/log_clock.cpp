// Neighbouring lines share their hour, so the zone is asked once an hour.
#include "usecases/rca/log_clock.hpp"

namespace nines::usecases {

LogClock::LogClock(Instant now, Zone zone)
    : latest_(now + std::chrono::days{1}),
      year_(static_cast<int>(
          std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(latest_)}.year())),
      zone_(std::move(zone)),
      is_utc_(zone_.name() == Zone::utc().name()) {}

std::optional<Instant> LogClock::at(const rca::LineTime& time) {
  auto at = rca::instant_of(time, year_);
  if (at && !time.has_offset && !time.epoch) at = to_utc(*at);
  if (time.year >= 0 || time.epoch || (at && *at <= latest_)) return at;
  at = rca::instant_of(time, year_ - 1);
  if (at && !time.has_offset) at = to_utc(*at);
  return at;
}

Instant LogClock::to_utc(Instant local) {
  if (is_utc_) return local;
  const auto hour = std::chrono::floor<std::chrono::hours>(local).time_since_epoch().count();
  if (hour != hour_) {
    hour_ = hour;
    // A local time that a clock change repeats is the earlier one; all lines are read alike.
    shift_ = zone_.resolve(LocalTime{local.time_since_epoch()}).first - local;
  }
  return local + shift_;
}

}  // namespace nines::usecases
