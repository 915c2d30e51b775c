// The effective sample size: independent events keep theirs, bursts lose most of it.
#include "domain/slo/clustering.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "domain/slo/verdict.hpp"
#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;

namespace {

constexpr std::int64_t kDay = 1440;

Blocks blocks_of(std::vector<Block> blocks) {
  return {std::chrono::minutes{kDay}, std::move(blocks)};
}

}  // namespace

TEST_CASE("the effective size is p (1 - p) over the variance of whole days", "[slo]") {
  // Eight days of 100, one of them with all 8 bad: deviations 7 and seven times -1.
  std::vector<Block> blocks(8, {0, 100});
  blocks[3].bad = 8;
  const auto found = clustering_of(blocks_of(blocks));
  REQUIRE(found);
  const double variance = (49 + 7) / (800.0 * 800.0) * 8 / 7;
  CHECK(found->effective == Approx(0.01 * 0.99 / variance));
  CHECK(found->effective < 100);
  for (auto& block : blocks) block.bad = 1;
  CHECK(clustering_of(blocks_of(blocks))->effective == 800);
}

TEST_CASE("too few days, and none or all bad, tell nothing", "[slo]") {
  CHECK_FALSE(clustering_of(blocks_of(std::vector<Block>(6, {1, 10}))));
  CHECK_FALSE(clustering_of(blocks_of(std::vector<Block>(9, {0, 10}))));
  CHECK_FALSE(clustering_of(blocks_of(std::vector<Block>(9, {10, 10}))));
  CHECK(clustering_of(blocks_of(std::vector<Block>(7, {1, 10}))));
}

TEST_CASE("the formula is what drawing whole days with replacement gives", "[slo]") {
  const std::vector<Block> blocks = {{3, 100}, {0, 80}, {9, 120}, {1, 60}, {0, 100},
                                     {2, 90},  {5, 70}, {0, 110}, {1, 95}, {4, 105}};
  std::mt19937_64 random(7);
  double sum = 0, squares = 0;
  constexpr int kDraws = 40'000;
  for (int draw = 0; draw < kDraws; ++draw) {
    double bad = 0, total = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const auto& block = blocks[random() % blocks.size()];
      bad += block.bad;
      total += block.total;
    }
    sum += bad / total;
    squares += bad / total * (bad / total);
  }
  const double variance = squares / kDraws - sum / kDraws * (sum / kDraws);
  const double rate = 25.0 / 930;
  const auto found = clustering_of(blocks_of(blocks));
  REQUIRE(found);
  // The bootstrap is short of the variance by (K - 1) / K.
  CHECK(found->effective == Approx(rate * (1 - rate) / variance * 9 / 10).epsilon(0.05));
}

TEST_CASE("blocks are UTC days, hours where the stretch is short", "[slo]") {
  FakeReader reader;
  reader.fill(0, 10 * kDay, 9, 10);
  Measure m{reader, FakeReader::id()};
  const auto week = blocks_of(m, 600, 600 + 7 * kDay);
  CHECK(week.length.count() == kDay);
  CHECK(week.blocks.size() == 8);
  CHECK(week.blocks[0].total == (kDay - 600) * 10);
  const auto day = blocks_of(m, 600, 600 + kDay);
  CHECK(day.length.count() == 60);
  CHECK(day.blocks.size() == 24);
  m.method = BudgetingMethod::timeslices;
  m.slice = std::chrono::minutes{5};
  m.slice_target = *Ratio::percent(*Decimal::parse("95"));
  const auto slices = blocks_of(m, 0, 7 * kDay);
  CHECK(slices.blocks.size() == 7);
  CHECK(slices.blocks[6].total == 288);
  CHECK(slices.blocks[6].bad == 288);
  m.method = BudgetingMethod::ratio_timeslices;
  CHECK(blocks_of(m, 0, 7 * kDay).blocks[0].bad == Approx(28.8));
}

TEST_CASE("evidence from bursts is weaker than from as many independent events", "[slo]") {
  Tally t;
  t.total = t.events = 100'000;
  t.good = 99'950;
  const auto target = *Ratio::percent(*Decimal::parse("99.9"));
  const auto alone = infer(t, target, IntervalMethod::wilson);
  CHECK(alone.evidence == Evidence::supported);
  const Clustering bursts{std::chrono::minutes{kDay}, 28, 2'000};
  const auto clustered = infer(t, target, IntervalMethod::wilson, bursts);
  CHECK(clustered.evidence == Evidence::undecided);
  CHECK(clustered.sli.low < alone.sli.low);
  REQUIRE(clustered.units_needed);
  CHECK(*clustered.units_needed > 100'000);
  const auto exact = infer(t, target, IntervalMethod::clopper_pearson, bursts);
  CHECK(exact.sli.low < clustered.sli.low + 1e-3);
}

TEST_CASE("members that fail together vary more than apart", "[slo]") {
  std::vector<Block> one(10, {0, 100});
  one[2].bad = 20;
  auto other = one;
  const std::vector<double> factors = {1, 1};
  CHECK(joint_spread(std::vector{blocks_of(one), blocks_of(other)}, factors) ==
        Approx(std::sqrt(2.0)));
  std::swap(other[2], other[5]);
  CHECK(joint_spread(std::vector{blocks_of(one), blocks_of(other)}, factors) == 1);
}

TEST_CASE("the effective size never exceeds what was seen", "[slo]") {
  nines::test::holds([] {
    std::vector<Block> blocks;
    double total = 0;
    for (int i = *rc::gen::inRange(0, 40); i > 0; --i) {
      const auto n = *rc::gen::inRange(0, 1'000);
      blocks.push_back({static_cast<double>(*rc::gen::inRange(0, n + 1)), static_cast<double>(n)});
      total += n;
    }
    if (const auto found = clustering_of(blocks_of(blocks))) {
      RC_ASSERT(found->effective > 0);
      RC_ASSERT(found->effective <= total);
    }
  });
}
