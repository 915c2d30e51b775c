// Chances by ranks against what counting every arrangement gives, and the robust measures.
#include "domain/rca/rank/calibration.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "domain/rca/rank/robust.hpp"

using namespace nines::rca;

namespace {

/// By trying every way in which the ranks can fall: how often at least as many of the incident's
/// blocks exceed all of the baseline's, or all but the highest `trimmed`.
double by_counting(std::size_t before, std::size_t now, std::size_t trimmed, std::size_t seen) {
  std::vector<int> own(before + now, 0);  // ascending; 1 = of the incident
  std::fill(own.end() - static_cast<std::ptrdiff_t>(now), own.end(), 1);
  std::size_t all = 0, as_many = 0;
  do {
    std::size_t left = trimmed, beyond = 0;
    for (std::size_t i = own.size(); i-- > 0;) {
      if (own[i] == 1)
        ++beyond;
      else if (left > 0)
        --left;
      else
        break;
    }
    ++all;
    as_many += beyond >= seen ? 1 : 0;
  } while (std::next_permutation(own.begin(), own.end()));
  return static_cast<double>(as_many) / static_cast<double>(all);
}

}  // namespace

TEST_CASE("the precedence test agrees with counting", "[rank]") {
  for (std::size_t before = 1; before <= 9; ++before)
    for (std::size_t now = 1; now <= 4; ++now)
      for (std::size_t seen = 1; seen <= now; ++seen) {
        std::vector<double> low(before), high(now);
        for (std::size_t i = 0; i < before; ++i) low[i] = 10 + static_cast<double>(i);
        for (std::size_t i = 0; i < now; ++i) high[i] = i < seen ? 100 : 1;
        const double expected = std::min(1.0, 2 * by_counting(before, now, 0, seen));
        CHECK(precedence_chance(low, high) == Approx(expected));
      }
  // Ten and more: the highest tenth may be left out.
  const std::vector<double> before = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
  CHECK(precedence_chance(before, {50, 50, 50}) == Approx(2 * by_counting(10, 3, 1, 3)));
}

TEST_CASE("the chance of chance: nothing beyond is certain", "[rank]") {
  CHECK(precedence_chance({1, 2, 3}, {1, 1}) == 1);
  CHECK(precedence_chance({}, {1}) == 1);
  CHECK(precedence_chance({5, 5}, {5, 5}) == 1);
  CHECK(least_chance(20, 5) == Approx(2.0 / 53130));
  CHECK(least_chance(0, 5) == 1);
}

TEST_CASE("what a baseline reaches by itself, and how much more is asked", "[rank]") {
  CHECK(usual_spell({}) == 0);
  CHECK(usual_spell({1, 4, 2}) == 4);
  // The highest tenth may be the beginning of the fault.
  CHECK(usual_spell({1, 2, 3, 4, 5, 6, 7, 8, 9, 100}) == 9);
  CHECK(beyond_spells(kEnoughRows) == kBeyondSpells);
  CHECK(beyond_spells(kEnoughRows / 4) == Approx(2 * kBeyondSpells));
  CHECK(beyond_spells(5000) == kBeyondSpells);
}

TEST_CASE("quantiles, spreads and rounding", "[rank]") {
  const std::vector<double> values = {1, 2, 3, 4};
  CHECK(quantile_of(values, 0.25) == Approx(1.75));
  CHECK(median_of({3, 1, 2}) == 2);
  CHECK(held({1, 2, 3}) == 3);
  CHECK(held({1, 2, 3, 4, 5, 6, 7, 8, 9, 1000}) == 9);
  const auto flat = baseline_of({4, 4, 4});
  CHECK(flat.spread(kLevelFloor) == Approx(0.2));
  CHECK_FALSE(flat.always_zero());
  const auto around_zero = baseline_of({0, 0, 0, 0, 0, 0, 7});
  CHECK(around_zero.spread(kLevelFloor) == 7);
  CHECK(baseline_of({0, 0}).always_zero());
  CHECK(baseline_of({0, 0}).spread(kLevelFloor) == 0);
  CHECK(settled(1.0 / 3) == settled(1.0 / 3 * (1 + 1e-15)));
  CHECK(settled(1e-12) == 0);
  CHECK(settled(1.0) != settled(1.0 + 1e-6));
}
