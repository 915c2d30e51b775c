// Sums that make long windows cheap: per month with a running sum by day, per day by hour.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "domain/series/day_part.hpp"

namespace nines::series {

inline constexpr int kDaysPerBlock = 32;  ///< a "month": 32 days counted from the epoch

/// Running sums over one block of days: a stretch of days inside it is one subtraction.
class BlockTotals {
 public:
  /// Sum of days [from, to) of the block, 0 <= from <= to <= kDaysPerBlock.
  Counts sum(int from, int to) const;
  Counts day(int index) const { return sum(index, index + 1); }
  void set_day(int index, const Counts& counts);
  bool empty() const { return sum(0, kDaysPerBlock) == Counts{}; }

  /// Fixed width, little-endian: a reader needs no decoding.
  std::string encode() const;
  static std::optional<BlockTotals> decode(std::string_view bytes);
  /// The sum of days [from, to) straight from encoded bytes; empty when they are damaged.
  static std::optional<Counts> sum_of(std::string_view bytes, int from, int to);

  friend bool operator==(const BlockTotals&, const BlockTotals&) = default;

 private:
  std::array<Counts, kDaysPerBlock + 1> before_{};  ///< before_[i] = days [0, i)
};

constexpr std::int64_t block_of_day(std::int64_t day) {
  return day >= 0 ? day / kDaysPerBlock : -((-day + kDaysPerBlock - 1) / kDaysPerBlock);
}

/// The hours of one day, as bytes of a few dozen.
std::string encode(const HourSums& sums);
std::optional<HourSums> decode_hours(std::string_view bytes);
/// Of all hours, from the same bytes.
std::optional<Counts> sum_of_hours(std::string_view bytes);

}  // namespace nines::series
