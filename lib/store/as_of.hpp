// The projections anew, in memory: up to an instant, or to compare with the stored ones.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/db.hpp"

namespace nines::store {

/// A private database whose projections hold exactly what the events with hlc <= `as_of` say (all
/// events without it). The file stays attached, read-only, as schema "disk".
Db replay_beside(const std::filesystem::path& file, std::optional<Instant> as_of);

/// The projection tables whose rows differ between such a database and the file.
std::vector<std::string> differing_tables(Db& replayed);

}  // namespace nines::store
