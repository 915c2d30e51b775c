// Log-linear histograms of latencies: 64 linear steps per power of two, mergeable, error < 1 %.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/series/varint.hpp"

namespace nines::series {

/// Layout 1. Values are integers: microseconds where the column has a unit of time, millionths of
/// the column's unit else. Below 64 each value has its own bin; above, bin = 64 steps per octave,
/// so a bin is at most 1/64 of its lower edge wide and its middle is within 0.8 % of every member.
/// Values from 2^53 on share the last bin.
inline constexpr int kHistogramLayout = 1;
inline constexpr std::uint32_t kBins = 64 + (53 - 6) * 64;

constexpr std::uint32_t bin_of(std::uint64_t value) {
  if (value < 64) return static_cast<std::uint32_t>(value);
  const int octave = std::bit_width(value) - 7;  // 0 for 64..127
  if (octave >= 53 - 6) return kBins - 1;
  return 64 + static_cast<std::uint32_t>(octave) * 64 +
         (static_cast<std::uint32_t>(value >> octave) - 64);
}
/// Smallest value of a bin, and one past its largest.
constexpr std::uint64_t bin_begin(std::uint32_t bin) {
  if (bin < 64) return bin;
  const std::uint32_t octave = (bin - 64) / 64;
  return static_cast<std::uint64_t>(64 + (bin - 64) % 64) << octave;
}
constexpr std::uint64_t bin_end(std::uint32_t bin) { return bin_begin(bin + 1); }

/// Sparse: bins that hold something, ascending.
class Histogram {
 public:
  struct Bin {
    std::uint32_t bin = 0;
    std::uint64_t count = 0;
    friend bool operator==(const Bin&, const Bin&) = default;
  };

  void add(std::uint64_t value, std::uint64_t count = 1);
  void merge(const Histogram& other);
  /// Bins must ascend; for decoders and counting sorts.
  void append(std::uint32_t bin, std::uint64_t count) { bins_.push_back({bin, count}); }
  void clear() { bins_.clear(); }

  bool empty() const { return bins_.empty(); }
  std::uint64_t count() const;
  /// The value at rank ceil(q x count), 0 < q <= 1, as the middle of its bin. Empty without data.
  std::optional<double> quantile(double q) const;
  const std::vector<Bin>& bins() const { return bins_; }

  friend bool operator==(const Histogram&, const Histogram&) = default;

 private:
  std::vector<Bin> bins_;
};

/// Appends: number of bins, then of each the step from the last one and its count (put_counted).
void encode(std::string& out, const Histogram& histogram);
/// Replaces `into`; false on bytes that no encoder wrote. `pairs`: as part codec 1 has it, where
/// each bin is two numbers.
bool decode(VarintReader& in, Histogram& into, bool pairs = false);

}  // namespace nines::series
