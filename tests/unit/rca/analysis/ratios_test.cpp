// Proposed ratios: their formulas, their bounds, and the step that counts.
#include "domain/rca/analysis/ratios.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;

TEST_CASE("the step is the one that both bounds reach, towards 1") {
  CHECK(step_of(10, 50) == Strength::ten);
  CHECK(step_of(9.9, 50) == Strength::three);
  CHECK(step_of(2.9, 50) == Strength::one);
  CHECK(step_of(0.5, 2) == Strength::one);
  CHECK(step_of(0.01, 0.34) == Strength::one);
  CHECK(step_of(0.01, 1.0 / 3) == Strength::third);
  CHECK(step_of(0.01, 0.1) == Strength::tenth);
}

TEST_CASE("a message that moved alone says much, one that moved with all others nothing") {
  MovedMessage alone{true, true, 1e-9, 99, 0};
  const auto much = ratio_of_message(alone);
  CHECK(much.ratio == Approx(kSensitivity / (0.5 / 100)));
  CHECK(much.step == Strength::ten);
  CHECK(much.low <= much.ratio);
  CHECK(much.high >= much.ratio);
  CHECK(!much.method.empty());
  MovedMessage crowd{true, true, 1e-9, 99, 80};
  CHECK(ratio_of_message(crowd).step == Strength::one);
  // The chance of a false discovery bounds it.
  MovedMessage weak{true, true, 0.05, 999, 0};
  CHECK(ratio_of_message(weak).ratio == Approx(kSensitivity / 0.05));
}

TEST_CASE("a message that did not move speaks against, if it could have been seen to") {
  MovedMessage still{false, true, 1, 99, 5};
  const auto against = ratio_of_message(still);
  CHECK(against.ratio == Approx((1 - kSensitivity) / (1 - 5.5 / 100)));
  CHECK(against.step == Strength::third);
  still.could_be_told = false;
  CHECK(ratio_of_message(still).step == Strength::one);
  CHECK(ratio_of_message(still).ratio == 1);
}

TEST_CASE("no message beside it: nothing is known of how often they move") {
  CHECK(ratio_of_message({true, true, 1e-9, 0, 0}).step == Strength::one);
}

TEST_CASE("a change point near the time, by chance or not") {
  NearChange near{1, true, Micros{10min}, Micros{48h}, false};
  const auto found = ratio_of_near_change(near);
  const double chance = 1 - std::exp(-1.5 * 10 / (48 * 60));
  CHECK(found.ratio == Approx(kSensitivity / chance));
  CHECK(found.step == Strength::ten);
  near.changes = 200;
  CHECK(ratio_of_near_change(near).step == Strength::one);
  near = {1, false, Micros{10min}, Micros{48h}, false};
  CHECK(ratio_of_near_change(near).step == Strength::tenth);
  near.too_short = true;
  CHECK(ratio_of_near_change(near).ratio == 1);
}

TEST_CASE("a table of exposure: for, against, and nothing") {
  CHECK(ratio_of_exposure({8, 10, 1, 200}).step == Strength::ten);
  CHECK(ratio_of_exposure({0, 100, 120, 200}).step == Strength::tenth);
  const auto nothing = ratio_of_exposure({1, 3, 2, 5});
  CHECK(nothing.step == Strength::one);
  CHECK(nothing.low <= nothing.ratio);
  CHECK(nothing.ratio <= nothing.high);
  CHECK(ratio_of_exposure({0, 0, 3, 5}).ratio == 1);
  // Half of each: the Bayes factor by hand, Beta(1/2, 1/2), two beta integrals over one.
  const auto lb = [](double a, double b) {
    return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  };
  const double expected = std::exp(2 * lb(1.5, 1.5) - lb(0.5, 0.5) - lb(2.5, 2.5));
  CHECK(ratio_of_exposure({1, 2, 1, 2}).ratio == Approx(expected).epsilon(1e-4));
  // Both directions together are the two-sided factor: 2 of one against 2 of the other.
  const double sided = ratio_of_exposure({7, 9, 3, 11}).ratio + ratio_of_exposure({3, 11, 7, 9}).ratio;
  const double two = std::exp(lb(7.5, 2.5) + lb(3.5, 8.5) - lb(0.5, 0.5) - lb(10.5, 10.5));
  CHECK(sided / 2 == Approx(two).epsilon(1e-4));
  // Counts of millions overflow nothing.
  CHECK(ratio_of_exposure({900'000, 1'000'000, 10, 1'000'000}).step == Strength::ten);
  CHECK(std::isfinite(ratio_of_exposure({900'000, 1'000'000, 10, 1'000'000}).ratio));
}
