// The bytes of a day part: runs of minutes, then each counter as its own stream. Codec 2 is
// written; codec 1 had total - good of every minute, and two numbers for each bin.
#include <algorithm>
#include <bit>

#include "domain/series/day_part.hpp"

namespace nines::series {
namespace {

constexpr std::size_t kMinutes = kMinutesPerDay;
using PerMinute = std::array<std::uint64_t, kMinutes>;

/// Runs of minutes, as (gap, length) pairs after their number: the steps from one edge of a run to
/// the next.
void put_runs(std::string& out, const MinuteBits& minutes) {
  std::array<char, kMinutes * kMostVarintBytes> steps;  // at most 720 runs of two numbers
  char* to = steps.data();
  std::uint64_t edges = 0;
  std::size_t last = 0;
  std::uint64_t before = 0;  // the minute before the word at hand
  for (std::size_t w = 0; w < minutes.size(); ++w) {
    const std::uint64_t word = minutes[w];
    for (std::uint64_t bits = word ^ (word << 1 | before); bits != 0; bits &= bits - 1) {
      const std::size_t edge = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      to = put_varint(to, edge - last);
      last = edge;
      ++edges;
    }
    before = word >> 63;
  }
  put_varint(out, edges / 2);  // the day's end lies within the last word, and closes the last run
  out.append(steps.data(), to);
}

MinuteBits bits_of(const std::bitset<kMinutesPerDay>& minutes) {
  MinuteBits bits{};
  if (minutes.all()) {  // as most days are
    bits.fill(~std::uint64_t{0});
    bits.back() >>= 64 - kMinutes % 64;
    return bits;
  }
  for (std::size_t m = 0; m < kMinutes; ++m) bits[m / 64] |= std::uint64_t{minutes[m]} << m % 64;
  return bits;
}

/// Calls `each(begin, end)` per run; false when the runs leave the day or are out of order.
template <class Each>
bool get_runs(VarintReader& in, const Each& each) {
  const std::uint64_t number = in.get();
  if (number > kMinutes / 2) return false;
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < number; ++i) {
    const std::uint64_t gap = in.get();
    const std::uint64_t length = in.get();
    if (!in.ok() || length == 0 || (i > 0 && gap == 0) || gap > kMinutes || length > kMinutes ||
        at + gap + length > kMinutes) {
      return false;
    }
    each(static_cast<std::size_t>(at + gap), static_cast<std::size_t>(at + gap + length));
    at += gap + length;
  }
  return true;
}

void put_totals(std::string& out, const DayPart& part, const ActiveMinutes& active) {
  using Stream = std::array<char, kMinutes * kMostVarintBytes>;
  Stream plain;
  Stream differences;
  char* to_plain = plain.data();
  char* to_differences = differences.data();
  std::uint64_t last = 0;
  for (const std::uint16_t m : active) {
    const std::uint64_t total = part.minutes[m].total;
    to_plain = put_varint(to_plain, total);
    to_differences = put_varint(to_differences, zigzag(static_cast<std::int64_t>(total - last)));
    last = total;
  }
  const bool by_difference = to_differences - differences.data() < to_plain - plain.data();
  put_varint(out, by_difference ? 1 : 0);
  if (by_difference)
    out.append(differences.data(), to_differences);
  else
    out.append(plain.data(), to_plain);
}

/// Of few bad minutes their number + 1 and each with its step, of many 0 and then all.
void put_bad(std::string& out, const DayPart& part, const ActiveMinutes& active) {
  std::array<std::uint16_t, kMinutes> where;
  PerMinute what;
  std::size_t number = 0;
  for (std::size_t i = 0; i < active.count; ++i) {
    const MinuteSlot& slot = part.minutes[active.minutes[i]];
    const std::uint64_t bad = zigzag(static_cast<std::int64_t>(slot.total - slot.good));
    where[number] = static_cast<std::uint16_t>(i);
    what[number] = bad;
    number += bad != 0;
  }
  const bool few = number <= active.count / 3;
  std::array<char, (2 * kMinutes + 1) * kMostVarintBytes> stream;
  char* to = put_varint(stream.data(), few ? number + 1 : 0);
  if (few) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < number; ++i) {
      to = put_varint(to, where[i] - last);
      to = put_varint(to, what[i]);
      last = where[i];
    }
  } else {
    for (const std::uint16_t m : active) {
      const MinuteSlot& slot = part.minutes[m];
      to = put_varint(to, zigzag(static_cast<std::int64_t>(slot.total - slot.good)));
    }
  }
  out.append(stream.data(), to);
}

void put_latency(std::string& out, const DayPart& part) {
  std::uint64_t hours = 0;
  for (std::size_t h = 0; h < kHoursPerDay; ++h) {
    if (!part.latency[h].empty()) hours |= std::uint64_t{1} << h;
  }
  put_varint(out, hours == 0 ? 0 : kHistogramLayout);
  if (hours == 0) return;
  put_varint(out, hours);
  for (const Histogram& h : part.latency) {
    if (!h.empty()) encode(out, h);
  }
}

/// Numbers of one byte each, as most are, are read without a question per number.
void get_totals(VarintReader& in, bool by_difference, std::size_t count, PerMinute& totals) {
  const unsigned char* small = in.take_small(count);
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t n = small != nullptr ? small[i] : in.get();
    last = by_difference ? last + static_cast<std::uint64_t>(unzigzag(n)) : n;
    totals[i] = last;
  }
}

void get_all_bad(VarintReader& in, std::size_t count, PerMinute& bad) {
  const unsigned char* small = in.take_small(count);
  for (std::size_t i = 0; i < count; ++i)
    bad[i] = static_cast<std::uint64_t>(unzigzag(small != nullptr ? small[i] : in.get()));
}

bool get_bad(VarintReader& in, std::size_t count, PerMinute& bad) {
  const std::uint64_t head = in.get();
  if (head == 0) {
    get_all_bad(in, count, bad);
    return in.ok();
  }
  std::fill_n(bad.begin(), count, 0);
  std::uint64_t at = 0;
  for (std::uint64_t i = 1; i < head; ++i) {
    const auto [step, what] = in.get_pair();
    if (!in.ok() || step >= count || (i > 1 && step == 0) || what == 0) return false;
    at += step;
    if (at >= count) return false;
    bad[at] = static_cast<std::uint64_t>(unzigzag(what));
  }
  return in.ok();
}

bool get_latency(VarintReader& in, bool pairs, DayPart& into) {
  const std::uint64_t layout = in.get();
  if (layout == 0) return in.ok();
  if (layout != kHistogramLayout) return false;
  const std::uint64_t hours = in.get();
  if (hours == 0 || hours >> kHoursPerDay != 0) return false;
  Histogram read;
  for (std::size_t h = 0; h < kHoursPerDay; ++h) {
    if ((hours >> h & 1) == 0) continue;
    if (!decode(in, read, pairs)) return false;
    into.latency[h].merge(read);
  }
  return in.ok();
}

/// All before the histograms.
bool get_minutes(VarintReader& in, std::uint64_t codec, DayPart& into) {
  if (codec == 0 || codec > kPartCodec) return false;
  if (!get_runs(in, [&](std::size_t begin, std::size_t end) {
        if (end - begin == kMinutes) {  // most days are watched all day
          into.observed.set();
          return;
        }
        for (std::size_t m = begin; m < end; ++m) into.observed.set(m);
      })) {
    return false;
  }
  std::array<std::uint16_t, kMinutes> active;
  std::size_t count = 0;
  if (!get_runs(in, [&](std::size_t begin, std::size_t end) {
        for (std::size_t m = begin; m < end; ++m) active[count++] = static_cast<std::uint16_t>(m);
      })) {
    return false;
  }
  const std::uint64_t mode = in.get();
  if (mode > 1) return false;
  PerMinute totals;
  get_totals(in, mode == 1, count, totals);
  PerMinute bad;
  if (codec == 1)
    get_all_bad(in, count, bad);
  else if (!get_bad(in, count, bad))
    return false;
  if (count == kMinutes) {  // as most days are, and without a detour
    for (std::size_t m = 0; m < kMinutes; ++m) {
      into.minutes[m].good += totals[m] - bad[m];
      into.minutes[m].total += totals[m];
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      into.minutes[active[i]].good += totals[i] - bad[i];
      into.minutes[active[i]].total += totals[i];
    }
  }
  return in.ok();
}

}  // namespace

void encode(std::string& out, const DayPart& part) { encode(out, part, ActiveMinutes(part)); }

void encode(std::string& out, const DayPart& part, const ActiveMinutes& active) {
  put_varint(out, kPartCodec);
  if (part.observed.none())
    put_varint(out, 0);
  else
    put_runs(out, bits_of(part.observed));
  put_runs(out, active.bits);
  put_totals(out, part, active);
  put_bad(out, part, active);
  put_latency(out, part);
}

int codec_of(std::string_view bytes) {
  const std::uint64_t codec = VarintReader(bytes).get();
  return codec <= kPartCodec ? static_cast<int>(codec) : 0;
}

bool decode_into(std::string_view bytes, DayPart& into) {
  VarintReader in(bytes);
  const std::uint64_t codec = in.get();
  return get_minutes(in, codec, into) && get_latency(in, codec == 1, into) && in.at_end();
}

bool decode_minutes_into(std::string_view bytes, DayPart& into) {
  VarintReader in(bytes);
  const std::uint64_t codec = in.get();
  return get_minutes(in, codec, into);
}

}  // namespace nines::series
