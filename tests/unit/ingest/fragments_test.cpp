// Memory between rows and parts: what is reserved counts, and is given back.
#include "ingest/fragments.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <random>

using namespace nines;
using namespace nines::ingest;

TEST_CASE("a buffer that was moved away is empty, and can be used again", "[ingest]") {
  Buffer first;
  first.resize(100);
  first.data()[99] = 'x';
  Buffer second = std::move(first);
  CHECK(second.view().back() == 'x');
  CHECK(first.size() == 0);
  CHECK(first.view().empty());
  first.resize(10);
  first.data()[9] = 'y';
  second = std::move(first);
  CHECK(second.size() == 10);
  CHECK(second.view().back() == 'y');
  CHECK(first.capacity() == 0);
}

TEST_CASE("a buffer takes what it is given, and its memory again where that is enough",
          "[ingest]") {
  Buffer buffer;
  buffer.assign(std::string(1000, 'z'));
  CHECK(buffer.view().back() == 'z');
  CHECK(buffer.capacity() == 1000 + kPadding);
  const char* memory = buffer.data();
  buffer.assign("short");
  CHECK(buffer.view() == "short");
  CHECK(buffer.data() == memory);
  buffer.assign("");
  CHECK(buffer.view().empty());
}

TEST_CASE("what blocks have reserved counts against the limit of the pool", "[ingest]") {
  std::size_t parts = 0;
  FragmentPool pool([&](std::vector<EncodedPart>&& made) { parts += made.size(); }, 0, 1'000'000);
  for (std::int32_t day = 0; day < 20; ++day) {
    FragmentBlock block;
    block.day = day;
    block.bytes.reserve(100'000);
    FragmentWriter writer(block.bytes, 0, 0);
    MinuteWriter minutes = writer.minutes();
    minutes.put(7, 2, 1);
    CHECK(writer.wrote(minutes));
    writer.finish();
    block.entries.push_back({0, 0, static_cast<std::uint32_t>(block.bytes.size())});
    pool.add(std::move(block));
  }
  CHECK(parts > 0);  // a few hundred bytes of content, two million held
  pool.finish(3);
  CHECK(parts == 20);
}

TEST_CASE("a fragment gives back its minutes and latencies, small and large", "[ingest]") {
  std::mt19937_64 rng(4);
  for (int round = 0; round < 300; ++round) {
    const int stretch = static_cast<int>(rng() % 6);
    series::DayPart expected;
    std::array<std::vector<CodedCount>, kStretchHours> counts;
    std::size_t bins = 0;
    for (std::size_t hour = 0; hour < kStretchHours; ++hour) {
      std::uint32_t code = 0;
      for (int i = static_cast<int>(rng() % 20); i > 0; --i, ++bins) {
        code += 1 + static_cast<std::uint32_t>(rng() % (rng() % 4 == 0 ? 150 : 5));
        const auto count = static_cast<std::uint32_t>(1 + (rng() >> (rng() % 30 + 34)));
        counts[hour].push_back({code, count});
        expected.latency[static_cast<std::size_t>(stretch) * kStretchHours + hour].append(code,
                                                                                          count);
      }
    }
    Buffer bytes;
    FragmentWriter writer(bytes, stretch, bins);
    MinuteWriter minutes = writer.minutes();
    bool anything = false;
    const int rare = rng() % 3 == 0 ? 150 : 2;
    for (int m = 0; m < kStretchMinutes; ++m) {
      const bool any = rng() % static_cast<unsigned>(rare) == 0;
      const std::uint64_t total = any ? rng() >> (rng() % 2 == 0 ? 58 : rng() % 60) : 0;
      const std::uint64_t good = total == 0 ? 0 : rng() % (total / 2 + 1);
      // Neighbours ask about minutes that a series has nothing in.
      if (any || rng() % 2 == 0) minutes.put(m, total, total - good);
      anything = anything || total > 0;
      auto& slot = expected.minutes[static_cast<std::size_t>(stretch * kStretchMinutes + m)];
      slot = {.good = good, .total = total};
    }
    CHECK(writer.wrote(minutes) == anything);
    for (std::size_t hour = 0; hour < kStretchHours; ++hour) writer.latencies(hour, counts[hour]);
    writer.finish();
    series::DayPart once;
    add_fragment(bytes.view(), once);
    CHECK(once == expected);
    series::DayPart twice = expected;
    add_fragment(bytes.view(), twice);
    series::unite(expected, once);
    CHECK(twice == expected);
  }
}

TEST_CASE("days leave the pool one at a time, and add up to what went in", "[ingest]") {
  for (const bool backwards : {false, true}) {
    std::map<std::int32_t, std::uint64_t> counted;
    std::map<std::int32_t, int> parts;
    FragmentPool pool(
        [&](std::vector<EncodedPart>&& made) {
          for (const EncodedPart& part : made) counted[part.day] += part.total, ++parts[part.day];
        },
        0, 200'000);
    for (int step = 0; step < 60; ++step) {  // six stretches of each of ten days
      const int at = backwards ? 59 - step : step;
      FragmentBlock block;
      block.day = at / 6;
      for (std::uint32_t series = 0; series < 5; ++series) {
        const std::size_t before = block.bytes.size();
        block.bytes.reserve(before + 1000);
        FragmentWriter writer(block.bytes, at % 6, 0);
        MinuteWriter minutes = writer.minutes();
        minutes.put(3, 10 + series, 1);
        CHECK(writer.wrote(minutes));
        writer.finish();
        block.entries.push_back({series, static_cast<std::uint32_t>(before),
                                 static_cast<std::uint32_t>(block.bytes.size() - before)});
      }
      pool.add(std::move(block));
    }
    CHECK_FALSE(parts.empty());
    CHECK(parts.size() < 10);
    pool.finish(2);
    CHECK(parts.size() == 10);
    for (const auto& [day, total] : counted) CHECK(total == 6 * (10 + 11 + 12 + 13 + 14));
    for (const auto& [day, count] : parts) CHECK(count == 5);  // none was taken before it was done
  }
}
