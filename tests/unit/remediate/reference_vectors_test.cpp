// Worked figures of the methods, as they were published or simulated: intervals, traffic, blast radius.
#include <catch2/catch.hpp>

#include "base/stats.hpp"
#include "domain/remediate/canary.hpp"

namespace {

using namespace nines;
using namespace nines::remediate;

TEST_CASE("Garwood's intervals of a count", "[vectors]") {
  struct Row {
    std::uint64_t count;
    double low, high;
  };
  for (const auto& row : {Row{0, 0, 3.6889}, Row{1, .0253, 5.5716}, Row{3, .6187, 8.7673},
                          Row{5, 1.6235, 11.6683}, Row{10, 4.7954, 18.3904},
                          Row{20, 12.2165, 30.8884}}) {
    const auto interval = stats::poisson_mean(row.count);
    CHECK(interval.low == Approx(row.low).margin(.0001));
    CHECK(interval.high == Approx(row.high).margin(.0001));
  }
}

TEST_CASE("errors that a canary must make to be seen", "[vectors]") {
  struct Row {
    double ratio, errors;
  };
  for (const auto& row : {Row{1.25, 134}, Row{1.5, 43}, Row{2, 16}, Row{3, 7}, Row{5, 4},
                          Row{10, 2.3}}) {
    const CanaryDesign design{
        .base_rate = 1e-6, .ratio = row.ratio, .share = 1e-4, .per_second = 1};
    CHECK(canary_errors(design) == Approx(row.errors).epsilon(.08));
  }
}

TEST_CASE("the smallest ratio that an hour shows at 0.1 % errors", "[vectors]") {
  struct Row {
    double per_second, one, five, fifty;  ///< per cent of the traffic
  };
  for (const auto& row : {Row{1, 38, 13, 5.8}, Row{10, 7.7, 3.5, 2.0}, Row{100, 2.6, 1.7, 1.3},
                          Row{1000, 1.45, 1.2, 1.08}}) {
    const auto visible = [&](double share) {
      return *visible_ratio({.base_rate = .001, .share = share, .per_second = row.per_second},
                            3600);
    };
    CHECK(visible(.01) == Approx(row.one).epsilon(.06));
    CHECK(visible(.05) == Approx(row.five).epsilon(.06));
    CHECK(visible(.5) == Approx(row.fifty).epsilon(.06));
  }
}

TEST_CASE("the largest share whose total failure costs a hundredth of the budget", "[vectors]") {
  CHECK(largest_share(.001 * 100 * 30 * 86400, .01, 100, 600) == Approx(.0432));
}

}  // namespace
