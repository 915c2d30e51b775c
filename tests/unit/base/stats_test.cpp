// Interval estimates against published vectors and their defining properties.
#include "base/stats.hpp"

#include <limits>

#include "support/property.hpp"

using namespace nines;
using namespace nines::stats;

namespace {
auto near(double value, double margin) { return Approx(value).margin(margin).epsilon(0); }
}  // namespace

TEST_CASE("Wilson bounds of the SLI match the reference table") {
  struct Case {
    std::uint64_t bad, total;
    double low, high;
  };
  const auto c = GENERATE(values<Case>({{0, 100, 96.301, 100},
                                        {0, 1000, 99.617, 100},
                                        {1, 1000, 99.436, 99.982},
                                        {0, 10000, 99.962, 100},
                                        {10, 10000, 99.816, 99.946},
                                        {100, 100000, 99.878, 99.918}}));
  const auto sli = wilson(c.total - c.bad, c.total);
  CHECK(sli.low * 100 == near(c.low, 0.0005));
  CHECK(sli.high * 100 == near(c.high, 0.0005));
}

TEST_CASE("no events say nothing, and all or none end exactly") {
  CHECK(wilson(0, 0).low == 0);
  CHECK(wilson(0, 0).high == 1);
  CHECK(wilson(0, 50).low == 0);
  CHECK(wilson(50, 50).high == 1);
  CHECK(jeffreys(0, 0).low == 0);
  CHECK(clopper_pearson(0, 0).high == 1);
}

TEST_CASE("one-sided gates fire below the documented event counts") {
  const double page = 0.0144;
  CHECK(wilson_lower(1, 15) > page);
  CHECK(wilson_lower(1, 16) <= page);
  CHECK(wilson_lower(2, 46) > page);
  CHECK(wilson_lower(2, 47) <= page);
  CHECK(wilson_lower(3, 83) > page);
  CHECK(wilson_lower(3, 84) <= page);
  CHECK(wilson_upper(0, 100) == Approx(0.026343).epsilon(1e-4));
}

TEST_CASE("exact intervals match tables") {
  // R: binom.test(10, 100), binom::binom.bayes prior 1/2, poisson.test(5).
  CHECK(clopper_pearson(10, 100).low == Approx(0.04900469).epsilon(1e-6));
  CHECK(clopper_pearson(10, 100).high == Approx(0.17622260).epsilon(1e-6));
  CHECK(clopper_pearson(0, 10).high == Approx(0.3084971).epsilon(1e-6));
  CHECK(poisson_mean(0).high == Approx(3.688879).epsilon(1e-6));
  CHECK(poisson_mean(5).low == Approx(1.623486).epsilon(1e-6));
  CHECK(poisson_mean(5).high == Approx(11.66833).epsilon(1e-6));
}

TEST_CASE("posterior of meeting a target matches the reference vectors") {
  struct Case {
    std::uint64_t good, bad;
    double probability, margin;
  };
  const auto c = GENERATE(values<Case>({{1000, 0, 0.84286, 5e-6},
                                        {999, 1, 0.42770, 5e-6},
                                        {9995, 5, 0.95473, 5e-6},
                                        {9990, 10, 0.47877, 5e-6},
                                        {9980, 20, 0.0023425, 5e-8},
                                        {99900, 100, 0.49335, 5e-6}}));
  CHECK(probability_at_least(c.good, c.bad, 0.999) == near(c.probability, c.margin));
  CHECK(probability_at_least(c.good, c.bad, 0) == 1);
  CHECK(probability_at_least(c.good, c.bad, 1) == 0);
}

TEST_CASE("failure-free events needed") {
  CHECK(zero_failure_events(0.99) == 299);
  CHECK(zero_failure_events(0.999) == 2995);
  CHECK(zero_failure_events(0.9999) == 29956);
  CHECK(zero_failure_events(0) == 0);
  CHECK(zero_failure_events(1) == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("every interval holds its estimate, at any size") {
  test::holds(
      [](std::uint64_t a, std::uint64_t b, bool huge) {
        const std::uint64_t n = 1 + b % (huge ? 1'000'000'000'000u : 100'000u);
        const std::uint64_t k = a % (n + 1);
        const double p = static_cast<double>(k) / static_cast<double>(n);
        for (const auto& i : {wilson(k, n), jeffreys(k, n), clopper_pearson(k, n)}) {
          RC_ASSERT(i.low >= 0.0);
          RC_ASSERT(i.high <= 1.0);
          RC_ASSERT(i.low <= p + 1e-9);
          RC_ASSERT(i.high >= p - 1e-9);
        }
      },
      60);
}
