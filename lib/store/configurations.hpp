// Snapshots of configurations (CFG-3), by service and place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog/configuration.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "configuration/<uid>"; configuration.seen makes one.
const Aggregate& configuration_aggregate();

/// Of one service, oldest first; of one place where that is given.
std::vector<catalog::ConfigSnapshot> configurations(const Store& store, const std::string& service,
                                                    const std::optional<std::string>& place = {});

/// `number` comes from take_number("CFG") within the transaction.
log::NewEvent configuration_seen(const catalog::ConfigSnapshot& snapshot, std::int64_t number);

}  // namespace nines::store
