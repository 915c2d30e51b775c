// The inner loop of an import: masks per rule, then one addition per row.
#include "ingest/accumulate.hpp"

#include <algorithm>
#include <cstring>

#include "domain/series/histogram.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kStage = 1024;  ///< latencies collected before they are sorted

/// Sorts 14-bit codes by two counting passes and adds them to an ascending list of counts.
void merge_codes(std::uint16_t* codes, std::size_t size, std::vector<CodedCount>& counts) {
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

  std::vector<CodedCount> merged;
  // Time moves on, so what is there mostly stays: only the part from the first code on is merged.
  const auto keep =
      std::lower_bound(counts.begin(), counts.end(), codes[0],
                       [](const CodedCount& c, std::uint16_t code) { return c.code < code; });
  merged.assign(keep, counts.end());
  counts.erase(keep, counts.end());
  auto old = merged.begin();
  for (std::size_t i = 0; i < size;) {
    std::size_t j = i + 1;
    while (j < size && codes[j] == codes[i]) ++j;
    while (old != merged.end() && old->code < codes[i]) counts.push_back(*old++);
    CodedCount next{codes[i], static_cast<std::uint32_t>(j - i)};
    if (old != merged.end() && old->code == codes[i]) next.count += (old++)->count;
    counts.push_back(next);
    i = j;
  }
  counts.insert(counts.end(), old, merged.end());
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
  std::vector<std::uint8_t> good_mask = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint8_t> total_mask = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint8_t> scratch = std::vector<std::uint8_t>(kBatchRows);
  std::vector<std::uint16_t> bins = std::vector<std::uint16_t>(kBatchRows);

  static constexpr std::size_t kNone = ~std::size_t{0};
};

struct Accumulator::Block {
  std::array<series::MinuteSlot, kStretchMinutes> slots{};
};

struct Accumulator::Latency {
  std::size_t size = 0;
  std::array<std::uint16_t, kStage> stage;
  std::vector<CodedCount> counts;
};

/// All series in one stretch of four hours.
struct Accumulator::Slab {
  std::int64_t stretch = 0;
  std::uint64_t used_at = 0;
  std::vector<std::unique_ptr<Block>> blocks;
  std::vector<std::unique_ptr<Latency>> latency;
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
    const std::uint64_t micros =
        shift >= 0 ? units * kPower[shift] : units / kPower[std::min(-shift, 9)];
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
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    add_units(rows, rows.units.data(), from, to, r);
    for (const auto& split : rows.splits) add_units(rows, split.data(), from, to, r);
  }
}

void Accumulator::add_units(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                            std::size_t to, std::size_t rule_index) {
  Bound& rule = rules_[rule_index];
  Slab& slab = *current_;
  const std::size_t step = rules_.size();
  const std::int64_t base = slab.stretch * kStretchMinutes;
  const std::uint32_t most = *std::max_element(units + from, units + to);
  if (slab.blocks.size() < (most + 1) * step) {
    slab.blocks.resize((most + 1) * step);
    slab.latency.resize((most + 1) * step);
  }
  const std::int64_t* good_sum =
      rule.good_sum == Bound::kNone ? nullptr : rows.batch.numbers[rule.good_sum].units;
  const std::int64_t* total_sum =
      rule.total_sum == Bound::kNone ? nullptr : rows.batch.numbers[rule.total_sum].units;
  const bool sums = total_sum != nullptr;
  const bool latency = rule.value != Bound::kNone;
  for (std::size_t i = from; i < to; ++i) {
    const std::size_t series = units[i] * step + rule_index;
    Block* block = slab.blocks[series].get();
    if (block == nullptr) block = &new_block(slab, series);
    const auto offset = static_cast<std::size_t>(rows.minutes[i] - base);
    series::MinuteSlot& slot = block->slots[offset];
    if (sums) {
      const std::uint64_t total = rule.total_mask[i] ? static_cast<std::uint64_t>(total_sum[i]) : 0;
      const std::uint64_t part =
          rule.good_mask[i]
              ? static_cast<std::uint64_t>((good_sum != nullptr ? good_sum : total_sum)[i])
              : 0;
      slot.total += total;
      slot.good +=
          rule.sums_bad ? total - part : part;  // modulo 2^64: rows of a minute may come apart
      continue;
    }
    slot.total += rule.total_mask[i];
    slot.good += rule.good_mask[i];
    if (latency && rule.total_mask[i]) {
      add_latency(slab, series,
                  static_cast<std::uint16_t>(((offset / 60) << kBinBits) | rule.bins[i]));
    }
  }
}

void Accumulator::add_latency(Slab& slab, std::size_t series, std::uint16_t code) {
  auto& latency = slab.latency[series];
  if (latency == nullptr) {
    latency.reset(new Latency);  // not make_unique: the stage need not be cleared
    held_ += sizeof(Latency);
  }
  latency->stage[latency->size++] = code;
  if (latency->size < kStage) return;
  held_ -= latency->counts.capacity() * sizeof(CodedCount);
  merge_codes(latency->stage.data(), latency->size, latency->counts);
  held_ += latency->counts.capacity() * sizeof(CodedCount);
  latency->size = 0;
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

Accumulator::Block& Accumulator::new_block(Slab& slab, std::size_t series) {
  auto& block = slab.blocks[series];
  if (spare_.empty()) {
    block = std::make_unique<Block>();
  } else {
    block = std::move(spare_.back());
    spare_.pop_back();
    block->slots.fill({});
  }
  held_ += sizeof(Block);
  return *block;
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
  static const std::vector<CodedCount> kNoLatency;
  for (std::size_t series = 0; series < slab.blocks.size(); ++series) {
    auto& block = slab.blocks[series];
    if (block == nullptr) continue;
    Latency* latency = slab.latency[series].get();
    if (latency != nullptr && latency->size > 0) {
      held_ -= latency->counts.capacity() * sizeof(CodedCount);
      merge_codes(latency->stage.data(), latency->size, latency->counts);
      held_ += latency->counts.capacity() * sizeof(CodedCount);
    }
    const auto offset = static_cast<std::uint32_t>(out.bytes.size());
    put_fragment(out.bytes, stretch, block->slots.data(),
                 latency != nullptr ? latency->counts : kNoLatency);
    out.entries.push_back({static_cast<std::uint32_t>(series), offset,
                           static_cast<std::uint32_t>(out.bytes.size()) - offset});
    if (latency != nullptr)
      held_ -= sizeof(Latency) + latency->counts.capacity() * sizeof(CodedCount);
    held_ -= sizeof(Block);
    constexpr std::size_t kSpareBlocks = 2048;
    if (spare_.size() < kSpareBlocks) spare_.push_back(std::move(block));
  }
  slab.blocks.clear();
  slab.latency.clear();
  if (!out.entries.empty()) pool_.add(std::move(out));
}

void Accumulator::flush() {
  for (const auto& slab : slabs_) evict(*slab);
  slabs_.clear();
  current_ = nullptr;
}

}  // namespace nines::ingest
