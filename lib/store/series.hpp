// Stored measurements: immutable parts, the sums that derive from them, and a reader over both.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/series/counts.hpp"
#include "domain/series/histogram.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Reads the union of live parts; empty for series that were never measured. Keep it for one
/// command: it remembers what it read. The store must outlive it.
std::unique_ptr<series::Reader> open_series(const Store& store);

/// Several readers of one state, at most `wanted`, at least one: each for a thread of its own.
/// Fewer where that state cannot be opened again: replayed for a past instant, or written to by
/// now. Hold a Snapshot meanwhile.
std::vector<std::unique_ptr<series::Reader>> open_series(const Store& store, std::size_t wanted);

/// The series of one source, whole ones and splits, by key.
std::vector<series::SeriesKey> series_of_source(const Store& store, std::string_view source);

/// Latencies of a threshold series in whole hours [from, to), bounds in minutes since the epoch,
/// widened to hours.
series::Histogram latencies(const Store& store, const series::SeriesId& id, std::int64_t from,
                            std::int64_t to);

}  // namespace nines::store
