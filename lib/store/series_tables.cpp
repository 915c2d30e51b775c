// Folds parts into totals: always from the union of live parts, so no order of events matters.
#include "store/series_tables.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/compress.hpp"
#include "base/error.hpp"
#include "domain/series/running_sums.hpp"
#include "domain/series/totals.hpp"

namespace nines::store {

const std::string_view kSeriesContent = R"sql(
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,
  rule BLOB NOT NULL,
  source TEXT NOT NULL, service TEXT NOT NULL, predicate TEXT NOT NULL,
  total TEXT NOT NULL, value TEXT NOT NULL, split TEXT NOT NULL
);
CREATE INDEX series_by_source ON series (source);
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,
  announced INTEGER NOT NULL,
  manifest BLOB,
  segments BLOB
);
CREATE TABLE part (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  series INTEGER NOT NULL,
  day INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  hash BLOB NOT NULL,
  hours BLOB NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX part_by_run ON part (run, series, day);
)sql";

// All that totals are made from, so that to fold parts is to walk along one index.
const std::string_view kSumsOfParts = R"sql(
DROP INDEX IF EXISTS part_by_series;
CREATE INDEX part_by_series ON part (series, day, run, first, last, hours);
)sql";

const std::string_view kSeriesTables = R"sql(
CREATE TABLE import_run (
  uid BLOB PRIMARY KEY,
  run INTEGER UNIQUE,
  replica BLOB NOT NULL,
  source TEXT NOT NULL,
  origin TEXT NOT NULL,
  continues TEXT NOT NULL,
  stated INTEGER NOT NULL,
  rules BLOB NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  sampled INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX import_run_by_source ON import_run (source, replica);
CREATE INDEX import_run_not_read ON import_run (source) WHERE run IS NULL;
CREATE TABLE import_rule (
  rule BLOB NOT NULL,
  uid BLOB NOT NULL,
  PRIMARY KEY (rule, uid)
) WITHOUT ROWID;
CREATE TABLE series_block (
  key INTEGER PRIMARY KEY,
  totals BLOB NOT NULL,
  hours BLOB NOT NULL
);
CREATE TABLE series_state (
  series INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  tail INTEGER NOT NULL,
  sums BLOB NOT NULL
);
)sql";

namespace {

using series::kDaysPerBlock;
using series::kHoursPerDay;
using series::kMinutesPerDay;

[[noreturn]] void fail_table_damaged(std::string_view what) {
  throw Error(
      ExitCode::bad_data, "the store's " + std::string(what) + " are damaged",
      "nines doctor --full names them; nines doctor --rebuild remakes what derives from the log",
      "STORE_DAMAGED");
}

struct DayRow {
  std::int64_t day = 0;
  int parts = 0;
  std::string hours;  ///< their sums, encoded
};

/// One series at a time: its live days, decoded only where sums of parts are not enough.
class Refresher {
 public:
  explicit Refresher(Db& db) : db_(db) {}

  void refresh(std::int64_t series, std::int64_t from_day, std::int64_t to_day) {
    const auto days = live_days(series, from_day, to_day);
    write_blocks(series, from_day, to_day, days);
    write_state(series);
  }

 private:
  /// By day.
  std::vector<DayRow> live_days(std::int64_t series, std::int64_t from, std::int64_t to) {
    std::vector<DayRow> days;
    auto rows = db_.query(
        "SELECT p.day, p.hours FROM part p JOIN import_run r ON r.run = p.run "
        "WHERE p.series = ? AND p.day BETWEEN ? AND ? ORDER BY p.day",
        series, from, to);
    while (rows.step()) {
      const std::int64_t day = rows.integer(0);
      if (days.empty() || days.back().day != day) days.emplace_back().day = day;
      DayRow& row = days.back();
      const std::string_view hours = as_text(rows.bytes(1));
      row.hours = ++row.parts == 1 ? std::string(hours) : added(row.hours, hours);
    }
    for (DayRow& row : days) {
      // Watched minutes of several parts are a union, no sum.
      if (row.parts > 1 && sum_of(row.hours).observed_minutes > 0)
        row.hours = series::encode(series::hour_sums(decoded(series, row.day)));
    }
    return days;
  }

  static series::Counts sum_of(std::string_view hours) {
    const auto sum = series::sum_of_hours(hours);
    if (!sum) fail_table_damaged("sums of parts");
    return *sum;
  }

  static std::string added(std::string_view a, std::string_view b) {
    auto sums = series::decode_hours(a);
    const auto more = series::decode_hours(b);
    if (!sums || !more) fail_table_damaged("sums of parts");
    for (std::size_t h = 0; h < kHoursPerDay; ++h) (*sums)[h] += (*more)[h];
    return series::encode(*sums);
  }

  /// Without histograms: nothing here asks for them.
  const series::DayPart& decoded(std::int64_t series, std::int64_t day) {
    part_.clear();
    auto rows = db_.query(
        "SELECT p.bytes FROM part p JOIN import_run r ON r.run = p.run "
        "WHERE p.series = ? AND p.day = ?",
        series, day);
    while (rows.step()) {
      if (!unpack_.decompress(as_text(rows.bytes(0)), kMostPartBytes, bytes_) ||
          !series::decode_minutes_into(bytes_, part_))
        fail_table_damaged("measurements");
    }
    return part_;
  }

  void write_blocks(std::int64_t series, std::int64_t from, std::int64_t to,
                    const std::vector<DayRow>& days) {
    auto next = days.begin();
    for (std::int64_t block = series::block_of_day(from); block <= series::block_of_day(to);
         ++block) {
      series::BlockTotals totals;
      std::vector<std::string> hours(kDaysPerBlock);
      load_block(series, block, totals, hours);
      const std::int64_t base = block * kDaysPerBlock;
      for (std::int64_t day = std::max(base, from); day <= std::min(base + kDaysPerBlock - 1, to);
           ++day) {
        const auto index = static_cast<std::size_t>(day - base);
        series::Counts sum;
        hours[index].clear();
        if (next != days.end() && next->day == day) {
          sum = sum_of(next->hours);
          hours[index] = next->hours;
          ++next;
        }
        totals.set_day(static_cast<int>(index), sum);
      }
      store_block(series, block, totals, hours);
    }
  }

  void load_block(std::int64_t series, std::int64_t block, series::BlockTotals& totals,
                  std::vector<std::string>& hours) {
    auto row =
        db_.query("SELECT totals, hours FROM series_block WHERE key = ?", block_key(series, block));
    if (!row.step()) return;
    const auto read = series::BlockTotals::decode(as_text(row.bytes(0)));
    if (!read) fail_table_damaged("totals");
    totals = *read;
    std::string_view rest = as_text(row.bytes(1));
    for (std::string& day : hours) {
      if (rest.size() < 2) fail_table_damaged("totals");
      std::uint16_t size;
      std::memcpy(&size, rest.data(), 2);
      if (rest.size() < 2u + size) fail_table_damaged("totals");
      day = rest.substr(2, size);
      rest.remove_prefix(2u + size);
    }
  }

  void store_block(std::int64_t series, std::int64_t block, const series::BlockTotals& totals,
                   const std::vector<std::string>& hours) {
    if (std::all_of(hours.begin(), hours.end(), [](const std::string& h) { return h.empty(); })) {
      db_.run("DELETE FROM series_block WHERE key = ?", block_key(series, block));
      return;
    }
    std::string packed;
    for (const std::string& day : hours) {
      const auto size = static_cast<std::uint16_t>(day.size());
      packed.append(reinterpret_cast<const char*>(&size), 2);
      packed += day;
    }
    const std::string fixed = totals.encode();
    db_.run("INSERT OR REPLACE INTO series_block (key, totals, hours) VALUES (?, ?, ?)",
            block_key(series, block), blob(fixed), blob(packed));
  }

  static std::span<const std::uint8_t> blob(std::string_view bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }

  /// Extent and the newest hours, minute by minute, as running sums.
  void write_state(std::int64_t series) {
    std::int64_t first = 0;
    std::int64_t last = 0;
    {
      auto row = db_.query(
          "SELECT p.day * 1440 + p.first FROM part p JOIN import_run r ON r.run = p.run "
          "WHERE p.series = ? ORDER BY p.day, p.first LIMIT 1",
          series);
      if (!row.step()) {
        db_.run("DELETE FROM series_state WHERE series = ?", series);
        return;
      }
      first = row.integer(0);
    }
    {
      auto row = db_.query(
          "SELECT p.day * 1440 + p.last FROM part p JOIN import_run r ON r.run = p.run "
          "WHERE p.series = ? ORDER BY p.day DESC, p.last DESC LIMIT 1",
          series);
      if (row.step()) last = row.integer(0);
    }
    const std::int64_t tail = last + 1 - kTailMinutes;
    const std::string sums = tail_sums(series, tail);
    db_.run(
        "INSERT OR REPLACE INTO series_state (series, first, last, tail, sums) VALUES (?, ?, ?, "
        "?, ?)",
        series, first, last, tail, blob(sums));
  }

  std::string tail_sums(std::int64_t series, std::int64_t tail) {
    std::vector<series::Counts> before(kTailMinutes + 1);
    std::int64_t day = -1;
    for (int i = 0; i < kTailMinutes; ++i) {
      const std::int64_t minute = tail + i;
      const std::int64_t minute_day =
          minute >= 0 ? minute / kMinutesPerDay : (minute - kMinutesPerDay + 1) / kMinutesPerDay;
      if (i == 0 || minute_day != day) {
        day = minute_day;
        decoded(series, day);
      }
      const auto index = static_cast<std::size_t>(minute - day * kMinutesPerDay);
      const auto at = static_cast<std::size_t>(i);
      before[at + 1] = before[at];
      before[at + 1] +=
          {part_.minutes[index].good, part_.minutes[index].total, part_.observed[index] ? 1u : 0u};
    }
    return series::encode_running(before);
  }

  Db& db_;
  Decompressor unpack_;
  series::DayPart part_;
  std::string bytes_;
};

}  // namespace

void refresh_totals_of_run(Db& db, std::int64_t run) {
  struct Touched {
    std::int64_t series, from, to;
  };
  std::vector<Touched> touched;
  {
    auto rows = db.query(
        "SELECT series, min(day), max(day) FROM part WHERE run = ? GROUP BY series ORDER BY series",
        run);
    while (rows.step()) touched.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
  }
  Refresher refresher(db);
  for (const Touched& t : touched) refresher.refresh(t.series, t.from, t.to);
}

std::string runs_that_count(Db& db) {
  return db.text("SELECT count(*) || '/' || coalesce(sum(id), 0) FROM run WHERE announced = 1")
      .value_or("");
}

}  // namespace nines::store
