// Encodes, pools and merges fragments.
#include "ingest/fragments.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/compress.hpp"
#include "base/threads.hpp"
#include "domain/series/totals.hpp"
#include "domain/series/varint.hpp"

namespace nines::ingest {
namespace {

static_assert(series::kBins <= 1u << kBinBits);
constexpr std::size_t kPartsPerBatch = 256;

struct Merged {
  std::uint32_t series;
  std::int32_t day;
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

void FragmentWriter::latencies(std::span<const CodedCount> counts) {
  *to_++ = '\0';  // the end of the minutes
  for (const CodedCount& c : counts) {
    const std::uint32_t code = c.code & ((1u << kCodeBits) - 1);
    to_ = series::put_varint(to_, code - code_);
    to_ = series::put_varint(to_, c.count);
    code_ = code;
  }
}

void FragmentWriter::finish() { out_.resize(static_cast<std::size_t>(to_ - out_.data())); }

void add_fragment(std::string_view bytes, series::DayPart& into) {
  const int stretch = bytes.front();
  series::VarintReader in(bytes.substr(1));
  int minute = stretch * kStretchMinutes;
  while (const auto step = in.get()) {
    minute += static_cast<int>(step) - 1;
    series::MinuteSlot& slot = into.minutes[static_cast<std::size_t>(minute)];
    const std::uint64_t total = in.get();
    slot.total += total;
    slot.good += total - static_cast<std::uint64_t>(series::unzigzag(in.get()));
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
    code += static_cast<std::uint32_t>(in.get());
    const std::uint64_t count = in.get();
    if (code >> kBinBits != open) {
      close();
      open = code >> kBinBits;
      target = &into.latency[static_cast<std::size_t>(stretch) * (kStretchMinutes / 60) + open];
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

void FragmentPool::add(FragmentBlock block) {
  Blocks ripe;
  {
    const std::lock_guard lock(mutex_);
    held_ += held_by(block);
    days_[block.day].push_back(std::move(block));
    if (held_ <= memory_limit_ || flushing_) return;
    flushing_ = true;
    // The newest day is still growing in sorted input: it goes only when it is all there is.
    while (!days_.empty() && (days_.size() > 1 || ripe.empty())) {
      auto first = days_.extract(days_.begin());
      for (FragmentBlock& b : first.mapped()) {
        held_ -= held_by(b);
        ripe.push_back(std::move(b));
      }
    }
  }
  try {
    make_parts(std::move(ripe));
  } catch (...) {
    const std::lock_guard lock(mutex_);
    flushing_ = false;
    throw;
  }
  const std::lock_guard lock(mutex_);
  flushing_ = false;
}

void FragmentPool::finish(int threads) {
  Blocks all;
  for (auto& [day, blocks] : days_) {
    for (FragmentBlock& block : blocks) all.push_back(std::move(block));
  }
  days_.clear();
  held_ = 0;
  make_all(std::move(all), threads);
}

void FragmentPool::make_all(Blocks blocks, int threads) {
  // Whole days go to a thread, so that each block is walked once and freed with its thread.
  std::sort(blocks.begin(), blocks.end(),
            [](const auto& a, const auto& b) { return a.day < b.day; });
  std::vector<Blocks> shares(static_cast<std::size_t>(std::max(1, threads)));
  std::size_t next = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0 && blocks[i].day != blocks[i - 1].day) next = (next + 1) % shares.size();
    shares[next].push_back(std::move(blocks[i]));
  }
  on_threads(shares.size(), [&](std::size_t n) { make_parts(std::move(shares[n])); });
}

void FragmentPool::make_parts(Blocks blocks) {
  std::vector<Merged> pieces;
  for (const FragmentBlock& block : blocks) {
    for (const FragmentBlock::Entry& e : block.entries) {
      pieces.push_back({e.series, block.day, block.bytes.view().substr(e.offset, e.size)});
    }
  }
  std::sort(pieces.begin(), pieces.end(), [](const Merged& a, const Merged& b) {
    return a.day != b.day ? a.day < b.day : a.series < b.series;
  });
  Compressor compressor;
  series::DayPart part;
  std::string bytes;
  std::string frame;
  std::vector<EncodedPart> ready;
  for (std::size_t i = 0; i < pieces.size();) {
    part.clear();
    std::size_t j = i;
    for (; j < pieces.size() && pieces[j].series == pieces[i].series &&
           pieces[j].day == pieces[i].day;
         ++j) {
      add_fragment(pieces[j].bytes, part);
    }
    EncodedPart encoded;
    encoded.series = pieces[i].series;
    encoded.day = pieces[i].day;
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
