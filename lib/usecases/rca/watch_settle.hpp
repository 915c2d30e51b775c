// What a look at one watch found, on its way into the record; inside of the use cases.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "usecases/rca/watch.hpp"

namespace nines::usecases {

struct WatchMatch {
  Instant at;
  std::string identity;  ///< the same on every machine and in every run
  std::string text;
  bool timed = true;  ///< false: its line tells no time, and `at` is the present
};

/// For one watch; matches ascend by time.
struct WatchLook {
  Uid hypothesis;
  Uid watch;
  std::vector<WatchMatch> matches;
  std::vector<std::pair<Instant, Instant>> watched;  ///< stretches that were looked at, ascending
  std::string by;                                    ///< "alerts", "app.log"
  std::int64_t older = 0;
};

/// The shortest quiet worth an event of its own: a run every minute does not fill the log.
inline constexpr std::chrono::hours kLeastQuietTime{6};

/// Attaches what is new and records what was watched, all in one transaction; what is on record by
/// then is read within it. Quiet shorter than `least` waits for more.
std::vector<WatchNews> settle_looks(Session& session, const std::vector<WatchLook>& looks,
                                    Micros least, bool dry_run);

}  // namespace nines::usecases
