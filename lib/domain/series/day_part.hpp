// One series on one UTC day: counters per minute, minutes watched, latency histograms per hour.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/series/counts.hpp"
#include "domain/series/histogram.hpp"

namespace nines::series {

inline constexpr int kMinutesPerDay = 1440;
inline constexpr int kHoursPerDay = 24;
inline constexpr int kPartCodec = 2;  ///< version of the bytes written by `encode`

struct MinuteSlot {
  std::uint64_t good = 0;
  std::uint64_t total = 0;

  friend bool operator==(const MinuteSlot&, const MinuteSlot&) = default;
};

/// What one import knows about one day, or the union of what several know. Indices are minutes and
/// hours of the UTC day.
struct DayPart {
  std::vector<MinuteSlot> minutes = std::vector<MinuteSlot>(kMinutesPerDay);
  std::bitset<kMinutesPerDay> observed;
  std::array<Histogram, kHoursPerDay> latency;

  void clear();
  /// Watched minutes [from, to) of the day.
  void observe(int from, int to);
  friend bool operator==(const DayPart&, const DayPart&) = default;
};

/// Adds counts and histograms, joins the watched minutes. Commutative and associative.
void unite(DayPart& into, const DayPart& other);

/// The first minute with more good than total: such a part is no measurement.
std::optional<int> first_overfull_minute(const DayPart& part);

/// A bit for each minute of a day, the first in the lowest; those behind the last are zero.
using MinuteBits = std::array<std::uint64_t, kMinutesPerDay / 64 + 1>;

/// The minutes of a part that hold events, so that they are looked for once.
struct ActiveMinutes {
  std::array<std::uint16_t, kMinutesPerDay> minutes;
  std::size_t count = 0;
  MinuteBits bits{};

  explicit ActiveMinutes(const DayPart& part);
  const std::uint16_t* begin() const { return minutes.data(); }
  const std::uint16_t* end() const { return minutes.data() + count; }
};

/// Sums per hour.
using HourSums = std::array<Counts, kHoursPerDay>;
HourSums hour_sums(const DayPart& part);
HourSums hour_sums(const DayPart& part, const ActiveMinutes& active);

/// Codec 2, appended to `out`: version; runs of watched minutes; runs of minutes with events; their
/// totals (plain or as differences, whichever is shorter); total - good, where few of them are bad
/// only those; histograms by hour. Uncompressed: the store compresses and guards it with a
/// checksum.
void encode(std::string& out, const DayPart& part);
void encode(std::string& out, const DayPart& part, const ActiveMinutes& active);
/// Adds the decoded part, of codec 1 or 2, to `into`, so that a union needs no copy. False on bytes
/// that no encoder wrote; `into` is then unspecified.
bool decode_into(std::string_view bytes, DayPart& into);
/// The same but for the histograms, which stay as they are and unread.
bool decode_minutes_into(std::string_view bytes, DayPart& into);
/// The codec that the bytes say they are of; 0 where they say none.
int codec_of(std::string_view bytes);

}  // namespace nines::series
