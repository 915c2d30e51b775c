// Tables of measurements, and how totals follow the live parts.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "domain/series/counts.hpp"
#include "store/db.hpp"

namespace nines::store {

extern const std::string_view kSeriesContent;
/// The index over kSeriesContent that totals are folded from.
extern const std::string_view kSumsOfParts;
extern const std::string_view kSeriesTables;

/// Key of a row in series_block.
constexpr std::int64_t block_key(std::int64_t series, std::int64_t block) {
  return series * 65536 + (block + 32768);
}

/// Bytes of compressed parts may grow to this; more is damage.
inline constexpr std::size_t kMostPartBytes = std::size_t{16} << 20;

inline constexpr int kTailMinutes = 420;  ///< seven hours: windows of six, whatever their minute

/// Rebuilds sums, extent and newest hours of every series that has parts in the run, on the days
/// the run touches, from the parts of live runs.
void refresh_totals_of_run(Db& db, std::int64_t run);

/// Which runs count. Parts may come after the event that announces them, and then do at once; equal
/// texts mean the same runs.
std::string runs_that_count(Db& db);

/// A reader over these tables; `db` must outlive it.
std::unique_ptr<series::Reader> read_series(Db& db);

}  // namespace nines::store
