// The tables of incidents: disposable, folded from their events.
#pragma once

#include "store/projection.hpp"

namespace nines::store {

/// Subjects "incident/<uid>"; the kinds are those of store/incident_events.hpp.
const Aggregate& incident_aggregate();

}  // namespace nines::store
