// Day parts, histograms and totals: nothing is lost in bytes, in unions, or in sums.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

#include "domain/series/counts.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/running_sums.hpp"
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
    CHECK(sum_of_hours(encode(hours)) == naive);
    CHECK_FALSE(sum_of_hours(encode(hours) + "x"));
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

TEST_CASE("parts of codec 1, which stores still hold, read as they did") {
  // Watched: minutes 0 to 9. Events in minutes 2 and 3: 5 with one bad, 7 with none. One latency
  // histogram, of hour 0: bins 10 and 12, with 1 and 11.
  const std::string first{'\1', '\1', '\0', '\12', '\1', '\2',  '\2', '\0', '\5', '\7',
                          '\2', '\0', '\1', '\1',  '\2', '\12', '\1', '\2', '\13'};
  DayPart part;
  REQUIRE(decode_into(first, part));
  DayPart expected;
  expected.observe(0, 10);
  expected.minutes[2] = {.good = 4, .total = 5};
  expected.minutes[3] = {.good = 7, .total = 7};
  expected.latency[0].append(10, 1);
  expected.latency[0].append(12, 11);
  CHECK(part == expected);
  std::string bytes;
  encode(bytes, part);
  CHECK(bytes.front() == kPartCodec);
  DayPart minutes;
  REQUIRE(decode_minutes_into(bytes, minutes));
  for (Histogram& hour : expected.latency) hour.clear();
  CHECK(minutes == expected);
}

TEST_CASE("bad minutes that no encoder wrote are refused") {
  // One run of four minutes, totals 1; then what is bad.
  const auto decodes = [](std::string bad) {
    DayPart part;
    return decode_into(std::string{'\2', '\0', '\1', '\0', '\4', '\0', '\1', '\1', '\1', '\1'} +
                           std::move(bad) + '\0',
                       part);
  };
  using namespace std::string_literals;
  CHECK(decodes("\1"s));                // none
  CHECK(decodes("\2\3\2"s));            // the last
  CHECK(decodes("\0\2\0\0\2"s));        // each with its number
  CHECK_FALSE(decodes("\2\4\2"s));      // behind the last
  CHECK_FALSE(decodes("\2\0\0"s));      // bad, and none
  CHECK_FALSE(decodes("\3\1\2\0\2"s));  // the same twice
  CHECK_FALSE(decodes("\x7f"s));        // more than there are
}

TEST_CASE("a step and its count come back, whatever their size") {
  std::mt19937_64 rng(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs(rng() % 40);
    std::string bytes(pairs.size() * 2 * kMostVarintBytes + 2, '\0');
    char* to = bytes.data();
    for (auto& [step, count] : pairs) {
      step = rng() >> (rng() % 60 + 4);
      count = rng() % 2 == 0 ? 1 : 1 + (rng() >> (rng() % 63 + 1));
      to = put_counted(to, step, count);
    }
    bytes.resize(static_cast<std::size_t>(to - bytes.data()));
    VarintReader in(bytes);
    for (const auto& pair : pairs) CHECK(in.get_counted() == pair);
    CHECK(in.ok());
    CHECK(in.at_end());
  }
}

TEST_CASE("running sums give back every stretch, in as few bytes as they need") {
  std::mt19937_64 rng(6);
  for (const int bits : {4, 20, 40}) {
    std::vector<Counts> before(100);
    for (std::size_t i = 1; i < before.size(); ++i) {
      before[i] = before[i - 1];
      const std::uint64_t total = rng() >> (64 - bits);
      before[i] += {total / 2, total, rng() % 2};
    }
    const std::string bytes = encode_running(before);
    CHECK(bytes.size() == 1 + before.size() * 3 * (bits == 4 ? 2 : bits == 20 ? 4 : 8));
    for (std::size_t from = 0; from < before.size(); from += 7) {
      for (std::size_t to = from; to < before.size(); to += 5) {
        const auto sum = running_sum(bytes, before.size(), from, to);
        REQUIRE(sum);
        CHECK(sum->good == before[to].good - before[from].good);
        CHECK(sum->total == before[to].total - before[from].total);
        CHECK(sum->observed_minutes == before[to].observed_minutes - before[from].observed_minutes);
      }
    }
    CHECK_FALSE(running_sum(bytes, before.size(), 3, before.size()));
    CHECK_FALSE(running_sum(bytes, before.size() + 1, 0, 1));
    CHECK_FALSE(running_sum("", before.size(), 0, 1));
    CHECK_FALSE(running_sum("\3" + bytes.substr(1), before.size(), 0, 1));
  }
}
