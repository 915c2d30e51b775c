// Taking in another replica's events, and handing out those that are here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "domain/log/exchange.hpp"

namespace nines::store {

class Store;

struct Received {
  std::uint64_t events = 0;  ///< new here
  std::optional<log::EventRef>
      held;  ///< first event that was left for later: its clock is too far ahead
  Instant held_until{};
};

/// How far ahead of this clock an event's may be; one bad clock would otherwise push everybody's.
inline constexpr std::chrono::minutes kClockTolerance{5};

/// Checks and stores the events of a segment that are not here yet, and folds them, in one commit.
/// `source` names where it came from. Throws Error: conflict (the replica has another history
/// here), bad_data (a hash does not hold, or events before it are missing).
Received receive_segment(Store& store, const log::SegmentFile& file, const std::string& source);

/// Segments with the events of `replica` after `after`, in order.
void send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put);

/// Makes the next writer of this file a new replica: somebody else has written under its name.
void renounce_replica(Store& store);

/// Refuses when the place's last event of a replica is another one than here.
void require_same_history(const Store& store, const Uid& replica, const log::RemoteHead& remote,
                          const std::string& source);

}  // namespace nines::store
