// The inner loop of an import: masks per rule, then one addition per row.
#include "ingest/accumulate.hpp"

#include <algorithm>
#include <cstring>

#include "domain/series/histogram.hpp"

namespace nines::ingest {
namespace {

/// A row adds one to a cell of 32 bits, so that a slab may have seen no more than this many.
constexpr std::uint64_t kMostRows = std::uint64_t{1} << 31;

static_assert(std::uint64_t{kMostUnits} << kBinBits <= std::uint64_t{1} << 32);

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

/// All series in one stretch of four hours.
struct Accumulator::Slab {
  Slab(std::int64_t which, const CounterTiles::Shape& shape, TilePool& pool, std::size_t logs)
      : stretch(which), counters(shape, pool), latencies(logs) {}

  std::int64_t stretch = 0;
  std::uint64_t used_at = 0;
  std::uint64_t rows = 0;
  CounterTiles counters;
  /// By rule with a value and hour: so few at a time are near the core whole. Words are unit, bin.
  std::vector<LatencyLog> latencies;

  std::size_t bytes() const {
    std::size_t sum = counters.bytes();
    for (const LatencyLog& log : latencies) sum += log.bytes();
    return sum;
  }
};

Accumulator::Accumulator(const std::vector<Rule>& rules, const Plan& plan, const SourceSpec& spec,
                         FragmentPool& pool, std::size_t memory_limit)
    : pool_(pool),
      memory_limit_(memory_limit),
      // Where there is one unit only, it needs no neighbours.
      shape_{rules.size(), plan.service || !plan.splits.empty() ? 3U : 0U},
      tiles_(shape_.cells()) {
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

namespace {

/// Powers of ten. Units have at most 18 digits, so that a larger one leaves nothing of them.
constexpr auto kTens = [] {
  std::array<std::uint64_t, 20> tens{1};
  for (std::size_t i = 1; i < tens.size(); ++i) tens[i] = 10 * tens[i - 1];
  return tens;
}();

/// The bin of a value of units / 10^scale, times 10^exponent.
std::uint16_t bin_of_units(std::int64_t units, int exponent, int scale) {
  const int shift = exponent - scale;
  const auto positive = static_cast<std::uint64_t>(std::max<std::int64_t>(units, 0));
  std::uint64_t micros = 0;
  if (shift < 0)
    micros = positive / kTens[std::min(static_cast<std::size_t>(-shift), kTens.size() - 1)];
  else if (__builtin_mul_overflow(positive, kTens[static_cast<std::size_t>(shift)], &micros))
    micros = ~std::uint64_t{0};
  return static_cast<std::uint16_t>(series::bin_of(micros));
}

}  // namespace

void Accumulator::evaluate(const TypedRows& typed, Bound& rule) {
  const series::Batch& batch = typed.batch;
  const std::size_t rows = batch.rows;
  std::uint8_t* const total = rule.total_mask.data();
  std::uint8_t* const good = rule.good_mask.data();
  rule.total.run(batch, total);
  rule.good.run(batch, good);
  if (rule.value == Bound::kNone) {
    for (std::size_t i = 0; i < rows; ++i) good[i] &= total[i];
    return;
  }
  const series::NumberColumn& value = batch.numbers[rule.value];
  std::uint8_t* const within = rule.scratch.data();
  series::compare_column(value, rows, rule.op, rule.limit, within);
  std::uint16_t* const bins = rule.bins.data();
  const int exponent = rule.exponent;
  if (value.scale >= 0) {  // as logs are written: all with as many decimals, and none missing
    const int scale = value.scale;
    for (std::size_t i = 0; i < rows; ++i) good[i] &= total[i] & within[i];
    for (std::size_t i = 0; i < rows; ++i) bins[i] = bin_of_units(value.units[i], exponent, scale);
    return;
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const int scale = value.scales[i];
    total[i] &= scale >= 0;
    good[i] &= total[i] & within[i];
    bins[i] = bin_of_units(value.units[i], exponent, std::max(scale, 0));
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
    Slab& slab = slab_at(stretch);
    slab.rows += to - from;
    const std::int64_t base = stretch * kStretchMinutes;
    slab.counters.expect(
        static_cast<std::size_t>(std::max<std::int64_t>(*low - base, 0)),
        static_cast<std::size_t>(std::min<std::int64_t>(*high - base, kStretchMinutes - 1)));
    add_run(rows, from, to);
    if (current_->rows >= kMostRows) evict_current();
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
  const std::size_t before = slab.bytes();
  find_cells(rows, units, from, to);
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Bound& rule = rules_[r];
    if (rule.total_sum != Bound::kNone)
      add_sums(slab, rows, rule, r, from, to);
    else
      add_events(rule, r, from, to);
    if (rule.value != Bound::kNone) add_latencies(slab, rows, units, rule, from, to);
  }
  held_ += slab.bytes() - before;
}

/// Where each row counts. The places may lie apart in memory, so they are asked for ahead of their
/// use.
void Accumulator::find_cells(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                             std::size_t to) {
  Slab& slab = *current_;
  const std::int64_t base = slab.stretch * kStretchMinutes;
  for (std::size_t i = from; i < to; ++i) {
    cells_[i] = slab.counters.at(units[i], static_cast<std::size_t>(rows.minutes[i] - base));
    __builtin_prefetch(cells_[i], 1);
  }
}

void Accumulator::add_events(const Bound& rule, std::size_t index, std::size_t from,
                             std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    CounterCell& cell = cells_[i][index];
    cell.total += rule.total_mask[i];
    cell.part += rule.good_mask[i];
  }
}

void Accumulator::add_sums(Slab& slab, const TypedRows& rows, const Bound& rule, std::size_t index,
                           std::size_t from, std::size_t to) {
  const std::int64_t* total_sum = rows.batch.numbers[rule.total_sum].units;
  const std::int64_t* good_sum =
      rule.good_sum == Bound::kNone ? total_sum : rows.batch.numbers[rule.good_sum].units;
  for (std::size_t i = from; i < to; ++i) {
    const auto total = rule.total_mask[i] ? static_cast<std::uint64_t>(total_sum[i]) : 0;
    const auto part = rule.good_mask[i] ? static_cast<std::uint64_t>(good_sum[i]) : 0;
    slab.counters.add(cells_[i][index], total, part);
  }
}

void Accumulator::add_latencies(Slab& slab, const TypedRows& rows, const std::uint32_t* units,
                                const Bound& rule, std::size_t from, std::size_t to) {
  const std::int64_t base = slab.stretch * kStretchMinutes;
  for (std::size_t i = from; i < to;) {
    const std::int64_t hour = (rows.minutes[i] - base) / 60;
    const std::int64_t begin = base + hour * 60;
    LatencyLog& log = slab.latencies[rule.latency * kStretchHours + static_cast<std::size_t>(hour)];
    std::uint32_t* next = log.room(to - i, scratch_);
    for (; i < to && rows.minutes[i] >= begin && rows.minutes[i] < begin + 60; ++i) {
      *next = units[i] << kBinBits | rule.bins[i];
      next += rule.total_mask[i];  // what does not count is written over
    }
    log.wrote(next);
  }
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
    evict_idle();
    while (held_ > memory_limit_ || slabs_.size() >= kMostSlabs) evict_oldest();
    current_ = slabs_
                   .emplace_back(std::make_unique<Slab>(stretch, shape_, tiles_,
                                                        latency_rules_ * kStretchHours))
                   .get();
    for (LatencyLog& log : current_->latencies) {
      if (spare_logs_.empty()) break;
      log = std::move(spare_logs_.back());
      spare_logs_.pop_back();
    }
    held_ += current_->bytes();
  }
  current_->used_at = clock_;
  return *current_;
}

/// In a log that is in order no row comes back to a stretch: its memory, still near the core,
/// serves the next one.
void Accumulator::evict_idle() {
  constexpr std::uint64_t kIdle = 64;
  std::erase_if(slabs_, [&](const auto& slab) {
    if (slab->used_at + kIdle >= clock_) return false;
    if (slab.get() == current_) current_ = nullptr;
    evict(*slab);
    return true;
  });
}

void Accumulator::evict_current() {
  current_->used_at = 0;
  evict_oldest();
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

namespace {

/// A function of its own, so that all it needs stays in registers.
template <class BadOf>
[[gnu::noinline]] MinuteWriter written(const CounterTiles::Column& column, MinuteWriter minutes,
                                       BadOf bad_of) {
  column.for_each([&](int minute, std::uint64_t total, std::uint64_t part) {
    minutes.put(minute, total, bad_of(total, part));
  });
  return minutes;
}

MinuteWriter written(const CounterTiles::Column& column, bool sums_bad, MinuteWriter minutes) {
  if (sums_bad)
    return written(column, minutes, [](std::uint64_t, std::uint64_t part) { return part; });
  // Modulo 2^64: rows of a minute may come apart.
  return written(column, minutes,
                 [](std::uint64_t total, std::uint64_t part) { return total - part; });
}

}  // namespace

void Accumulator::evict(Slab& slab) {
  constexpr std::int64_t kPerDay = series::kMinutesPerDay / kStretchMinutes;
  held_ -= slab.bytes();
  FragmentBlock out;
  const std::int64_t day =
      slab.stretch >= 0 ? slab.stretch / kPerDay : -((kPerDay - 1 - slab.stretch) / kPerDay);
  out.day = static_cast<std::int32_t>(day);
  const int stretch = static_cast<int>(slab.stretch - day * kPerDay);
  pieces_.resize(0);
  std::vector<std::span<const CodedCount>> latencies;  // what is left of each log
  for (LatencyLog& log : slab.latencies) latencies.emplace_back(log.counted(scratch_));
  slab.counters.take_all([&](std::size_t unit, std::size_t r, const auto& column) {
    const Bound& rule = rules_[r];
    std::array<std::span<const CodedCount>, kStretchHours> own;
    std::size_t bins = 0;
    if (rule.value != Bound::kNone) {
      for (std::size_t hour = 0; hour < kStretchHours; ++hour) {
        auto& left = latencies[rule.latency * kStretchHours + hour];
        std::size_t size = 0;
        while (size < left.size() && left[size].code >> kBinBits == unit) ++size;
        own[hour] = left.first(size);
        left = left.subspan(size);
        bins += size;
      }
    }
    const auto offset = static_cast<std::uint32_t>(pieces_.size());
    FragmentWriter writer(pieces_, stretch, bins);
    if (!writer.wrote(written(column, rule.sums_bad, writer.minutes()))) return;
    for (std::size_t hour = 0; hour < kStretchHours; ++hour) writer.latencies(hour, own[hour]);
    writer.finish();
    out.entries.push_back({static_cast<std::uint32_t>(unit * rules_.size() + r), offset,
                           static_cast<std::uint32_t>(pieces_.size()) - offset});
  });
  constexpr std::size_t kMostSpareLogs = 4 * kStretchHours;
  for (LatencyLog& log : slab.latencies) {
    if (spare_logs_.size() == kMostSpareLogs) break;
    log.clear();
    spare_logs_.push_back(std::move(log));
  }
  if (out.entries.empty()) return;
  out.bytes.assign(pieces_.view());
  pool_.add(std::move(out));
}

void Accumulator::flush() {
  for (const auto& slab : slabs_) evict(*slab);
  slabs_.clear();
  current_ = nullptr;
}

}  // namespace nines::ingest
