// Recorded changes and maintenance as causes that a ledger can attribute bad units to.
#pragma once

#include <vector>

#include "domain/catalog/change.hpp"
#include "domain/slo/ledger.hpp"

namespace nines::slo {

/// Every stretch of the maintenance that overlaps `period`: each recurrence starts at the same wall
/// time in its zone and lasts as long as the first. Starts from `cancelled_from` on do not happen.
std::vector<Period> occurrences(const catalog::Maintenance& maintenance, const PlaceLocal& place,
                                const Period& period);

/// A change claims from its start to its end plus `tail` (its effects outlive it); `vendor` changes
/// are of class vendor, all others of class change.
Attribution attribute(const catalog::Change& change, Micros tail);

}  // namespace nines::slo
