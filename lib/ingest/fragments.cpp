// Encodes, pools and merges fragments.
#include "ingest/fragments.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/compress.hpp"
#include "base/parallel.hpp"
#include "domain/series/totals.hpp"
#include "domain/series/varint.hpp"

namespace nines::ingest {
namespace {

static_assert(series::kBins <= 1u << kBinBits);
constexpr std::size_t kPartsPerBatch = 256;

struct Piece {
  std::uint32_t series;
  std::string_view bytes;
};

/// Memory, with what is reserved: many blocks are small.
std::size_t held_by(const FragmentBlock& block) {
  return block.bytes.capacity() + block.entries.capacity() * sizeof(FragmentBlock::Entry);
}

/// Each minute with a sample is watched, and those until the next one is due.
void watch(series::DayPart& part, const series::ActiveMinutes& active, int minutes) {
  if (active.count == series::kMinutesPerDay) return part.observe(0, series::kMinutesPerDay);
  for (const std::uint16_t m : active) part.observe(m, m + minutes);
}

}  // namespace

FragmentWriter::FragmentWriter(Buffer& out, int stretch, std::size_t latencies) : out_(out) {
  constexpr std::size_t kMostMinutes = 8 + kStretchMinutes * 3 * series::kMostVarintBytes;
  out.reserve(out.size() + kMostMinutes + latencies * 2 * series::kMostVarintBytes);
  to_ = out.data() + out.size();
  *to_++ = static_cast<char>(stretch);
}

void FragmentWriter::latencies(std::size_t hour, std::span<const CodedCount> counts) {
  constexpr std::uint32_t kBinMask = (1u << kBinBits) - 1;
  const auto base = static_cast<std::uint32_t>(hour << kBinBits);
  char* to = to_;
  std::uint32_t last = code_;
  for (const CodedCount& c : counts) {
    const std::uint32_t code = base | (c.code & kBinMask);
    to = series::put_counted(to, code - last, c.count);
    last = code;
  }
  to_ = to;
  code_ = last;
}

void FragmentWriter::finish() { out_.resize(static_cast<std::size_t>(to_ - out_.data())); }

void add_fragment(std::string_view bytes, series::DayPart& into) {
  const int stretch = bytes.front();
  series::VarintReader in(bytes.substr(1));
  int minute = stretch * kStretchMinutes;
  while (const auto step = in.get()) {
    minute += static_cast<int>(step) - 1;
    series::MinuteSlot& slot = into.minutes[static_cast<std::size_t>(minute)];
    const auto [total, bad] = in.get_pair();
    slot.total += total;
    slot.good += total - static_cast<std::uint64_t>(series::unzigzag(bad));
  }
  if (in.at_end()) return;
  constexpr std::uint32_t kBinMask = (1u << kBinBits) - 1;
  series::Histogram scratch;  // for hours that an earlier fragment has begun
  series::Histogram* hour = nullptr;
  series::Histogram* target = nullptr;
  const auto close = [&] {
    if (hour == target) return;
    target->merge(*hour);
    scratch.clear();
  };
  std::uint32_t code = 0;
  std::uint32_t open = ~0u;
  while (!in.at_end()) {
    const auto [step, count] = in.get_counted();
    code += static_cast<std::uint32_t>(step);
    if (code >> kBinBits != open) {
      close();
      open = code >> kBinBits;
      target = &into.latency[static_cast<std::size_t>(stretch) * kStretchHours + open];
      hour = target->empty() ? target : &scratch;
    }
    hour->append(code & kBinMask, count);
  }
  close();
  assert(in.ok());
}

FragmentPool::FragmentPool(PartSink sink, std::int64_t minutes_per_sample, std::size_t memory_limit)
    : sink_(std::move(sink)),
      minutes_per_sample_(minutes_per_sample),
      memory_limit_(memory_limit) {}

FragmentPool::Days::node_type FragmentPool::take(Days::iterator day) {
  held_ -= day->second.held;
  return days_.extract(day);
}

/// Of the large days the one that has not grown for the longest time: in sorted input, whichever
/// way it runs, that one is complete; in any other, large ones make few parts.
FragmentPool::Days::iterator FragmentPool::ripest() {
  std::size_t largest = 0;
  for (const auto& [number, day] : days_) largest = std::max(largest, day.held);
  auto ripest = days_.end();
  for (auto day = days_.begin(); day != days_.end(); ++day) {
    if (day->second.held < largest / 2) continue;
    if (ripest == days_.end() || day->second.grown_at < ripest->second.grown_at) ripest = day;
  }
  return ripest;
}

void FragmentPool::add(FragmentBlock block) {
  Days::node_type ripe;
  {
    const std::lock_guard lock(mutex_);
    Day& day = days_[block.day];
    const std::size_t bytes = held_by(block);
    held_ += bytes;
    day.held += bytes;
    day.grown_at = ++clock_;
    day.blocks.push_back(std::move(block));
    if (held_ <= memory_limit_) return;
    ripe = take(ripest());
  }
  make_parts(ripe.key(), ripe.mapped().blocks);
}

void FragmentPool::finish(int threads) {
  std::vector<const Days::value_type*> left;
  for (const auto& day : days_) left.push_back(&day);
  in_parallel(
      left.size(), static_cast<std::size_t>(std::max(1, threads)),
      [&](std::size_t i, std::size_t) { make_parts(left[i]->first, left[i]->second.blocks); });
  days_.clear();
  held_ = 0;
}

void FragmentPool::make_parts(std::int32_t day, const std::vector<FragmentBlock>& blocks) {
  std::vector<Piece> pieces;
  for (const FragmentBlock& block : blocks) {
    for (const FragmentBlock::Entry& e : block.entries)
      pieces.push_back({e.series, block.bytes.view().substr(e.offset, e.size)});
  }
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return a.series < b.series; });
  Compressor compressor;
  series::DayPart part;
  std::string bytes;
  std::string frame;
  std::vector<EncodedPart> ready;
  for (std::size_t i = 0; i < pieces.size();) {
    part.clear();
    std::size_t j = i;
    for (; j < pieces.size() && pieces[j].series == pieces[i].series; ++j)
      add_fragment(pieces[j].bytes, part);
    EncodedPart encoded;
    encoded.series = pieces[i].series;
    encoded.day = day;
    i = j;
    const series::ActiveMinutes active(part);
    if (active.count == 0) continue;
    if (const auto minute = series::first_overfull_minute(part)) encoded.overfull = *minute;
    if (minutes_per_sample_ > 0) watch(part, active, static_cast<int>(minutes_per_sample_));
    const auto hours = series::hour_sums(part, active);
    for (const auto& hour : hours) encoded.good += hour.good, encoded.total += hour.total;
    bytes.clear();
    series::encode(bytes, part, active);
    compressor.compress(bytes, frame);
    encoded.frame = frame;
    encoded.hash = sha256(encoded.frame);
    encoded.hours = series::encode(hours);
    encoded.first_minute = active.minutes[0];
    encoded.last_minute = active.minutes[active.count - 1];
    ready.push_back(std::move(encoded));
    if (ready.size() == kPartsPerBatch) {
      const std::lock_guard lock(sink_mutex_);
      sink_(std::move(ready));
      ready = {};
    }
  }
  if (!ready.empty()) {
    const std::lock_guard lock(sink_mutex_);
    sink_(std::move(ready));
  }
}

}  // namespace nines::ingest
