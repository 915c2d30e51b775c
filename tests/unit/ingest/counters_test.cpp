// What is counted in narrow cells and sorted lists is what plain maps count.
#include "ingest/counter_tiles.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <utility>

#include "ingest/latency_log.hpp"
#include "ingest/time_field.hpp"

using namespace nines;
using namespace nines::ingest;

TEST_CASE("cells give back what was added, beyond 32 bits too", "[ingest]") {
  const CounterTiles::Shape shape{2, 3};
  TilePool pool(shape.cells());
  CounterTiles tiles(shape, pool);
  using Place = std::pair<std::size_t, std::size_t>;  // unit and rule
  std::map<Place, std::map<int, series::MinuteSlot>> expected;
  std::mt19937_64 random(7);
  for (int round = 0; round < 2; ++round) {  // the second one in tiles of the first
    for (int i = 0; i < 5000; ++i) {
      const std::size_t unit = random() % 50 == 0 ? 200'000 - 1 : random() % 40;
      const std::size_t rule = random() % 2;
      const auto minute = static_cast<int>(random() % 100);
      const std::uint64_t total = random() >> (random() % 2 == 0 ? 33 : 3 + random() % 60);
      const std::uint64_t part = random() % 3 == 0 ? total : total / 2;
      tiles.expect(static_cast<std::size_t>(minute), static_cast<std::size_t>(minute));
      tiles.add(tiles.at(unit, static_cast<std::size_t>(minute))[rule], total, part);
      if ((total | part) == 0) continue;
      series::MinuteSlot& slot = expected[{unit, rule}][minute];
      slot.total += total;
      slot.good += part;
    }
    CHECK(tiles.bytes() > 0);
    std::map<Place, std::map<int, series::MinuteSlot>> seen;
    tiles.take_all([&](std::size_t unit, std::size_t rule, const CounterTiles::Column& column) {
      column.for_each([&](int minute, std::uint64_t total, std::uint64_t part) {
        if ((total | part) != 0) seen[{unit, rule}][minute] = {.good = part, .total = total};
      });
    });
    CHECK(seen == expected);
    CHECK(tiles.bytes() == 0);
    expected.clear();
  }
}

TEST_CASE("a log counts its words, however many and whenever it is asked", "[ingest]") {
  std::mt19937_64 random(11);
  LatencyScratch scratch;
  LatencyLog log;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{10}, std::size_t{5000}, std::size_t{900'000}}) {
    std::map<std::uint32_t, std::uint32_t> expected;
    log.clear();
    for (std::size_t done = 0; done < size;) {
      const std::size_t some = std::min<std::size_t>(size - done, 1024);
      std::uint32_t* next = log.room(some, scratch);
      for (std::size_t i = 0; i < some; ++i) {
        // Few enough to come again, and of all lengths: up to the last unit there may be.
        const auto word = static_cast<std::uint32_t>(random() % 3000 << (random() % 2 * 20));
        *next++ = word;
        ++expected[word];
      }
      log.wrote(next);
      done += some;
      if (random() % 200 == 0) static_cast<void>(log.counted(scratch));
    }
    std::map<std::uint32_t, std::uint32_t> seen;
    std::uint32_t last = 0;
    for (const CodedCount& count : log.counted(scratch)) {
      CHECK((seen.empty() || last < count.code));
      last = count.code;
      seen[count.code] = count.count;
    }
    CHECK(seen == expected);
  }
}

TEST_CASE("a time that is told by the one before is the time it says", "[ingest]") {
  std::mt19937_64 random(13);
  TimeSpec spec;
  spec.columns = {"t"};
  spec.kind = TimeKind::milliseconds;
  TimeField quick(spec, "UTC");
  std::size_t told = 0;
  std::uint64_t at = 1'700'006'400'000;
  for (int i = 0; i < 20'000; ++i) {
    at += random() % 100 == 0 ? random() % 500'000 : random() % 5000;
    std::string text = std::to_string(at);
    if (random() % 40 == 0) text[random() % text.size()] = random() % 2 == 0 ? '\0' : 'x';
    if (random() % 40 == 0) text.pop_back();
    text.reserve(text.size() + 16);
    TimeField alone(spec, "UTC");
    std::int64_t expected = -1;
    const bool sound = alone.minute(text, expected);
    const std::string_view view = text;
    std::int64_t minute = -1;
    if (quick.same_minute(&view, 1, &minute) == 1) {
      ++told;
      CHECK(sound);
    } else {
      CHECK(quick.minute(view, minute) == sound);
    }
    if (sound) CHECK(minute == expected);
  }
  CHECK(told > 10'000);
}
