// Taking in another replica's events.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "domain/log/exchange.hpp"

namespace nines::store {

class Store;

struct Received {
  std::uint64_t events = 0;  ///< new here
  /// The first event that was left for later, with all after it: its clock is too far ahead
  /// (`held_until`), or its body is missing and nothing says that it was erased (`bodiless`).
  std::optional<log::EventRef> held;
  std::optional<Instant> held_until;
  bool bodiless = false;
};

/// How far ahead of this clock an event's may be; one bad clock would otherwise push everybody's.
inline constexpr std::chrono::minutes kClockTolerance{5};

/// Whether an event that will come in says that this one was erased.
using ErasureKnown = std::function<bool(const log::EventRef&)>;

/// Checks and stores the events of a segment that are not here yet, and folds them, in one commit.
/// A body may be missing only when its erasure is in the log here, in the segment, or known to the
/// caller. `source` names where it came from. Throws Error: conflict (the replica has another
/// history here), bad_data (a hash does not hold, a body is not canonical, or events before it are
/// missing).
Received receive_segment(Store& store, const log::SegmentFile& file, const std::string& source,
                         const ErasureKnown& erasure_known);

/// The events that a segment's own events erase, as far as these may come in now.
std::set<log::EventRef> erasures_in(const Store& store, const log::SegmentFile& file);

/// Makes the next writer of this file a new replica: somebody else has written under its name.
void renounce_replica(Store& store);

/// Refuses when the place's last event of a replica is another one than here.
void require_same_history(const Store& store, const Uid& replica, const log::RemoteHead& remote,
                          const std::string& source);

}  // namespace nines::store
