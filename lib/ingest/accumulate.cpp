// The inner loop of an import: masks per rule, then one addition per row.
#include "ingest/accumulate.hpp"

#include <algorithm>
#include <cstring>

#include "domain/series/histogram.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kStage = 1024;   ///< latencies collected before they are sorted
constexpr std::size_t kSpares = 2048;  ///< pieces of memory kept for the next stretch

/// Sorts 14-bit codes by two counting passes.
void sort_codes(std::uint16_t* codes, std::size_t size) {
  constexpr std::size_t kFew = 32;
  if (size <= kFew) return std::sort(codes, codes + size);
  constexpr std::size_t kDigits = 128;
  std::array<std::uint16_t, kStage> scratch;
  std::array<std::uint32_t, kDigits + 1> low{};
  std::array<std::uint32_t, kDigits + 1> high{};
  for (std::size_t i = 0; i < size; ++i) {
    ++low[(codes[i] & 127u) + 1];
    ++high[(codes[i] >> 7u) + 1];
  }
  for (std::size_t d = 1; d <= kDigits; ++d) low[d] += low[d - 1], high[d] += high[d - 1];
  for (std::size_t i = 0; i < size; ++i) scratch[low[codes[i] & 127u]++] = codes[i];
  for (std::size_t i = 0; i < size; ++i) codes[high[scratch[i] >> 7u]++] = scratch[i];
}

/// Adds codes to an ascending list of counts; `kept` is scratch space.
void merge_codes(std::uint16_t* codes, std::size_t size, std::vector<CodedCount>& counts,
                 std::vector<CodedCount>& kept) {
  sort_codes(codes, size);
  // Time moves on, so what is there mostly stays: only the part from the first code on is merged.
  const auto keep =
      std::lower_bound(counts.begin(), counts.end(), codes[0],
                       [](const CodedCount& c, std::uint16_t code) { return c.code < code; });
  kept.assign(keep, counts.end());
  counts.erase(keep, counts.end());
  counts.reserve(counts.size() + kept.size() + std::min(size, kStage / 4));
  auto old = kept.begin();
  for (std::size_t i = 0; i < size;) {
    std::size_t j = i + 1;
    while (j < size && codes[j] == codes[i]) ++j;
    while (old != kept.end() && old->code < codes[i]) counts.push_back(*old++);
    CodedCount next{codes[i], static_cast<std::uint32_t>(j - i)};
    if (old != kept.end() && old->code == codes[i]) next.count += (old++)->count;
    counts.push_back(next);
    i = j;
  }
  counts.insert(counts.end(), old, kept.end());
}

/// Power of ten that turns a value of this unit into microseconds (or millionths).
int micro_exponent(const SourceSpec& spec, const std::string& column) {
  std::string unit;
  if (const ColumnSpec* described = spec.find_column(column)) unit = described->unit;
  const auto ends = [&](std::string_view tail) {
    return column.size() > tail.size() &&
           column.compare(column.size() - tail.size(), tail.size(), tail) == 0;
  };
  if (unit.empty()) unit = ends("_ns") ? "ns" : ends("_us") ? "us" : ends("_ms") ? "ms" : "s";
  if (column == "time-taken" && spec.format == Format::w3c) unit = "ms";
  return unit == "ns" ? -3 : unit == "us" ? 0 : unit == "ms" ? 3 : 6;
}

}  // namespace

void Covered::add(const Covered& other) {
  if (other.rows == 0) return;
  first = rows == 0 ? other.first : std::min(first, other.first);
  last = rows == 0 ? other.last : std::max(last, other.last);
  rows += other.rows;
}

/// A rule with its columns found, and its masks for the batch at hand.
struct Accumulator::Bound {
  series::Evaluator good;
  series::Evaluator total;
  std::size_t good_sum = kNone;
  std::size_t total_sum = kNone;
  bool sums_bad = false;
  std::size_t value = kNone;
  series::Compare op = series::Compare::le;
  Decimal limit{};
  int exponent = 0;
  std::size_t latency = 0;  ///< among the rules with a value
  std::vector<std::uint8_t> good_mask = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint8_t> total_mask = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint8_t> scratch = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint16_t> bins = std::vector<std::uint16_t>(kBatchRows);

  static constexpr std::size_t kNone = ~std::size_t{0};
};

/// Latencies of one series: the newest as they came, the others counted.
struct Accumulator::Latency {
  std::uint16_t* next = nullptr;  ///< into `stage`; null: none yet
  std::uint16_t* end = nullptr;
  std::unique_ptr<std::uint16_t[]> stage;
  std::vector<CodedCount> counts;
};

/// All series in one stretch of four hours.
struct Accumulator::Slab {
  std::int64_t stretch = 0;
  std::uint64_t used_at = 0;
  /// By unit: slots of each minute, those of all rules side by side, since rows count for most.
  std::vector<std::unique_ptr<series::MinuteSlot[]>> blocks;
  std::vector<Latency> latency;  ///< by unit and rule with a value
};

Accumulator::Accumulator(const std::vector<Rule>& rules, const Plan& plan, const SourceSpec& spec,
                         FragmentPool& pool, std::size_t memory_limit)
    : pool_(pool), memory_limit_(memory_limit) {
  const auto place = [&](const series::ColumnUse& use) {
    return use.numeric ? plan.number_place(use.name) : plan.text_place(use.name);
  };
  for (const Rule& rule : rules) {
    Bound bound{series::Evaluator(rule.good, place), series::Evaluator(rule.total, place)};
    if (!rule.good_sum.empty()) bound.good_sum = plan.number_place(rule.good_sum);
    if (!rule.total_sum.empty()) bound.total_sum = plan.number_place(rule.total_sum);
    bound.sums_bad = rule.sums_bad;
    if (!rule.value.empty()) {
      bound.value = plan.number_place(rule.value);
      bound.op = rule.op;
      bound.limit = rule.limit;
      bound.exponent = micro_exponent(spec, rule.value);
      bound.latency = latency_rules_++;
    }
    rules_.push_back(std::move(bound));
  }
}

Accumulator::~Accumulator() = default;

void Accumulator::evaluate(const TypedRows& typed, Bound& rule) {
  const series::Batch& batch = typed.batch;
  rule.total.run(batch, rule.total_mask.data());
  rule.good.run(batch, rule.good_mask.data());
  if (rule.value == Bound::kNone) {
    for (std::size_t i = 0; i < batch.rows; ++i) rule.good_mask[i] &= rule.total_mask[i];
    return;
  }
  const series::NumberColumn& value = batch.numbers[rule.value];
  series::compare_column(value, batch.rows, rule.op, rule.limit, rule.scratch.data());
  static constexpr std::uint64_t kPower[] = {1,      10,      100,      1000,      10000,
                                             100000, 1000000, 10000000, 100000000, 1000000000};
  for (std::size_t i = 0; i < batch.rows; ++i) {
    const bool there = value.scales[i] >= 0;
    rule.total_mask[i] &= there;
    rule.good_mask[i] &= rule.total_mask[i] & rule.scratch[i];
    const int shift = rule.exponent - (there ? value.scales[i] : 0);
    const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(value.units[i], 0));
    std::uint64_t micros = 0;
    if (shift < 0)
      micros = units / kPower[std::min(-shift, 9)];
    else if (__builtin_mul_overflow(units, kPower[shift], &micros))
      micros = ~std::uint64_t{0};
    rule.bins[i] = static_cast<std::uint16_t>(series::bin_of(micros));
  }
}

void Accumulator::judge(const TypedRows& rows, std::size_t rule, std::uint8_t* verdicts) {
  Bound& bound = rules_[rule];
  evaluate(rows, bound);
  for (std::size_t i = 0; i < rows.batch.rows; ++i) {
    verdicts[i] = static_cast<std::uint8_t>(bound.total_mask[i] ? 1 + bound.good_mask[i] : 0);
  }
}

void Accumulator::add(const TypedRows& rows) {
  const std::size_t count = rows.batch.rows;
  if (count == 0) return;
  for (Bound& rule : rules_) evaluate(rows, rule);
  const auto [low, high] = std::minmax_element(
      rows.minutes.begin(), rows.minutes.begin() + static_cast<std::ptrdiff_t>(count));
  covered_.add({*low, *high, count});
  const auto stretch_of = [](std::int64_t minute) {
    return minute >= 0 ? minute / kStretchMinutes
                       : -((kStretchMinutes - 1 - minute) / kStretchMinutes);
  };
  // Rows of one stretch go together: usually all of them.
  for (std::size_t from = 0; from < count;) {
    const std::int64_t stretch = stretch_of(rows.minutes[from]);
    std::size_t to = count;
    if (stretch_of(*low) != stretch_of(*high)) {
      to = from + 1;
      while (to < count && stretch_of(rows.minutes[to]) == stretch) ++to;
    }
    slab_at(stretch);
    add_run(rows, from, to);
    from = to;
  }
  while (held_ > memory_limit_) evict_oldest();
}

void Accumulator::add_run(const TypedRows& rows, std::size_t from, std::size_t to) {
  add_units(rows, rows.units.data(), from, to);
  for (const auto& split : rows.splits) add_units(rows, split.data(), from, to);
}

void Accumulator::add_units(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                            std::size_t to) {
  Slab& slab = *current_;
  find_slots(rows, units, from, to);
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Bound& rule = rules_[r];
    if (rule.total_sum != Bound::kNone)
      add_sums(rows, rule, r, from, to);
    else
      add_events(rule, r, from, to);
    if (rule.value != Bound::kNone) add_latencies(slab, rows, units, rule, from, to);
  }
}

/// Where each row counts. The places lie apart in memory, so they are asked for ahead of their use.
void Accumulator::find_slots(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                             std::size_t to) {
  Slab& slab = *current_;
  const std::int64_t base = slab.stretch * kStretchMinutes;
  const std::size_t most = *std::max_element(units + from, units + to);
  if (slab.blocks.size() <= most) {
    slab.blocks.resize(most + 1);
    slab.latency.resize((most + 1) * latency_rules_);
  }
  const std::size_t step = rules_.size();
  for (std::size_t i = from; i < to; ++i) {
    series::MinuteSlot* block = slab.blocks[units[i]].get();
    if (block == nullptr) block = new_block(slab, units[i]);
    slots_[i] = block + static_cast<std::size_t>(rows.minutes[i] - base) * step;
    __builtin_prefetch(slots_[i], 1);
  }
}

void Accumulator::add_events(const Bound& rule, std::size_t index, std::size_t from,
                             std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    series::MinuteSlot& slot = slots_[i][index];
    slot.total += rule.total_mask[i];
    slot.good += rule.good_mask[i];
  }
}

void Accumulator::add_sums(const TypedRows& rows, const Bound& rule, std::size_t index,
                           std::size_t from, std::size_t to) {
  const std::int64_t* total_sum = rows.batch.numbers[rule.total_sum].units;
  const std::int64_t* good_sum =
      rule.good_sum == Bound::kNone ? total_sum : rows.batch.numbers[rule.good_sum].units;
  for (std::size_t i = from; i < to; ++i) {
    series::MinuteSlot& slot = slots_[i][index];
    const auto total = rule.total_mask[i] ? static_cast<std::uint64_t>(total_sum[i]) : 0;
    const auto part = rule.good_mask[i] ? static_cast<std::uint64_t>(good_sum[i]) : 0;
    slot.total += total;
    // Modulo 2^64: rows of a minute may come apart.
    slot.good += rule.sums_bad ? total - part : part;
  }
}

void Accumulator::add_latencies(Slab& slab, const TypedRows& rows, const std::uint32_t* units,
                                const Bound& rule, std::size_t from, std::size_t to) {
  const std::int64_t base = slab.stretch * kStretchMinutes;
  for (std::size_t i = from; i < to; ++i) {
    if (!rule.total_mask[i]) continue;
    Latency& latency = slab.latency[units[i] * latency_rules_ + rule.latency];
    if (latency.next == latency.end) make_room(latency);
    const auto hour = static_cast<std::size_t>(rows.minutes[i] - base) / 60;
    *latency.next++ = static_cast<std::uint16_t>((hour << kBinBits) | rule.bins[i]);
  }
}

void Accumulator::make_room(Latency& latency) {
  if (latency.stage != nullptr) {
    count_stage(latency);
    return;
  }
  if (spare_latency_.empty()) {
    latency.stage = std::make_unique_for_overwrite<std::uint16_t[]>(kStage);
  } else {
    latency = std::move(spare_latency_.back());
    spare_latency_.pop_back();
  }
  latency.next = latency.stage.get();
  latency.end = latency.next + kStage;
  held_ += kStage * sizeof(std::uint16_t) + latency.counts.capacity() * sizeof(CodedCount);
}

void Accumulator::count_stage(Latency& latency) {
  held_ -= latency.counts.capacity() * sizeof(CodedCount);
  merge_codes(latency.stage.get(), static_cast<std::size_t>(latency.next - latency.stage.get()),
              latency.counts, kept_);
  latency.next = latency.stage.get();
  held_ += latency.counts.capacity() * sizeof(CodedCount);
}

Accumulator::Slab& Accumulator::slab_at(std::int64_t stretch) {
  ++clock_;
  if (current_ != nullptr && current_->stretch == stretch) {
    current_->used_at = clock_;
    return *current_;
  }
  const auto found = std::find_if(slabs_.begin(), slabs_.end(),
                                  [&](const auto& s) { return s->stretch == stretch; });
  if (found != slabs_.end()) {
    current_ = found->get();
  } else {
    constexpr std::size_t kMostSlabs = 64;
    while (held_ > memory_limit_ || slabs_.size() >= kMostSlabs) evict_oldest();
    current_ = slabs_.emplace_back(std::make_unique<Slab>()).get();
    current_->stretch = stretch;
  }
  current_->used_at = clock_;
  return *current_;
}

series::MinuteSlot* Accumulator::new_block(Slab& slab, std::size_t unit) {
  auto& block = slab.blocks[unit];
  const std::size_t size = kStretchMinutes * rules_.size();
  if (spare_.empty()) {
    block = std::make_unique<series::MinuteSlot[]>(size);
  } else {
    block = std::move(spare_.back());
    spare_.pop_back();
    std::fill_n(block.get(), size, series::MinuteSlot{});
  }
  held_ += size * sizeof(series::MinuteSlot);
  return block.get();
}

void Accumulator::evict_oldest() {
  const auto oldest =
      std::min_element(slabs_.begin(), slabs_.end(),
                       [](const auto& a, const auto& b) { return a->used_at < b->used_at; });
  if (oldest == slabs_.end()) {
    held_ = 0;
    return;
  }
  if (oldest->get() == current_) current_ = nullptr;
  evict(**oldest);
  slabs_.erase(oldest);
}

void Accumulator::evict(Slab& slab) {
  constexpr std::int64_t kPerDay = series::kMinutesPerDay / kStretchMinutes;
  FragmentBlock out;
  const std::int64_t day =
      slab.stretch >= 0 ? slab.stretch / kPerDay : -((kPerDay - 1 - slab.stretch) / kPerDay);
  out.day = static_cast<std::int32_t>(day);
  const int stretch = static_cast<int>(slab.stretch - day * kPerDay);
  constexpr std::size_t kSlack = 64 * 1024;  // for the most that one more piece might take
  out.bytes.reserve(last_bytes_ + last_bytes_ / 16 + kSlack);  // stretches are alike
  for (std::size_t unit = 0; unit < slab.blocks.size(); ++unit) {
    auto& block = slab.blocks[unit];
    if (block == nullptr) continue;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      Latency* latency = rules_[r].value == Bound::kNone
                             ? nullptr
                             : &slab.latency[unit * latency_rules_ + rules_[r].latency];
      put(out, static_cast<std::uint32_t>(unit * rules_.size() + r), stretch, block.get() + r,
          latency);
    }
    held_ -= kStretchMinutes * rules_.size() * sizeof(series::MinuteSlot);
    if (spare_.size() < kSpares) spare_.push_back(std::move(block));
  }
  slab.blocks.clear();
  slab.latency.clear();
  last_bytes_ = out.bytes.size();
  out.bytes.fit();
  if (!out.entries.empty()) pool_.add(std::move(out));
}

void Accumulator::put(FragmentBlock& out, std::uint32_t series, int stretch,
                      const series::MinuteSlot* slots, Latency* latency) {
  static const std::vector<CodedCount> kNoLatency;
  const bool measured = latency != nullptr && latency->stage != nullptr;
  if (measured && latency->next != latency->stage.get()) count_stage(*latency);
  const auto offset = static_cast<std::uint32_t>(out.bytes.size());
  put_fragment(out.bytes, stretch, slots, rules_.size(), measured ? latency->counts : kNoLatency);
  out.entries.push_back({series, offset, static_cast<std::uint32_t>(out.bytes.size()) - offset});
  if (!measured) return;
  held_ -= kStage * sizeof(std::uint16_t) + latency->counts.capacity() * sizeof(CodedCount);
  latency->counts.clear();
  if (spare_latency_.size() < kSpares) spare_latency_.push_back(std::move(*latency));
}

void Accumulator::flush() {
  for (const auto& slab : slabs_) evict(*slab);
  slabs_.clear();
  current_ = nullptr;
}

}  // namespace nines::ingest
