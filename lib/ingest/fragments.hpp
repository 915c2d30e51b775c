// Counters on their way to parts: compact pieces of days, merged per series and day, bounded in
// memory.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/varint.hpp"
#include "ingest/buffer.hpp"
#include "ingest/latency_log.hpp"

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

  /// Called by any thread. Beyond the memory limit the caller turns a day into parts.
  void add(FragmentBlock block);
  /// Turns everything left into parts, on this many threads.
  void finish(int threads);

 private:
  struct Day {
    std::vector<FragmentBlock> blocks;
    std::size_t held = 0;
    std::uint64_t grown_at = 0;
  };
  using Days = std::map<std::int32_t, Day>;

  Days::iterator ripest();
  Days::node_type take(Days::iterator day);
  void make_parts(std::int32_t day, const std::vector<FragmentBlock>& blocks);

  PartSink sink_;
  std::int64_t minutes_per_sample_;  ///< 0: watched minutes are not taken from samples
  std::size_t memory_limit_;
  std::mutex mutex_;
  std::mutex sink_mutex_;
  Days days_;
  std::size_t held_ = 0;
  std::uint64_t clock_ = 0;
};

/// Stretch of a day that one fragment covers.
inline constexpr int kStretchMinutes = 240;
inline constexpr std::size_t kStretchHours = kStretchMinutes / 60;
inline constexpr int kBinBits = 12;

/// Where the minutes of a fragment are written: a value, so that the one loop over all counters
/// keeps it out of memory.
class MinuteWriter {
 public:
  /// A minute without events leaves no trace. `bad` is total - good, modulo 2^64.
  void put(int minute, std::uint64_t total, std::uint64_t bad) {
    const int gap = minute - last_ + 1;
    const std::uint64_t code = series::zigzag(static_cast<std::int64_t>(bad));
    const bool any = (total | bad) != 0;
    if ((static_cast<std::uint64_t>(gap) | total | code) < 0x80) {
      // Nearly always: three bytes at once, and no branch, since whether a series has events in a
      // minute is often as good as random.
      const auto word =
          static_cast<std::uint32_t>(static_cast<std::uint64_t>(gap) | total << 8 | code << 16);
      std::memcpy(to_, &word, sizeof(word));
      to_ += any * 3;
      last_ += (gap - 1) * any;
      return;
    }
    if (!any) return;
    last_ = minute;
    to_ = series::put_varint(to_, static_cast<std::uint64_t>(gap));
    to_ = series::put_varint(to_, total);
    to_ = series::put_varint(to_, code);
  }

 private:
  friend class FragmentWriter;
  explicit MinuteWriter(char* to) : to_(to) {}
  char* to_;
  int last_ = 0;
};

/// Appends one fragment to `out`: minutes ascending, then latencies by hour and ascending, then
/// `finish`.
class FragmentWriter {
 public:
  FragmentWriter(Buffer& out, int stretch, std::size_t latencies);

  /// Once, and then `wrote` with what became of it: says whether any minute had events.
  MinuteWriter minutes() const { return MinuteWriter(to_); }
  bool wrote(const MinuteWriter& minutes) {
    const bool any = minutes.to_ != to_;
    to_ = minutes.to_;
    *to_++ = '\0';
    return any;
  }
  /// Of each code the last kBinBits bits count. `hour` is one of the stretch.
  void latencies(std::size_t hour, std::span<const CodedCount> counts);
  void finish();

 private:
  Buffer& out_;
  char* to_;
  std::uint32_t code_ = 0;
};

/// Adds to `into`; the bytes are our own, so damage is a bug.
void add_fragment(std::string_view bytes, series::DayPart& into);

}  // namespace nines::ingest
