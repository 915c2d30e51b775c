// Watches of hypotheses (watch.hpp): armed, what they saw, ended; part of the aggregate of hypotheses.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/rca/analysis/model.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

class Db;

/// hypothesis.watch_armed, hypothesis.watch_ended, hypothesis.watched.
extern const std::array<Projection, 3> kWatchKinds;
extern const char* const kWatchTables;
void clear_watches(Db& db, const Uid& hypothesis);

/// Of one hypothesis, in the order they were armed.
std::vector<rca::Watch> watches_of(Db& db, const Uid& hypothesis);
/// Hypotheses with a watch that is on: neither ended, nor of one that is confirmed or refuted.
std::vector<Uid> watched_hypotheses(const Store& store);

/// The last moment of a match that was ever recorded, also where that was undone since: what
/// attaches itself does not come again once somebody took it back.
std::optional<Instant> last_match_ever(const Store& store, const Uid& hypothesis, const Uid& watch);

log::NewEvent watch_armed(const Uid& hypothesis, const rca::Watch& watch);
log::NewEvent watch_ended(const Uid& hypothesis, const Uid& watch, Instant at);
/// That a time was watched, and what was seen in it.
log::NewEvent time_watched(const Uid& hypothesis, const Uid& watch, const rca::WatchedTime& time,
                           Instant at);

}  // namespace nines::store
