// Overrides of the change gate (OVR-2): who let changes through, why, and until when.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/remediate/gate.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "override/<uid>"; gate.overridden makes one. It ends by itself, or is undone.
const Aggregate& gate_override_aggregate();

/// By when they were made, those that have ended too.
std::vector<remediate::GateOverride> gate_overrides(const Store& store);

/// `number` comes from take_number within the transaction.
log::NewEvent gate_overridden(const remediate::GateOverride& one, std::int64_t number);

}  // namespace nines::store
