// Which release takes which action: fixes ride along in the time that features leave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace nines::remediate {

/// A train that leaves whether or not it is full.
struct Release {
  std::string name;  ///< "2026.12"
  Day day;
  int half_days = 0;                        ///< of work that features leave free, 0 or more
  std::vector<std::string> services = {};   ///< whose changes it takes; empty: all
  std::string closed = {};  ///< why nothing rides in it, such as a freeze; empty: it runs

  friend bool operator==(const Release&, const Release&) = default;
};

struct ScheduleItem {
  std::string name;
  int half_days = 1;  ///< above 0
  std::optional<Day> due;
  bool must = false;
  double per_day = 0;  ///< what it averts a year per day of work
  std::vector<std::string> services = {};
  std::vector<std::size_t> needs = {};  ///< indices of items that ride with it, or before
};

struct Placement {
  std::optional<std::size_t> release;  ///< index; empty: it does not fit
  bool late = false;                   ///< its release leaves after its due day
  std::string reason;                  ///< why not, or why not sooner; empty: in the first one
};

/// First what must be done, then what is due first, then what averts most per day of work; each in
/// the first release from `from` on that takes its services and has room, never before what it
/// needs. Nothing that was placed is moved again. Releases are by day.
std::vector<Placement> schedule_items(const std::vector<ScheduleItem>& items,
                                      const std::vector<Release>& releases, Day from);

}  // namespace nines::remediate
