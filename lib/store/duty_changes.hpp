// Overrides and swaps of rotas entered by command (DTY-1), and their cancellation.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/incident/duty_change.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "duty/<uid>"; duty.changed, duty.cancelled.
const Aggregate& duty_aggregate();

/// In the order in which they were entered, cancelled ones too.
std::vector<incident::DutyChange> duty_changes(const Store& store);

log::NewEvent duty_changed(const incident::DutyChange& change, std::int64_t number);
log::NewEvent duty_cancelled(const incident::DutyChange& change);

}  // namespace nines::store
