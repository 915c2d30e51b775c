// What a store says about the old records that it does not hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/export.hpp"
#include "base/time.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RecordsElsewhere {
  std::uint64_t records = 0;
  std::uint64_t bodies = 0;  ///< of their events
  Instant bound{};           ///< they had no news since then
  std::string place;         ///< that has them
};

/// Nothing when all of them are here.
NINES_EXPORT std::optional<RecordsElsewhere> records_elsewhere(const Session& session);

/// "12 finished records without news since 2026-08-30 are not here: nines sync PLACE ..."
NINES_EXPORT std::string to_string(const RecordsElsewhere& elsewhere);

}  // namespace nines::usecases
