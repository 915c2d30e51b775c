// Announced maintenance (MNT-1), once or recurring, and its cancellation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog/change.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "maintenance/<uid>"; maintenance.announced, maintenance.cancelled.
const Aggregate& maintenance_aggregate();

/// By first start; all of it, recurring or not, cancelled or not.
std::vector<catalog::Maintenance> maintenance(const Store& store);
std::optional<catalog::Maintenance> find_maintenance(const Store& store, const Uid& uid);

log::NewEvent maintenance_announced(const catalog::Maintenance& maintenance, std::int64_t number);
/// No start at or after `from` takes place.
log::NewEvent maintenance_cancelled(const catalog::Maintenance& maintenance, Instant from);

}  // namespace nines::store
