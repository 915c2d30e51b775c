// Day parts, histograms and totals: nothing is lost in bytes, in unions, or in sums.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

#include "domain/series/counts.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/totals.hpp"

using namespace nines;
using namespace nines::series;

namespace {

DayPart random_part(std::mt19937_64& rng) {
  DayPart part;
  const int density = static_cast<int>(rng() % 5);
  for (int m = 0; m < kMinutesPerDay; ++m) {
    if (density == 0 || rng() % 5 > static_cast<unsigned>(density)) continue;
    const std::uint64_t total = rng() >> (rng() % 60 + 4);
    part.minutes[static_cast<std::size_t>(m)] = {total - (total ? rng() % (total / 8 + 1) : 0),
                                                 total};
    part.observed.set(static_cast<std::size_t>(m));
  }
  part.observe(static_cast<int>(rng() % 800), static_cast<int>(rng() % 1440));
  for (int i = static_cast<int>(rng() % 300); i > 0; --i) {
    part.latency[rng() % 24].add(rng() >> (rng() % 50 + 11), rng() % 3 + 1);
  }
  return part;
}

}  // namespace

TEST_CASE("a day part survives its bytes") {
  std::mt19937_64 rng(1);
  for (int round = 0; round < 200; ++round) {
    const DayPart part = random_part(rng);
    std::string bytes;
    encode(bytes, part);
    DayPart back;
    REQUIRE(decode_into(bytes, back));
    CHECK(back == part);
  }
}

TEST_CASE("damaged bytes are refused or read, never a crash") {
  std::mt19937_64 rng(2);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    encode(bytes, random_part(rng));
    for (int flips = 0; flips < 4; ++flips) bytes[rng() % bytes.size()] ^= static_cast<char>(rng());
    if (round % 2 == 0) bytes.resize(rng() % bytes.size());
    DayPart back;
    static_cast<void>(decode_into(bytes, back));
  }
  DayPart part;
  CHECK_FALSE(decode_into("", part));
}

TEST_CASE("a union does not depend on order") {
  std::mt19937_64 rng(3);
  for (int round = 0; round < 50; ++round) {
    const DayPart a = random_part(rng), b = random_part(rng), c = random_part(rng);
    DayPart abc = a, cba = c;
    unite(abc, b), unite(abc, c);
    unite(cba, b), unite(cba, a);
    CHECK(abc == cba);
    std::string bytes;
    encode(bytes, b);
    DayPart decoded = a;
    REQUIRE(decode_into(bytes, decoded));
    unite(decoded, c);
    CHECK(decoded == abc);
  }
}

TEST_CASE("sums by hour and by day equal naive sums") {
  std::mt19937_64 rng(4);
  std::array<Counts, kDaysPerBlock> days{};
  BlockTotals totals;
  for (int round = 0; round < 200; ++round) {
    const DayPart part = random_part(rng);
    Counts naive;
    for (std::size_t m = 0; m < kMinutesPerDay; ++m) {
      naive += {part.minutes[m].good, part.minutes[m].total, part.observed[m] ? 1u : 0u};
    }
    const HourSums hours = hour_sums(part);
    CHECK(decode_hours(encode(hours)) == hours);
    Counts by_hour;
    for (const Counts& hour : hours) by_hour += hour;
    CHECK(by_hour == naive);
    const int day = static_cast<int>(rng() % kDaysPerBlock);
    totals.set_day(day, naive);
    days[static_cast<std::size_t>(day)] = naive;
    int from = static_cast<int>(rng() % 33), to = static_cast<int>(rng() % 33);
    if (from > to) std::swap(from, to);
    Counts expected;
    for (int d = from; d < to; ++d) expected += days[static_cast<std::size_t>(d)];
    CHECK(totals.sum(from, to) == expected);
    CHECK(BlockTotals::sum_of(totals.encode(), from, to) == expected);
    CHECK(BlockTotals::decode(totals.encode()) == totals);
  }
  CHECK_FALSE(BlockTotals::decode("short"));
  CHECK(block_of_day(-1) == -1);
  CHECK(block_of_day(-32) == -1);
  CHECK(block_of_day(-33) == -2);
  CHECK(block_of_day(31) == 0);
}

TEST_CASE("merged histograms hold what both held") {
  std::mt19937_64 rng(6);
  for (int round = 0; round < 300; ++round) {
    std::map<std::uint32_t, std::uint64_t> expected;
    const auto fill = [&] {
      Histogram histogram;
      std::uint32_t bin = static_cast<std::uint32_t>(rng() % 100);
      for (int i = static_cast<int>(rng() % 60); i > 0; --i) {
        const std::uint64_t count = rng() >> (rng() % 50 + 10);
        histogram.append(bin, count);
        expected[bin] += count;
        bin += 1 + static_cast<std::uint32_t>(rng() % 4);
      }
      return histogram;
    };
    Histogram left = fill();
    const Histogram right = fill();
    left.merge(right);
    Histogram merged;
    for (const auto& [bin, count] : expected) merged.append(bin, count);
    CHECK(left == merged);
    for (auto& [bin, count] : expected) count *= 2;
    left.merge(left);
    merged.clear();
    for (const auto& [bin, count] : expected) merged.append(bin, count);
    CHECK(left == merged);
  }
}

TEST_CASE("quantiles are within one percent") {
  std::mt19937_64 rng(5);
  for (int round = 0; round < 100; ++round) {
    Histogram left, right;
    std::vector<std::uint64_t> values;
    const int spread = static_cast<int>(rng() % 40) + 12;
    for (int i = static_cast<int>(rng() % 500) + 1; i > 0; --i) {
      values.push_back(rng() >> spread);
      (i % 2 ? left : right).add(values.back());
    }
    std::sort(values.begin(), values.end());
    left.merge(right);
    CHECK(left.count() == values.size());
    for (const double q : {0.01, 0.5, 0.9, 0.99, 1.0}) {
      const auto rank = static_cast<std::size_t>(
          std::max(1.0, std::ceil(q * static_cast<double>(values.size()))));
      const auto exact = static_cast<double>(values[rank - 1]);
      CHECK(std::abs(*left.quantile(q) - exact) <= exact * 0.01);
    }
  }
  CHECK_FALSE(Histogram{}.quantile(0.5));
  for (std::uint32_t bin = 0; bin + 1 < kBins; ++bin) {
    REQUIRE(bin_of(bin_begin(bin)) == bin);
    REQUIRE(bin_of(bin_end(bin) - 1) == bin);
  }
  CHECK(bin_of(~std::uint64_t{0}) == kBins - 1);
}

TEST_CASE("a series key names one series") {
  const SeriesKey key{"web", "shop", "status < 500", "true", "", ""};
  SeriesKey other = key;
  other.split = "region=eu";
  CHECK(id_of(key) == id_of(key));
  CHECK(id_of(key) != id_of(other));
  CHECK(
      canonical(key) ==
      R"({"predicate":"status < 500","service":"shop","source":"web","split":"","total":"true","value":""})");
}
