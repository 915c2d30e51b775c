// Times as libical gives them, placed by the zone they name; the zone data is the system's own.
#pragma once

#include <libical/ical.h>

#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace nines::calendar {

/// A whole day, or an instant.
struct IcsMoment {
  bool whole_day = false;
  Day day;
  Instant at;
};

/// Why something cannot be placed.
struct Unplaced {
  std::string what;
  std::string hint;
};

/// Where the times of one file lie.
class IcsZones {
 public:
  /// `file` is kept, and must outlive this. `floating` is the zone of times that name none.
  IcsZones(icalcomponent* file, std::optional<Zone> floating)
      : file_(file), floating_(std::move(floating)) {}

  /// Null, and `unplaced` filled in, when the zone is unknown or there is none.
  const Zone* zone_of(icalproperty* property, const icaltimetype& time, Unplaced& unplaced);

 private:
  std::optional<Zone> find(const std::string& id);

  icalcomponent* file_;
  std::optional<Zone> floating_;
  std::map<std::string, std::optional<Zone>> known_;
};

/// The wall time, whatever zone libical thinks it has.
LocalTime wall_time(const icaltimetype& time);
icaltimetype ical_time(LocalTime wall, bool is_date);
Day day_of(const icaltimetype& time);
/// What is a date, lies between the years 1 and 9999, and has hours that exist.
bool is_sane(const icaltimetype& time);

}  // namespace nines::calendar
