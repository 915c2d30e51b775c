// Running sums by day and by hour, and their bytes.
#include "domain/series/totals.hpp"

#include <bit>
#include <cstring>

namespace nines::series {
namespace {

constexpr std::size_t kWords = 3;
constexpr std::size_t kBytes = (kDaysPerBlock + 1) * kWords * sizeof(std::uint64_t);
static_assert(std::endian::native == std::endian::little, "totals are stored little-endian");
static_assert(sizeof(Counts) == kWords * sizeof(std::uint64_t));

Counts minus(Counts a, const Counts& b) {
  a.good -= b.good;
  a.total -= b.total;
  a.observed_minutes -= b.observed_minutes;
  return a;
}

Counts load(std::string_view bytes, int index) {
  Counts counts;
  std::memcpy(&counts, bytes.data() + static_cast<std::size_t>(index) * sizeof(Counts),
              sizeof(Counts));
  return counts;
}

}  // namespace

Counts BlockTotals::sum(int from, int to) const {
  return minus(before_[static_cast<std::size_t>(to)], before_[static_cast<std::size_t>(from)]);
}

void BlockTotals::set_day(int index, const Counts& counts) {
  const Counts change = minus(counts, day(index));  // modulo 2^64: also when it shrinks
  for (auto i = static_cast<std::size_t>(index) + 1; i < before_.size(); ++i) before_[i] += change;
}

std::string BlockTotals::encode() const {
  std::string out(kBytes, '\0');
  std::memcpy(out.data(), before_.data(), kBytes);
  return out;
}

std::optional<BlockTotals> BlockTotals::decode(std::string_view bytes) {
  if (bytes.size() != kBytes) return std::nullopt;
  BlockTotals totals;
  std::memcpy(totals.before_.data(), bytes.data(), kBytes);
  return totals;
}

std::optional<Counts> BlockTotals::sum_of(std::string_view bytes, int from, int to) {
  if (bytes.size() != kBytes || from < 0 || to > kDaysPerBlock || from > to) return std::nullopt;
  return minus(load(bytes, to), load(bytes, from));
}

std::string encode(const HourSums& sums) {
  std::string out;
  for (const Counts& hour : sums) {
    put_varint(out, hour.total);
    put_varint(out, zigzag(static_cast<std::int64_t>(hour.total - hour.good)));
    put_varint(out, hour.observed_minutes);
  }
  return out;
}

namespace {

/// Calls `each(counts)` for each hour; false on bytes that no encoder wrote.
template <class Each>
bool for_each_hour(std::string_view bytes, const Each& each) {
  VarintReader in(bytes);
  for (int h = 0; h < kHoursPerDay; ++h) {
    const auto [total, bad] = in.get_pair();
    each(Counts{total - static_cast<std::uint64_t>(unzigzag(bad)), total, in.get()});
  }
  return in.ok() && in.at_end();
}

}  // namespace

std::optional<HourSums> decode_hours(std::string_view bytes) {
  HourSums sums{};
  auto hour = sums.begin();
  if (!for_each_hour(bytes, [&](const Counts& counts) { *hour++ = counts; })) return std::nullopt;
  return sums;
}

std::optional<Counts> sum_of_hours(std::string_view bytes) {
  Counts sum;
  if (!for_each_hour(bytes, [&](const Counts& counts) { sum += counts; })) return std::nullopt;
  return sum;
}

}  // namespace nines::series
