// Counting under the three budgeting methods, against worked examples and a naive second counting.
#include "domain/slo/tally.hpp"

#include <catch2/catch.hpp>

#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;

namespace {

Ratio ratio(const char* text) { return *Ratio::of(*Decimal::parse(text)); }

Measure measure(const FakeReader& reader, BudgetingMethod method,
                MissingData missing = MissingData::exclude, int slice = 1) {
  return {reader, FakeReader::id(), method, missing, std::chrono::minutes{slice}, ratio("0.9")};
}

}  // namespace

TEST_CASE("one bad event of a thousand is exactly 99.9 percent", "[slo]") {
  FakeReader reader;
  reader.put(5, 999, 1000);
  const auto t = tally(measure(reader, BudgetingMethod::occurrences), 0, 10);
  CHECK(t.meets(ratio("0.999")));
  CHECK_FALSE(t.meets(ratio("0.9991")));
  CHECK(t.expected == 10);
  CHECK(t.known == 1);
}

TEST_CASE("no data and no traffic are told apart", "[slo]") {
  FakeReader reader;
  reader.put(0, 0, 0);
  for (auto method : {BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                      BudgetingMethod::ratio_timeslices}) {
    const auto t = tally(measure(reader, method), 0, 2);
    CHECK(t.empty());
    CHECK_FALSE(t.sli().has_value());
    CHECK(t.known == 1);
    CHECK(t.coverage() == 0.5);
  }
  reader.put(1, 0, 7);
  CHECK(tally(measure(reader, BudgetingMethod::occurrences), 0, 2).sli() == 0.0);
}

TEST_CASE("a week at 99.95 percent allows five bad minutes, the sixth misses", "[slo]") {
  FakeReader reader;
  reader.fill(0, 10'080, 100, 100);
  for (int bad = 1; bad <= 6; ++bad) {
    reader.put(bad * 100, 10, 100);
    CHECK(tally(measure(reader, BudgetingMethod::timeslices), 0, 10'080).meets(ratio("0.9995")) ==
          (bad <= 5));
  }
}

TEST_CASE("ratio slices: an attack of 822 minutes still meets 95 percent", "[slo]") {
  FakeReader reader;  // two weeks, 99 % normally, 1 % during the attack
  reader.fill(0, 20'160, 99, 100);
  reader.fill(0, 822, 1, 100);
  const auto m = measure(reader, BudgetingMethod::ratio_timeslices);
  CHECK(tally(m, 0, 20'160).meets(ratio("0.95")));
  reader.put(822, 1, 100);
  CHECK_FALSE(tally(m, 0, 20'160).meets(ratio("0.95")));
}

TEST_CASE("timeslices: 1008 bad minutes of two weeks meet 95 percent, 1009 do not", "[slo]") {
  FakeReader reader;
  reader.fill(0, 20'160, 99, 100);
  reader.fill(0, 1008, 1, 100);
  const auto m = measure(reader, BudgetingMethod::timeslices);
  CHECK(tally(m, 0, 20'160).meets(ratio("0.95")));
  reader.put(1008, 1, 100);
  CHECK_FALSE(tally(m, 0, 20'160).meets(ratio("0.95")));
}

TEST_CASE("occurrences: an attack of 14298 failures still meets 95 percent, one more does not",
          "[slo]") {
  FakeReader reader;  // 336 000 events with 3 360 bad, then A attack events of which 99 % fail
  reader.put(0, 332'640, 336'000);
  reader.put(1, 14'298 / 100, 14'298);
  const auto m = measure(reader, BudgetingMethod::occurrences);
  CHECK(tally(m, 0, 2).meets(ratio("0.95")) == (3'360 + 14'298 - 142 <= (336'000 + 14'298) / 20));
  reader.put(1, 143, 14'400);
  CHECK_FALSE(tally(m, 0, 2).meets(ratio("0.95")));
}

TEST_CASE("missing slices count as the SLO says", "[slo]") {
  FakeReader reader;
  reader.fill(0, 60, 10, 10);
  const auto of = [&](MissingData missing, BudgetingMethod method) {
    return tally(measure(reader, method, missing), 0, 100);
  };
  CHECK(of(MissingData::exclude, BudgetingMethod::timeslices).total == 60);
  CHECK(of(MissingData::good, BudgetingMethod::timeslices).sli() == 1.0);
  CHECK(of(MissingData::bad, BudgetingMethod::timeslices).sli() == 0.6);
  CHECK(of(MissingData::bad, BudgetingMethod::ratio_timeslices).sli() == 0.6);
  const auto events = of(MissingData::bad, BudgetingMethod::occurrences);
  CHECK(events.imputed == 400);
  CHECK(events.sli() == 0.6);
  for (auto missing : {MissingData::good, MissingData::bad, MissingData::exclude})
    CHECK(of(missing, BudgetingMethod::timeslices).coverage() == 0.6);
}

TEST_CASE("an answer that missing data could turn is not settled", "[slo]") {
  FakeReader reader;
  reader.fill(0, 990, 1, 1);
  const auto t = tally(measure(reader, BudgetingMethod::timeslices), 0, 1000);
  CHECK(t.meets(ratio("0.995")));
  CHECK_FALSE(t.settled(ratio("0.995")));
  CHECK(t.settled(ratio("0.99")));
  const auto bad = tally(measure(reader, BudgetingMethod::timeslices, MissingData::bad), 0, 1000);
  CHECK(bad.settled(ratio("0.995")));
}

TEST_CASE("a mean of ratios on the edge is compared exactly", "[slo]") {
  RatioSum sum;  // 1/3 + 2/3 + 1/7 + 6/7 = 2 of 4
  sum.add(1, 3), sum.add(2, 3), sum.add(1, 7), sum.add(6, 7);
  CHECK(sum.mean_at_least(ratio("0.5")));
  CHECK_FALSE(sum.mean_at_least(ratio("0.500000000000000001")));
  RatioSum just_below;
  just_below.add(UINT64_MAX / 2, UINT64_MAX);
  CHECK_FALSE(just_below.mean_at_least(ratio("0.5")));
}

TEST_CASE("counting agrees with a naive second counting", "[slo]") {
  nines::test::holds([] {  // sums of parts, slices and time shifts
    FakeReader reader, shifted;
    const auto rows = *rc::gen::container<std::vector<std::pair<int, std::pair<int, int>>>>(
        rc::gen::pair(rc::gen::inRange(0, 300),
                      rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::inRange(0, 20))));
    std::map<int, std::pair<std::uint64_t, std::uint64_t>> naive;
    for (const auto& [minute, counts] : rows) {
      const auto good = static_cast<std::uint64_t>(counts.first);
      const auto total = good + static_cast<std::uint64_t>(counts.second);
      reader.put(minute, good, total);
      shifted.put(minute + 100'007, good, total);
      naive[minute] = {good, total};
    }
    const int step = *rc::gen::inRange(1, 17);
    const int cut = *rc::gen::inRange(0, 300);
    const auto whole = measure(reader, BudgetingMethod::occurrences);
    const auto a = tally(whole, 0, cut), b = tally(whole, cut, 300), all = tally(whole, 0, 300);
    RC_ASSERT(a.good + b.good == all.good);
    RC_ASSERT(a.total + b.total == all.total);
    RC_ASSERT(a.known + b.known == all.known);

    std::map<int, std::pair<std::uint64_t, std::uint64_t>> slices;
    for (const auto& [minute, counts] : naive) {
      slices[minute / step].first += counts.first;
      slices[minute / step].second += counts.second;
    }
    std::uint64_t good = 0, total = 0;
    double mean = 0;
    for (const auto& [index, counts] : slices) {
      if (counts.second == 0) continue;
      ++total;
      if (counts.first * 10 >= counts.second * 9) ++good;
      mean += static_cast<double>(counts.first) / static_cast<double>(counts.second);
    }
    const auto t =
        tally(measure(reader, BudgetingMethod::timeslices, MissingData::exclude, step), 0, 300);
    RC_ASSERT(t.good == good);
    RC_ASSERT(t.total == total);
    RC_ASSERT(t.events == all.total);
    const auto r = tally(
        measure(reader, BudgetingMethod::ratio_timeslices, MissingData::exclude, step), 0, 300);
    RC_ASSERT(std::abs(r.good_units() - mean) < 1e-9);
    const auto s = tally(measure(shifted, BudgetingMethod::timeslices, MissingData::exclude, step),
                         100'007, 100'307);
    RC_ASSERT(s.good == t.good);
    RC_ASSERT(s.total == t.total);
    RC_ASSERT(s.known == t.known);
  });
  nines::test::holds([] {  // met by equals floor arithmetic
    const auto total = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
    const auto bad = *rc::gen::inRange<std::uint64_t>(0, total + 1);
    const auto target =
        ratio(*rc::gen::element<const char*>("0.9", "0.99", "0.999", "0.9995", "0.5", "0"));
    RC_ASSERT(target.met_by(total - bad, total) == (bad <= target.complement().floor_of(total)));
  });
  nines::test::holds([] {  // a mean of ratios equals the sum over one common denominator
    const auto denominators = *rc::gen::container<std::vector<std::uint64_t>>(
        *rc::gen::inRange(1, 30), rc::gen::element<std::uint64_t>(2, 3, 4, 5, 8, 10));
    RatioSum sum;
    std::uint64_t over_120 = 0;
    for (auto d : denominators) {
      const auto n = *rc::gen::inRange<std::uint64_t>(0, d + 1);
      sum.add(n, d);
      over_120 += n * (120 / d);
    }
    const auto target = ratio(*rc::gen::element<const char*>("0.5", "0.9", "0.25", "0.75"));
    RC_ASSERT(sum.mean_at_least(target) == target.met_by(over_120, 120 * sum.count()));
  });
}
