// Change points: vectors by hand, partitions against all partitions, units, size, labelled series.
#include "domain/rca/changepoints/change_points.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "base/stats.hpp"
#include "domain/rca/changepoints/partition.hpp"
#include "domain/rca/changepoints/season.hpp"
#include "support/property.hpp"
#include "support/rca_cases.hpp"
#include "support/shared_data.hpp"
#include "unit/rca_rank/random.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

std::vector<double> steps(const std::vector<std::pair<std::size_t, double>>& parts,
                          double noise = 1) {
  test::SplitMix random(3);
  std::vector<double> values;
  for (const auto& [count, level] : parts)
    for (std::size_t i = 0; i < count; ++i) values.push_back(level + noise * random.part());
  return values;
}

std::vector<std::size_t> indices(const ChangePoints& found) {
  std::vector<std::size_t> list;
  for (const auto& point : found.points) list.push_back(point.index);
  return list;
}

/// Every way to cut n values, the cheapest: what the dynamic programme must find.
double cheapest_by_trying(const SegmentCosts& costs, double penalty, std::size_t least,
                          std::size_t from = 0) {
  const std::size_t n = costs.size();
  double best = costs.cost(from, n);
  for (std::size_t at = from + least; at + least <= n; ++at)
    best = std::min(best,
                    costs.cost(from, at) + penalty + cheapest_by_trying(costs, penalty, least, at));
  return best;
}

}  // namespace

TEST_CASE("steps are found where they are, with their size and chance", "[changepoints]") {
  const auto found = find_change_points(steps({{40, 10}, {40, 14}, {40, 8}}));
  CHECK(indices(found) == std::vector<std::size_t>{40, 80});
  CHECK(found.shape == ChangePoints::Shape::level);
  CHECK(found.points[0].before == Approx(10.5).margin(0.1));
  CHECK(found.points[0].after == Approx(14.5).margin(0.1));
  CHECK(found.points[0].effect > 10);
  CHECK(found.points[1].effect < -15);
  CHECK(found.points[0].p < 1e-10);
  CHECK_FALSE(found.because.empty());
}

TEST_CASE("nothing, a constant, and too little to say", "[changepoints]") {
  CHECK(find_change_points(steps({{200, 5}})).points.empty());
  CHECK_FALSE(find_change_points(steps({{200, 5}})).too_short);
  CHECK(find_change_points(std::vector<double>(100, 0.1)).points.empty());
  CHECK(find_change_points(std::vector<double>(100, 0.0)).points.empty());
  CHECK(find_change_points({}).too_short);
  CHECK(find_change_points(steps({{13, 0}, {13, 100}})).too_short);
  CHECK(indices(find_change_points(steps({{14, 0}, {14, 100}}, 0.001))) ==
        std::vector<std::size_t>{14});
}

TEST_CASE("spikes hide no step and make none", "[changepoints]") {
  auto values = steps({{60, 10}, {60, 13}});
  for (const std::size_t at : {10u, 40u, 41u, 90u, 119u}) values[at] += 500;
  CHECK(indices(find_change_points(values)) == std::vector<std::size_t>{60});
  values = steps({{120, 10}});
  for (const std::size_t at : {0u, 50u, 51u}) values[at] -= 500;
  CHECK(find_change_points(values).points.empty());
  // Five are a segment, and so are values of which most are one.
  CHECK(indices(find_change_points(steps({{60, 10}, {5, 30}, {60, 10}}))) ==
        std::vector<std::size_t>{60, 65});
  CHECK(indices(find_change_points(steps({{60, 0}, {20, 7}, {60, 0}}, 0))) ==
        std::vector<std::size_t>{60, 80});
}

TEST_CASE("a step on a high level is found, and rounding is none", "[changepoints]") {
  for (const double level : {1e9, -1e12, 1e300}) {
    auto values = steps({{60, 0}, {60, 3}});
    const double unit = std::abs(level) > 1e200 ? 1e288 : 1;
    for (double& value : values) value = level + unit * value;
    const auto found = find_change_points(values);
    REQUIRE(indices(found) == std::vector<std::size_t>{60});
    CHECK(found.points[0].after - found.points[0].before == Approx(3 * unit).epsilon(0.1));
  }
  std::vector<double> rounded(100, 0.3);
  for (std::size_t i = 50; i < rounded.size(); ++i) rounded[i] = 0.1 + 0.2;
  CHECK(find_change_points(rounded).points.empty());
}

TEST_CASE("a season makes no change and hides none", "[changepoints]") {
  for (const std::size_t length : {12u, 25u, 288u}) {
    auto values = steps({{7 * length, 20}}, 2);
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] += 10 * std::sin(2 * 3.14159265 * static_cast<double>(i) / static_cast<double>(length));
    const auto season = find_season(values);
    REQUIRE(season);
    CHECK(std::abs(static_cast<double>(season->length) - static_cast<double>(length)) <=
          static_cast<double>(length) / 100);
    const auto none = find_change_points(values);
    CHECK(none.points.empty());
    CHECK(none.because.find("season of") != std::string::npos);
    for (std::size_t i = 4 * length; i < values.size(); ++i) values[i] += 9;
    const auto found = find_change_points(values);
    REQUIRE(found.points.size() == 1);
    CHECK(std::abs(static_cast<double>(found.points[0].index) - 4.0 * static_cast<double>(length)) <= 3);
    CHECK(found.points[0].after - found.points[0].before == Approx(9).margin(2));
  }
}

TEST_CASE("what wanders, steps or stands still has no season", "[changepoints]") {
  test::SplitMix random(8);
  for (int run = 0; run < 20; ++run) {
    std::vector<double> walk = {0};
    while (walk.size() < 400) walk.push_back(walk.back() + random.part() - 0.5);
    CHECK_FALSE(find_season(walk));
  }
  CHECK_FALSE(find_season(steps({{60, 1}, {60, 5}, {60, 2}})));
  CHECK_FALSE(find_season(steps({{200, 1}})));
  CHECK_FALSE(find_season(std::vector<double>(100, 4)));
  CHECK_FALSE(find_season({1, 2, 3}));
}

TEST_CASE("a trend is no staircase; a step is no trend", "[changepoints]") {
  std::vector<double> trend = steps({{150, 0}});
  for (std::size_t i = 0; i < trend.size(); ++i) trend[i] += static_cast<double>(i);
  CHECK(find_change_points(trend).points.empty());
  for (std::size_t i = 100; i < trend.size(); ++i) trend[i] -= 40;
  const auto broken = find_change_points(trend);
  CHECK(broken.shape == ChangePoints::Shape::trend);
  CHECK(indices(broken) == std::vector<std::size_t>{100});
  CHECK(broken.points[0].effect < 0);
  const auto step = find_change_points(steps({{60, 0}, {60, 10}}));
  CHECK(step.shape == ChangePoints::Shape::level);
  CHECK(indices(step) == std::vector<std::size_t>{60});
}

TEST_CASE("a spike is no change", "[changepoints]") {
  auto values = steps({{100, 5}});
  values[50] += 200;
  CHECK(find_change_points(values).points.empty());
}

TEST_CASE("a unit and an offset change nothing", "[changepoints]") {
  const auto values = steps({{30, 10}, {50, 13}, {40, 11}});
  const auto expected = indices(find_change_points(values));
  CHECK(expected == std::vector<std::size_t>{30, 80});
  test::holds(
      [&](int power, int offset) {
        const double factor = std::pow(10.0, power % 7);
        auto other = values;
        for (double& value : other) value = factor * (value + offset % 1000);
        RC_ASSERT(indices(find_change_points(other)) == expected);
      },
      50);
  auto huge = values;
  for (double& value : huge) value *= 1e306;
  CHECK(indices(find_change_points(huge)) == expected);
}

TEST_CASE("pruning finds what trying every partition finds", "[changepoints]") {
  test::SplitMix random(17);
  for (int round = 0; round < 60; ++round) {
    std::vector<double> values;
    for (std::size_t i = 0; i < 12 + random.next() % 8; ++i)
      values.push_back(static_cast<double>(random.next() % 10) + (i > 9 ? 4 : 0));
    for (const bool lines : {false, true})
      for (const double penalty : {1.0, 6.0, 20.0}) {
        const SegmentCosts costs(values, lines);
        double total = 0;
        std::size_t from = 0;
        auto cuts = cheapest_partition(costs, penalty, 3);
        for (const auto at : cuts) {
          total += costs.cost(from, at) + penalty;
          from = at;
        }
        total += costs.cost(from, values.size());
        CHECK(total == Approx(cheapest_by_trying(costs, penalty, 3)).margin(1e-9));
      }
  }
}

TEST_CASE("chances of t and F against published tables", "[changepoints]") {
  CHECK(stats::student_two_sided(2.228, 10) == Approx(0.05).margin(1e-4));
  CHECK(stats::student_two_sided(-2.228, 10) == Approx(0.05).margin(1e-4));
  CHECK(stats::student_two_sided(1.96, 1e6) == Approx(0.05).margin(1e-4));
  CHECK(stats::student_two_sided(0, 5) == Approx(1));
  CHECK(stats::f_above(4.103, 2, 10) == Approx(0.05).margin(1e-4));
  CHECK(stats::f_above(3.015, 4, 500) == Approx(0.0178).margin(1e-3));
  CHECK(stats::f_above(0, 2, 10) == 1);
}

TEST_CASE("10,000 values are answered", "[changepoints]") {
  const auto found = find_change_points(steps({{5000, 0}, {5000, 2}}));
  CHECK(indices(found) == std::vector<std::size_t>{5000});
}

TEST_CASE("measures of agreement, by hand", "[changepoints]") {
  const test::Annotations two = {{"1", {50}}, {"2", {}}};
  // Predicted 0 and 52: precision 2 of 2; recall 1 and 1.
  CHECK(test::change_f1({52}, two) == Approx(1));
  // Predicted 0 and 60: precision 1 of 2, recall 1/2 and 1.
  CHECK(test::change_f1({60}, two) == Approx(2 * 0.5 * 0.75 / 1.25));
  // Halves against halves, and halves against the whole.
  CHECK(test::change_cover({50}, two, 100) == Approx((1 + 0.5) / 2));
  CHECK(test::worst_rank({{"a", 3}, {"b", 2}, {"c", 2}}, "b") == 3);
  CHECK(test::worst_rank({{"a", 3}, {"a", 2}, {"c", 1}}, "c") == 2);
  CHECK(test::worst_rank({{"a", 3}}, "z") == 0);
}

TEST_CASE("series marked by people: agreement with the default", "[changepoints][shared]") {
  const auto folder = test::shared_data("changepoints");
  if (!folder) return;
  const std::map<std::string, std::vector<std::size_t>> expected = {
      {"bank", {}},  {"brent_spot", {140, 280, 377}}, {"jfk_passengers", {329}}, {"nile", {28}},
      {"ozone", {}}, {"quality_control_1", {144}}};
  double f1 = 0, cover = 0, zero = 0;
  const auto all = test::annotated_series(*folder);
  REQUIRE(all.size() == 10);
  for (const auto& series : all) {
    const auto points = indices(find_change_points(series.values));
    const auto known = expected.find(series.name);
    if (known != expected.end()) CHECK(points == known->second);
    f1 += test::change_f1(points, series.annotations) / 10;
    cover += test::change_cover(points, series.annotations, series.values.size()) / 10;
    zero += test::change_f1({}, series.annotations) / 10;
  }
  CHECK(zero == Approx(0.649).margin(0.001));
  CHECK(f1 > 0.74);
  CHECK(cover > 0.72);
}
