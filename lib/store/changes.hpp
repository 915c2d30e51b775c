// Recorded changes (CHG-7): deploys, configuration, flags and the like, by service and time.
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

/// Subjects "change/<uid>"; change.recorded makes one, change.amended replaces what it says.
const Aggregate& change_aggregate();

struct ChangeFilter {
  std::optional<std::string> service;
  std::optional<Instant> from;  ///< changes that end at or after it
  std::optional<Instant> to;    ///< changes that start before it
};

/// By start, oldest first.
std::vector<catalog::Change> changes(const Store& store, const ChangeFilter& filter = {});
std::optional<catalog::Change> find_change(const Store& store, const Uid& uid);

/// `number` comes from take_number within the transaction.
log::NewEvent change_recorded(const catalog::Change& change, std::int64_t number);
log::NewEvent change_amended(const catalog::Change& change);

}  // namespace nines::store
