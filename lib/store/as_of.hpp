// The projections anew, in memory: up to an instant, or to compare with the stored ones.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/db.hpp"

namespace nines::store {

/// Folding more events than this leaves a base behind for the next reading (past_base.hpp).
inline constexpr std::uint64_t kBaseAbove = 100'000;

/// A private database whose projections hold exactly what the events with hlc <= `as_of` say (all
/// events without it, from the first one on). The file stays attached, read-only, as schema "disk".
Db replay_beside(const std::filesystem::path& file, std::optional<Instant> as_of,
                 std::uint64_t base_above = kBaseAbove);

/// The projection tables whose rows differ between such a database and the file.
std::vector<std::string> differing_tables(Db& replayed);

}  // namespace nines::store
