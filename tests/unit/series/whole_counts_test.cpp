// Whole events of what engines say: sums kept, nothing above its total.
#include <catch2/catch.hpp>

#include <numeric>

#include "domain/series/whole_counts.hpp"
#include "support/property.hpp"

using namespace nines::series;

TEST_CASE("fractions are carried on, so that sums keep to half an event") {
  MinuteIncrements in{std::vector<double>(100, 0.333), std::vector<double>(100, 10.5), true};
  const auto out = whole_counts(in);
  std::uint64_t bad = 0, total = 0;
  for (const auto& slot : out.minutes) {
    bad += slot.total - slot.good;
    total += slot.total;
  }
  CHECK(total == 1050);
  CHECK(bad == 33);
  CHECK(out.unplaced < 0.5);
}

TEST_CASE("good that comes before its total waits for it") {
  const auto out = whole_counts({{5, 5}, {0, 10}, false});
  CHECK(out.minutes[0] == MinuteSlot{0, 0});
  CHECK(out.minutes[1] == MinuteSlot{10, 10});
  CHECK(out.unplaced == 0);
  CHECK(whole_counts({{5, 5}, {4, 4}, false}).unplaced == 2);
}

TEST_CASE("what is taken away is taken from what follows") {
  const auto out = whole_counts({{0, 0, 0}, {5, -3, 4}, false});
  CHECK(out.minutes[0].total == 5);
  CHECK(out.minutes[1].total == 0);
  CHECK(out.minutes[2].total == 1);
}

TEST_CASE("good never exceeds total, whatever comes") {
  nines::test::holds([](const std::vector<int>& first, const std::vector<int>& total) {
    const auto n = std::min(first.size(), total.size());
    MinuteIncrements in;
    for (std::size_t i = 0; i < n; ++i) {
      in.first.push_back(first[i] / 3.0);
      in.total.push_back(total[i] / 7.0);
    }
    for (const auto& slot : whole_counts(in).minutes) RC_ASSERT(slot.good <= slot.total);
  });
}

TEST_CASE("gaps lie between watched minutes") {
  const auto gaps = gaps_in({false, true, false, false, true, true, false});
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].begin == 2);
  CHECK(gaps[0].end == 4);
  CHECK(gaps_in({}).empty());
  CHECK(gaps_in({true, true}).empty());
}
