// Answers windows from running sums, and opens single parts only at their ragged ends.
#include "store/series.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <list>
#include <map>

#include "base/compress.hpp"
#include "base/error.hpp"
#include "domain/series/running_sums.hpp"
#include "domain/series/totals.hpp"
#include "store/db.hpp"
#include "store/import.hpp"
#include "store/series_tables.hpp"
#include "store/watched_minutes.hpp"

namespace nines::store {
namespace {

using series::Counts;
using series::kMinutesPerDay;

/// A year of minutes; a series that is watched for longer grows as it is read.
constexpr std::int64_t kMostReserved = 366 * std::int64_t{kMinutesPerDay};

std::int64_t day_of(std::int64_t minute) {
  return minute >= 0 ? minute / kMinutesPerDay : -((kMinutesPerDay - 1 - minute) / kMinutesPerDay);
}

[[noreturn]] void fail_parts_damaged() {
  throw Error(ExitCode::bad_data, "stored measurements are damaged",
              "nines doctor --full names them; importing their files again replaces them",
              "STORE_DAMAGED");
}

struct Span {
  std::int64_t begin;
  std::int64_t end;
};

/// What the reader keeps of a series.
struct Known {
  std::int64_t series = 0;
  std::int64_t first = 0;  ///< first and last minute with events
  std::int64_t last = 0;
  std::int64_t tail = 0;  ///< first minute of the tail
  std::shared_ptr<const std::vector<Span>>
      spans;                      ///< watched by runs over whole logs; may be empty
  std::int64_t watched_from = 0;  ///< where this series begins to be watched
};

/// A row of series_block; empty texts: there is none.
struct Block {
  std::int64_t key = std::numeric_limits<std::int64_t>::min();
  std::string totals;
  std::string hours;
};

class StoredSeries final : public series::Reader {
 public:
  explicit StoredSeries(Db& db) : db_(db) {}

  std::optional<series::Extent> extent(const series::SeriesId& id) const override {
    const Known* known = find(id);
    if (known == nullptr) return std::nullopt;
    series::Extent extent{known->watched_from, known->last + 1};
    if (!known->spans->empty()) extent.end = std::max(extent.end, known->spans->back().end);
    return extent;
  }

  Counts sum(const series::SeriesId& id, std::int64_t from, std::int64_t to) const override {
    const Known* known = find(id);
    if (known == nullptr || from >= to) return {};
    Counts counts = events(*known, from, to);
    counts.observed_minutes = std::min<std::uint64_t>(
        counts.observed_minutes + watched(*known, from, to), static_cast<std::uint64_t>(to - from));
    return counts;
  }

  std::vector<series::MinuteCount> minutes(const series::SeriesId& id, std::int64_t from,
                                           std::int64_t to) const override {
    std::vector<series::MinuteCount> out;
    const Known* known = find(id);
    if (known == nullptr || from >= to) return out;
    const std::int64_t begin = std::max(from, known->watched_from);
    std::int64_t end = known->last + 1;
    if (!known->spans->empty()) end = std::max(end, known->spans->back().end);
    end = std::min(end, to);
    if (begin < end) out.reserve(static_cast<std::size_t>(std::min(end - begin, kMostReserved)));
    auto span = known->spans->begin();
    for (std::int64_t minute = begin; minute < end;) {
      const std::int64_t day = day_of(minute);
      const series::DayPart& part = day_part(known->series, day);
      const std::int64_t stop = std::min(end, (day + 1) * kMinutesPerDay);
      if (part.observed.all()) {  // as most days are
        const std::int64_t midnight = day * kMinutesPerDay;
        const auto* slots = part.minutes.data();
        out.insert(out.end(), WatchedMinutes(slots + (minute - midnight), minute),
                   WatchedMinutes(slots + (stop - midnight), stop));
        minute = stop;
        continue;
      }
      for (; minute < stop; ++minute) {
        while (span != known->spans->end() && span->end <= minute) ++span;
        const auto index = static_cast<std::size_t>(minute - day * kMinutesPerDay);
        const series::MinuteSlot& slot = part.minutes[index];
        const bool seen =
            part.observed[index] || (span != known->spans->end() && span->begin <= minute);
        if (seen || (slot.good | slot.total) != 0)
          out.push_back({minute, slot.good, slot.total, seen});
      }
    }
    return out;
  }

  series::Histogram latencies(const series::SeriesId& id, std::int64_t from,
                              std::int64_t to) const {
    series::Histogram all;
    const Known* known = find(id);
    if (known == nullptr) return all;
    from = std::max(from, known->first);
    to = std::min(to, known->last + 1);
    for (std::int64_t day = day_of(from); day * kMinutesPerDay < to; ++day) {
      const series::DayPart& part = day_part(known->series, day);
      for (std::int64_t h = 0; h < series::kHoursPerDay; ++h) {
        const std::int64_t begin = day * kMinutesPerDay + h * 60;
        if (begin + 60 > from && begin < to) all.merge(part.latency[static_cast<std::size_t>(h)]);
      }
    }
    return all;
  }

 private:
  const Known* find(const series::SeriesId& id) const {
    if (last_ != nullptr && last_id_ == id) return last_;
    auto [at, added] = known_.try_emplace(id);
    if (added) at->second = load(id);
    last_id_ = id;
    last_ = at->second ? &*at->second : nullptr;
    return last_;
  }

  std::optional<Known> load(const series::SeriesId& id) const {
    Known known;
    std::string source;
    Hash128 rule;
    {
      auto row = db_.query(
          "SELECT s.id, s.source, s.rule, t.first, t.last, t.tail FROM series s "
          "JOIN series_state t ON t.series = s.id WHERE s.uid = ?",
          id);
      if (!row.step()) return std::nullopt;
      known.series = row.integer(0);
      source = row.text(1);
      rule = row.hash128(2);
      known.first = row.integer(3);
      known.last = row.integer(4);
      known.tail = row.integer(5);
    }
    known.spans = spans_of(source, rule);
    known.watched_from = known.first;
    // A log watches its services from its first line on, also those that speak later.
    for (const Span& span : *known.spans) {
      if (span.begin <= known.first && known.first < span.end) known.watched_from = span.begin;
    }
    return known;
  }

  std::shared_ptr<const std::vector<Span>> spans_of(const std::string& source,
                                                    const Hash128& rule) const {
    auto& cached = spans_[{source, rule}];
    if (cached != nullptr) return cached;
    auto merged = std::make_shared<std::vector<Span>>();
    auto rows = db_.query(
        "SELECT r.first, r.last FROM import_rule u JOIN import_run r ON r.uid = u.uid "
        "WHERE u.rule = ? AND r.source = ? AND r.sampled = 0 ORDER BY r.first",
        rule, source);
    while (rows.step()) {
      const Span span{rows.integer(0), rows.integer(1) + 1};
      if (!merged->empty() && span.begin <= merged->back().end) {
        merged->back().end = std::max(merged->back().end, span.end);
      } else {
        merged->push_back(span);
      }
    }
    cached = merged;
    return cached;
  }

  std::uint64_t watched(const Known& known, std::int64_t from, std::int64_t to) const {
    std::uint64_t minutes = 0;
    from = std::max(from, known.watched_from);
    for (const Span& span : *known.spans) {
      const std::int64_t begin = std::max(from, span.begin);
      const std::int64_t end = std::min(to, span.end);
      if (begin < end) minutes += static_cast<std::uint64_t>(end - begin);
    }
    return minutes;
  }

  Counts events(const Known& known, std::int64_t from, std::int64_t to) const {
    from = std::max(from, known.first);
    to = std::min(to, known.last + 1 + kMinutesPerDay);  // samples may watch a little longer
    if (from >= to) return {};
    if (from >= known.tail && to <= known.tail + kTailMinutes) return tail_sum(known, from, to);
    const std::int64_t first_whole = day_of(from + kMinutesPerDay - 1);
    const std::int64_t last_whole = day_of(to);
    if (first_whole > last_whole) return within_day(known, day_of(from), from, to);
    Counts sum;
    if (from < first_whole * kMinutesPerDay)
      sum += within_day(known, first_whole - 1, from, first_whole * kMinutesPerDay);
    sum += whole_days(known, first_whole, last_whole);
    if (last_whole * kMinutesPerDay < to)
      sum += within_day(known, last_whole, last_whole * kMinutesPerDay, to);
    return sum;
  }

  /// Counts before each minute of the tail. Only the last series' are kept: they are kilobytes.
  std::string_view tail_of(const Known& known) const {
    if (tail_series_ == known.series) return tail_;
    tail_series_ = -1;
    auto row = db_.query("SELECT sums FROM series_state WHERE series = ?", known.series);
    if (!row.step()) fail_parts_damaged();
    tail_ = as_text(row.bytes(0));
    tail_series_ = known.series;
    return tail_;
  }

  Counts tail_sum(const Known& known, std::int64_t from, std::int64_t to) const {
    const auto sum = series::running_sum(tail_of(known), kTailMinutes + 1,
                                         static_cast<std::size_t>(from - known.tail),
                                         static_cast<std::size_t>(to - known.tail));
    if (!sum) fail_parts_damaged();
    return *sum;
  }

  Counts whole_days(const Known& known, std::int64_t from, std::int64_t to) const {
    Counts sum;
    while (from < to) {
      const std::int64_t block = series::block_of_day(from);
      const std::int64_t base = block * series::kDaysPerBlock;
      const std::int64_t end = std::min(to, base + series::kDaysPerBlock);
      if (const Block& row = block_of(known.series, block); !row.totals.empty()) {
        const auto counts = series::BlockTotals::sum_of(row.totals, static_cast<int>(from - base),
                                                        static_cast<int>(end - base));
        if (!counts) fail_parts_damaged();
        sum += *counts;
      }
      from = end;
    }
    return sum;
  }

  /// Inside one day: whole hours from their sums, single minutes from the tail or the part.
  Counts within_day(const Known& known, std::int64_t day, std::int64_t from,
                    std::int64_t to) const {
    Counts sum;
    const std::int64_t begin = day * kMinutesPerDay;
    std::optional<series::HourSums> hours;
    for (std::int64_t at = from; at < to;) {
      const std::int64_t hour = (at - begin) / 60;
      const std::int64_t hour_begin = begin + hour * 60;
      const std::int64_t end = std::min(to, hour_begin + 60);
      if (at == hour_begin && end == hour_begin + 60) {
        if (!hours) hours = hours_of(known.series, day);
        sum += (*hours)[static_cast<std::size_t>(hour)];
      } else if (at >= known.tail && end <= known.tail + kTailMinutes) {
        sum += tail_sum(known, at, end);
      } else {
        const series::DayPart& part = day_part(known.series, day);
        for (std::int64_t m = at; m < end; ++m) {
          const auto index = static_cast<std::size_t>(m - begin);
          sum +=
              {part.minutes[index].good, part.minutes[index].total, part.observed[index] ? 1u : 0u};
        }
      }
      at = end;
    }
    return sum;
  }

  /// Sums of one block of days; the last few are remembered, since a window is asked about day by
  /// day. Good until the next call.
  const Block& block_of(std::int64_t series, std::int64_t block) const {
    const std::int64_t key = block_key(series, block);
    for (const Block& known : blocks_) {
      if (known.key == key) return known;
    }
    Block& slot = blocks_[next_block_++ % blocks_.size()];
    slot.key = Block{}.key;
    slot.totals.clear();
    slot.hours.clear();
    auto row = db_.query("SELECT totals, hours FROM series_block WHERE key = ?", key);
    if (row.step()) {
      slot.totals = as_text(row.bytes(0));
      slot.hours = as_text(row.bytes(1));
      if (slot.totals.empty() || slot.hours.empty()) fail_parts_damaged();
    }
    slot.key = key;
    return slot;
  }

  series::HourSums hours_of(std::int64_t series, std::int64_t day) const {
    const std::int64_t block = series::block_of_day(day);
    std::string_view rest = block_of(series, block).hours;
    if (rest.empty()) return {};
    for (std::int64_t i = block * series::kDaysPerBlock;; ++i) {
      std::uint16_t size = 0;
      if (rest.size() < 2) fail_parts_damaged();
      std::memcpy(&size, rest.data(), 2);
      if (rest.size() < 2u + size) fail_parts_damaged();
      if (i < day) {
        rest.remove_prefix(2u + size);
        continue;
      }
      if (size == 0) return {};
      const auto sums = series::decode_hours(rest.substr(2, size));
      if (!sums) fail_parts_damaged();
      return *sums;
    }
  }

  /// The union of the day's live parts; the last few are remembered.
  const series::DayPart& day_part(std::int64_t series, std::int64_t day) const {
    constexpr std::size_t kRemembered = 8;
    for (auto at = days_.begin(); at != days_.end(); ++at) {
      if (at->series != series || at->day != day) continue;
      days_.splice(days_.begin(), days_, at);
      return days_.front().part;
    }
    if (days_.size() < kRemembered)
      days_.emplace_front();
    else
      days_.splice(days_.begin(), days_, std::prev(days_.end()));
    Decoded& slot = days_.front();
    slot.series = series;
    slot.day = day;
    slot.part.clear();
    auto rows = db_.query(
        "SELECT p.bytes FROM part p JOIN import_run r ON r.run = p.run "
        "WHERE p.series = ? AND p.day = ?",
        series, day);
    while (rows.step()) {
      if (!unpack_.decompress(as_text(rows.bytes(0)), kMostPartBytes, bytes_) ||
          !series::decode_into(bytes_, slot.part)) {
        slot.series = -1;
        fail_parts_damaged();
      }
    }
    return slot.part;
  }

  struct Decoded {
    std::int64_t series = -1;
    std::int64_t day = 0;
    series::DayPart part;
  };

  Db& db_;
  mutable std::map<series::SeriesId, std::optional<Known>> known_;
  mutable std::map<std::pair<std::string, Hash128>, std::shared_ptr<const std::vector<Span>>>
      spans_;
  mutable series::SeriesId last_id_{};
  mutable const Known* last_ = nullptr;
  mutable std::int64_t tail_series_ = -1;
  mutable std::string tail_;
  mutable std::array<Block, 4> blocks_;
  mutable std::size_t next_block_ = 0;
  mutable std::list<Decoded> days_;
  mutable Decompressor unpack_;
  mutable std::string bytes_;
};

}  // namespace

std::unique_ptr<series::Reader> open_series(const Store& store) { return read_series(store.db()); }

std::unique_ptr<series::Reader> read_series(Db& db) { return std::make_unique<StoredSeries>(db); }

series::Histogram latencies(const Store& store, const series::SeriesId& id, std::int64_t from,
                            std::int64_t to) {
  return StoredSeries(store.db()).latencies(id, from, to);
}

}  // namespace nines::store
