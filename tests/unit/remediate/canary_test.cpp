// Canaries: vectors, false alarms under continuous looking, and what a plan needs.
#include "domain/remediate/canary.hpp"

#include <cmath>
#include <random>

#include <catch2/catch.hpp>

using namespace nines::remediate;

TEST_CASE("the evidence agrees with worked vectors") {
  const auto e = [](std::uint64_t k, std::uint64_t n, double f) {
    return std::exp(log_evidence(k, n, f));
  };
  CHECK(e(0, 10, .05) == Approx(.2857).margin(.00005));
  CHECK(e(1, 10, .05) == Approx(.7013).margin(.00005));
  CHECK(e(3, 10, .05) == Approx(14.0819).margin(.0005));
  CHECK(e(5, 20, .05) == Approx(39.0505).margin(.0005));
  CHECK(e(8, 40, .1) == Approx(1.8503).margin(.00005));
  CHECK(e(30, 45, .5) == Approx(3.2995).margin(.00005));
  CHECK(e(0, 0, .3) == Approx(1));
}

TEST_CASE("looking after every error gives a false alarm in at most one of twenty") {
  std::mt19937_64 random(20261129);
  for (const double share : {.01, .05, .1, .5}) {
    std::bernoulli_distribution falls_into_canary(share);
    int alarms = 0;
    constexpr int kRuns = 400;
    for (int run = 0; run < kRuns; ++run) {
      std::uint64_t canary = 0;
      for (std::uint64_t n = 1; n <= 500; ++n) {
        canary += falls_into_canary(random) ? 1 : 0;
        if (log_evidence(canary, n, share) >= std::log(20)) {
          ++alarms;
          break;
        }
      }
    }
    CAPTURE(share);
    CHECK(alarms <= kRuns * 5 / 100);
    CHECK(alarms >= kRuns / 100);  // a check that never fires would be no check
  }
}

TEST_CASE("a canary is promoted only when it is shown to be no worse") {
  CHECK(judge_canary({0, 500}, {0, 9'500}).verdict == CanaryVerdict::inconclusive);
  CHECK(judge_canary({5, 500}, {15, 9'500}).verdict == CanaryVerdict::roll_back);
  CHECK(judge_canary({500, 500'000}, {9'500, 9'500'000}).verdict == CanaryVerdict::promote);
  const auto open = judge_canary({3, 5'000}, {57, 95'000});
  CHECK(open.verdict == CanaryVerdict::inconclusive);
  CHECK(open.ratio.value() == Approx(1).margin(.01));
  CHECK(open.errors_needed.value() > 60);
  CHECK(judge_canary({20, 1000}, {0, 1000}).verdict == CanaryVerdict::roll_back);
  CHECK_FALSE(judge_canary({20, 1000}, {0, 1000}).ratio);
}

TEST_CASE("traffic that a plan needs agrees with worked vectors") {
  const auto requests = [](double share) {
    return canary_requests({.base_rate = .001, .ratio = 2, .share = share});
  };
  CHECK(requests(.01) == Approx(8137.4).margin(.7));
  CHECK(requests(.05) == Approx(8602.3).margin(.7));
  CHECK(requests(.5) == Approx(18519.2).margin(1.5));
  CHECK(canary_errors({.base_rate = 1e-5, .ratio = 2, .share = .001}) == Approx(16).margin(.5));
  CHECK(requests_without_error(.01) == 299);
  CHECK(requests_without_error(.001) == 2995);
  CHECK(requests_without_error(.0001) == 29956);
  // 99.9 %, 30 days at 100 a second: 1 % of the budget on a total failure of ten minutes.
  CHECK(largest_share(.001 * 100 * 30 * 86400, .01, 100, 600) == Approx(.0432));
}

TEST_CASE("the smallest rise that can be seen shrinks with traffic") {
  const auto seen = [](double per_second, double share) {
    return visible_ratio({.base_rate = .001, .share = share, .per_second = per_second}, 3600);
  };
  CHECK(seen(100, .01).value() == Approx(2.6).margin(.1));
  CHECK(seen(1000, .05).value() == Approx(1.2).margin(.03));
  CHECK(seen(10, .5).value() == Approx(2.0).margin(.1));
  CHECK_FALSE(seen(.0001, .01));
}
