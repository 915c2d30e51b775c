// Counters per minute: what a series holds, and what a window over it adds up to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/time.hpp"

namespace nines::series {

using SeriesId = Hash128;  ///< XXH3-free: first half of SHA-256 over the canonical key

/// DECISIONS: (source, service, predicate, value column with comparison and limit, split).
struct SeriesKey {
  std::string source;     ///< DataSource metadata.name
  std::string service;    ///< value of the service column, or the fixed service of the source
  std::string predicate;  ///< canonical text of what counts as good
  std::string total;      ///< canonical text of what counts at all; "true" = every event
  std::string value;      ///< "latency_ms <= 300" for threshold indicators, else empty
  std::string split;      ///< "region=eu,version=7" sorted by label; empty = whole

  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

std::string canonical(const SeriesKey& key);
SeriesId id_of(const SeriesKey& key);

/// The sum over a stretch of time. Bad = total - good.
struct Counts {
  std::uint64_t good = 0;
  std::uint64_t total = 0;
  std::uint64_t observed_minutes = 0;  ///< minutes the source was watching, traffic or not

  Counts& operator+=(const Counts& o) {
    good += o.good;
    total += o.total;
    observed_minutes += o.observed_minutes;
    return *this;
  }
  friend bool operator==(const Counts&, const Counts&) = default;
};

/// One minute, `minute` = minutes since the epoch.
struct MinuteCount {
  std::int64_t minute = 0;
  std::uint64_t good = 0;
  std::uint64_t total = 0;
  bool observed = false;

  friend bool operator==(const MinuteCount&, const MinuteCount&) = default;
};

/// First and one past the last minute known of a series, in minutes since the epoch.
struct Extent {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// Reads stored measurements. Bounds are minutes since the epoch, half open; a window that does not
/// start on a minute is widened by the caller's rule, never by the reader.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual std::optional<Extent> extent(const SeriesId& id) const = 0;
  /// O(1) in the length of the window, but for its two ends.
  virtual Counts sum(const SeriesId& id, std::int64_t from, std::int64_t to) const = 0;
  /// Minutes that are observed or carry events, ascending; others are absent.
  virtual std::vector<MinuteCount> minutes(const SeriesId& id, std::int64_t from,
                                           std::int64_t to) const = 0;
};

}  // namespace nines::series
