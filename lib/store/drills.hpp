// Drills (DRL-3) that were started: their scenario as it was, what was given out, their score.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/incident/drill.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "drill/<uid>"; events drill.started, drill.injected, drill.scored.
const Aggregate& drill_aggregate();

/// `document` is the scenario; `number` comes from take_number(db, "DRL") within the transaction.
log::NewEvent drill_started(const incident::Drill& drill, const Json& document,
                            std::int64_t number);
log::NewEvent drill_injected(const incident::Drill& drill, std::size_t index);
log::NewEvent drill_scored(const incident::Drill& drill, const incident::DrillScore& score);

/// Newest first.
std::vector<incident::Drill> drills(const Store& store);
std::optional<incident::Drill> find_drill(const Store& store, const Uid& uid);
/// The drill that runs as this incident.
std::optional<incident::Drill> find_drill_of(const Store& store, const Uid& incident);

}  // namespace nines::store
