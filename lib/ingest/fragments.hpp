// Counters on their way to parts: compact pieces of days, merged per series and day, bounded in
// memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "domain/series/day_part.hpp"
#include "ingest/buffer.hpp"

namespace nines::ingest {

/// A day of one series, ready to be stored.
struct EncodedPart {
  std::uint32_t series = 0;
  std::int32_t day = 0;           ///< days since the epoch
  std::string frame;              ///< series::encode, compressed
  Hash256 hash{};                 ///< SHA-256 of `frame`
  std::string hours;              ///< series::encode(HourSums)
  std::int32_t first_minute = 0;  ///< of the day, with events or watched
  std::int32_t last_minute = 0;
  std::uint64_t good = 0;  ///< of the whole part
  std::uint64_t total = 0;
  std::int32_t overfull = -1;  ///< first minute with more good than total: no measurement
};

/// Takes parts in batches; calls are serialised. The same series and day may come more than once:
/// what a reader sees is their union.
using PartSink = std::function<void(std::vector<EncodedPart>&&)>;

/// Pieces of one stretch of a day, encoded one after the other.
struct FragmentBlock {
  struct Entry {
    std::uint32_t series;
    std::uint32_t offset;
    std::uint32_t size;
  };
  std::int32_t day = 0;
  Buffer bytes;
  std::vector<Entry> entries;
};

class FragmentPool {
 public:
  FragmentPool(PartSink sink, std::int64_t minutes_per_sample, std::size_t memory_limit);

  /// Called by any thread. Beyond the memory limit the caller turns older days into parts.
  void add(FragmentBlock block);
  /// Turns everything left into parts, on this many threads.
  void finish(int threads);

 private:
  using Blocks = std::vector<FragmentBlock>;
  void make_parts(Blocks blocks);
  void make_all(Blocks blocks, int threads);

  PartSink sink_;
  std::int64_t minutes_per_sample_;  ///< 0: watched minutes are not taken from samples
  std::size_t memory_limit_;
  std::mutex mutex_;
  std::mutex sink_mutex_;
  std::map<std::int32_t, Blocks> days_;
  std::size_t held_ = 0;
  bool flushing_ = false;
};

/// Stretch of a day that one fragment covers.
inline constexpr int kStretchMinutes = 240;
inline constexpr int kBinBits = 12;

/// (hour within the stretch << kBinBits | bin, count), ascending.
struct CodedCount {
  std::uint16_t code = 0;
  std::uint32_t count = 0;
};

/// The slots of one series lie `step` apart.
void put_fragment(Buffer& out, int stretch, const series::MinuteSlot* slots, std::size_t step,
                  const std::vector<CodedCount>& latency);
/// Adds to `into`; the bytes are our own, so damage is a bug.
void add_fragment(std::string_view bytes, series::DayPart& into);

}  // namespace nines::ingest
