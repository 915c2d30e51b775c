// Sums and unions of day parts.
#include "domain/series/day_part.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace nines::series {
namespace {

/// Eight bytes that are 0 or 1 each as eight bits, the first in the lowest.
std::uint64_t packed(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word |= std::uint64_t{bytes[i]} << 8 * i;
  return word * 0x0102040810204080 >> 56;
}

}  // namespace

void DayPart::clear() {
  std::fill(minutes.begin(), minutes.end(), MinuteSlot{});
  observed.reset();
  for (Histogram& h : latency) h.clear();
}

void DayPart::observe(int from, int to) {
  if (from <= 0 && to >= kMinutesPerDay) {
    observed.set();
    return;
  }
  for (int m = std::max(from, 0); m < std::min(to, kMinutesPerDay); ++m) {
    observed.set(static_cast<std::size_t>(m));
  }
}

void unite(DayPart& into, const DayPart& other) {
  for (std::size_t m = 0; m < kMinutesPerDay; ++m) {
    into.minutes[m].good += other.minutes[m].good;
    into.minutes[m].total += other.minutes[m].total;
  }
  into.observed |= other.observed;
  for (std::size_t h = 0; h < kHoursPerDay; ++h) into.latency[h].merge(other.latency[h]);
}

std::optional<int> first_overfull_minute(const DayPart& part) {
  for (std::size_t m = 0; m < kMinutesPerDay; ++m) {
    if (part.minutes[m].good > part.minutes[m].total) return static_cast<int>(m);
  }
  return std::nullopt;
}

ActiveMinutes::ActiveMinutes(const DayPart& part) {
  std::array<std::uint8_t, 64 * std::tuple_size_v<MinuteBits>> any{};
  for (std::size_t m = 0; m < kMinutesPerDay; ++m)
    any[m] = (part.minutes[m].good | part.minutes[m].total) != 0;
  for (std::size_t w = 0; w < bits.size(); ++w) {
    for (std::size_t i = 0; i < 64; i += 8) bits[w] |= packed(any.data() + w * 64 + i) << i;
    if (bits[w] == ~std::uint64_t{0}) {
      for (std::size_t i = 0; i < 64; ++i)
        minutes[count++] = static_cast<std::uint16_t>(w * 64 + i);
      continue;
    }
    for (std::uint64_t rest = bits[w]; rest != 0; rest &= rest - 1)
      minutes[count++] = static_cast<std::uint16_t>(w * 64 + std::countr_zero(rest));
  }
}

HourSums hour_sums(const DayPart& part) { return hour_sums(part, ActiveMinutes(part)); }

HourSums hour_sums(const DayPart& part, const ActiveMinutes& active) {
  HourSums sums{};
  if (active.count > kMinutesPerDay / 4) {  // as on most days: no detour by the list
    const MinuteSlot* slot = part.minutes.data();
    for (Counts& hour : sums) {
      for (int m = 0; m < 60; ++m, ++slot) {
        hour.good += slot->good;
        hour.total += slot->total;
      }
    }
  } else {
    for (const std::uint16_t m : active) {
      Counts& hour = sums[m / 60];
      hour.good += part.minutes[m].good;
      hour.total += part.minutes[m].total;
    }
  }
  if (part.observed.none()) return sums;
  if (part.observed.all()) {
    for (Counts& hour : sums) hour.observed_minutes = 60;
    return sums;
  }
  for (std::size_t m = 0; m < kMinutesPerDay; ++m)
    sums[m / 60].observed_minutes += part.observed[m];
  return sums;
}

}  // namespace nines::series
