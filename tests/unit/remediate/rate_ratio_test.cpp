// Before and after: published vectors, and how often the test is wrong when nothing changed.
#include "domain/remediate/rate_ratio.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace nines::remediate;

namespace {

struct Vector {
  Counted after, before;
  double ratio, low, high, p, fell, halved;
};

/// P(no more than k) of a Poisson count.
double poisson_at_most(double mean, std::uint64_t k) {
  double term = std::exp(-mean), sum = term;
  for (std::uint64_t i = 1; i <= k; ++i) sum += term *= mean / static_cast<double>(i);
  return sum;
}

}  // namespace

TEST_CASE("rate ratios agree with worked vectors") {
  const Vector vectors[] = {{{4, 26}, {12, 26}, .333, .078, 1.100, .038, .979, .755},
                            {{1, 26}, {3, 26}, .333, .006, 4.15, .3125, .840, .612},
                            {{0, 26}, {5, 26}, 0, 0, 1.091, .031, .993, .961},
                            {{0, 26}, {6, 26}, 0, 0, .849, .016, .997, .976},
                            {{2, 13}, {9, 26}, .444, .047, 2.147, .234, .858, .528},
                            {{0, 4}, {8, 48}, 0, 0, 7.03, .527, .750, .588},
                            {{6, 90}, {24, 180}, .500, .167, 1.256, .084, .944, .481}};
  for (const auto& v : vectors) {
    CAPTURE(v.after.events, v.before.events);
    const auto found = rate_ratio(v.before, v.after);
    CHECK(found.ratio.value() == Approx(v.ratio).margin(.0006));
    CHECK(found.interval.low == Approx(v.low).margin(.0006));
    CHECK(found.interval.high == Approx(v.high).epsilon(.002));
    CHECK(found.p_fell == Approx(v.p).margin(.0006));
    CHECK(found.fell == Approx(v.fell).margin(.0006));
    CHECK(found.halved == Approx(v.halved).margin(.0006));
  }
}

TEST_CASE("without anything before there is no ratio, and without anything at all no end") {
  const auto none = rate_ratio({0, 26}, {0, 26});
  CHECK_FALSE(none.ratio);
  CHECK(none.interval.low == 0);
  CHECK(std::isinf(none.interval.high));
  CHECK(none.p_fell == 1);
  CHECK(none.p_rose == 1);
  CHECK_FALSE(rate_ratio({0, 26}, {3, 26}).ratio);
}

TEST_CASE("a verdict is never 'improved' on too few events, and says how long to wait") {
  CHECK(judge_effect({5, 26}, {0, 26}).effect == Effect::improved);
  CHECK(judge_effect({4, 26}, {0, 26}).effect == Effect::too_few);
  CHECK(judge_effect({0, 26}, {0, 26}).effect == Effect::too_few);
  CHECK_FALSE(judge_effect({0, 26}, {0, 26}).more_time);
  CHECK(judge_effect({3, 26}, {12, 26}).effect == Effect::worse);
  CHECK(judge_effect({20, 26}, {20, 26}).effect == Effect::no_evidence);
  const auto wait = judge_effect({8, 48}, {0, 4});
  CHECK(wait.effect == Effect::too_few);
  // (48 / (48 + t))^8 <= 0.05 from t = 21.8 on.
  CHECK(wait.more_time.value() == Approx(21.8 - 4).margin(.1));
}

TEST_CASE("what a design needs") {
  CHECK(events_needed(.1) == Approx(10).margin(1));
  CHECK(events_needed(.25) == Approx(15).margin(1.5));
  CHECK(events_needed(.5) == Approx(40).margin(3));
  CHECK(events_needed(.75) == Approx(184).margin(12));
  CHECK_FALSE(smallest_visible_ratio(3));
  CHECK(smallest_visible_ratio(40).value() == Approx(.5).margin(.03));
}

TEST_CASE("a false 'improved' comes in at most one of twenty, whatever the mean") {
  for (const double mean : {2.0, 5.0, 8.0, 20.0}) {
    double wrong = 0, before = 0;
    for (std::uint64_t x = 0; x < 80; ++x) {
      const double px = poisson_at_most(mean, x) - before;
      before += px;
      double seen = 0;
      for (std::uint64_t y = 0; y < 80; ++y) {
        const double py = poisson_at_most(mean, y) - seen;
        seen += py;
        if (px * py < 1e-12) continue;
        if (judge_effect({x, 26}, {y, 26}).effect == Effect::improved) wrong += px * py;
      }
    }
    CAPTURE(mean);
    CHECK(wrong <= .05);
  }
}
