// Steps and slow burns below the alerts: found when they are there, and rarely when they are not.
#include <catch2/catch.hpp>

#include "base/split_mix.hpp"
#include "domain/rca/degradation/degradation.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

constexpr DegradationRules kRules{.budget = 0.01, .least_burn = 1, .least_bad = 10};

/// Bad events of `n`, each with this chance.
std::uint64_t drawn(std::uint64_t& random, std::uint64_t n, double chance) {
  std::uint64_t bad = 0;
  for (std::uint64_t i = 0; i < n; ++i)
    bad += static_cast<double>(split_mix64(random) >> 11) * 0x1p-53 < chance;
  return bad;
}

/// A day of bins of two minutes; from minute `from` to `to` another share fails.
std::vector<EventBin> day(std::uint64_t seed, double usual, double other, std::int64_t from,
                          std::int64_t to, std::uint64_t events = 100) {
  std::uint64_t random = seed;
  std::vector<EventBin> bins;
  for (std::int64_t m = 0; m < 1440; m += 2)
    bins.push_back({m, m + 2, drawn(random, events, m >= from && m < to ? other : usual), events});
  return bins;
}

}  // namespace

TEST_CASE("a step is found where it is, with its size") {
  const auto found = degradations(day(1, 0.002, 0.04, 1200, 1440), kRules);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Degradation::Kind::step);
  CHECK(std::abs(found[0].begin - 1200) <= 6);
  CHECK(found[0].goes_on);
  CHECK(found[0].share() == Approx(0.04).margin(0.006));
  CHECK(found[0].before.value() == Approx(0.002).margin(0.001));
  CHECK(found[0].p < 1e-6);
}

TEST_CASE("a step of forty minutes that ended") {
  const auto found = degradations(day(2, 0.002, 0.05, 600, 640), kRules);
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].goes_on);
  CHECK(std::abs(found[0].begin - 600) <= 6);
  CHECK(std::abs(found[0].end - 640) <= 6);
}

TEST_CASE("less than the least burn is nobody's concern") {
  CHECK(degradations(day(3, 0.002, 0.006, 700, 1440), kRules).empty());
}

TEST_CASE("a burn above budget without a step is a slow burn") {
  const auto found = degradations(day(4, 0.015, 0.015, 0, 0), kRules);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == Degradation::Kind::slow_burn);
  CHECK(found[0].burn == Approx(1.5).margin(0.15));
  CHECK(found[0].p < 0.01);
}

TEST_CASE("nothing, little and silence") {
  CHECK(degradations({}, kRules).empty());
  CHECK(degradations({{0, 1, 0, 0}, {1, 2, 0, 0}}, kRules).empty());
  CHECK(degradations({{0, 1, 5, 5}}, kRules).empty());
  CHECK(degradations(day(5, 0, 0, 0, 0), kRules).empty());
}

TEST_CASE("over a fleet of noise few are trusted, and a real one is") {
  std::vector<Degradation> found;
  std::size_t series = 0;
  for (std::uint64_t seed = 100; seed < 300; ++seed, ++series)
    for (const auto& one : degradations(day(seed, 0.008, 0.008, 0, 0, 20), kRules))
      found.push_back(one);
  const auto noise = trusted(found, series, 0.05).size();
  CHECK(noise <= 1);
  for (const auto& one : degradations(day(7, 0.002, 0.04, 1000, 1100), kRules))
    found.push_back(one);
  auto all = found;
  const auto kept = trusted(all, series + 1, 0.05);
  REQUIRE_FALSE(kept.empty());
  CHECK(kept.back() == all.size() - 1);
}
