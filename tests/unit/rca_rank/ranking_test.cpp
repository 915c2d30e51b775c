// Rankings by movement: units, ties, abstention, and tables that are not what they should be.
#include "domain/rca/rank/ranking.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "domain/rca/rank/robust.hpp"
#include "support/property.hpp"
#include "support/rca_cases.hpp"
#include "support/shared_data.hpp"
#include "unit/rca_rank/random.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> times(std::size_t rows) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < rows; ++i) texts.push_back(std::to_string(i));
  return texts;
}

MetricTable table(std::vector<MetricColumn> columns) {
  MetricTable made;
  made.times = times(columns.empty() ? 0 : columns.front().values.size());
  made.columns = std::move(columns);
  return made;
}

/// Noise of one unit around a level, from a fixed seed.
std::vector<double> noise(std::uint64_t seed, std::size_t rows, double level, double unit = 1) {
  test::SplitMix random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(level + unit * random.part());
  return values;
}

struct Pair {
  MetricTable before, now;
};

/// Four services of two metrics; the processor of 'b' runs away.
Pair runaway(std::size_t rows_now = 60) {
  std::vector<MetricColumn> before, now;
  std::uint64_t seed = 1;
  for (const std::string service : {"a", "b", "c", "d"})
    for (const std::string metric : {"cpu", "mem"}) {
      const double level = metric == "cpu" ? 3 : 4e8, unit = metric == "cpu" ? 1 : 1e6;
      before.push_back({{service, metric, ""}, noise(seed++, 200, level, unit)});
      now.push_back({{service, metric, ""}, noise(seed++, rows_now, level, unit)});
      if (service == "b" && metric == "cpu")
        for (double& value : now.back().values) value += 60;
    }
  return {table(std::move(before)), table(std::move(now))};
}

std::vector<std::string> order_of(const Ranking& ranking) {
  std::vector<std::string> names;
  for (const auto& one : ranking.services) names.push_back(one.service);
  for (const auto& one : ranking.metrics) names.push_back(to_string(one.name));
  return names;
}

}  // namespace

TEST_CASE("the service that ran away comes first, and every rank has its reason", "[rank]") {
  for (const std::size_t rows : {5u, 60u, 200u}) {
    const auto pair = runaway(rows);
    const auto ranking = rank_by_movement(pair.before, pair.now);
    REQUIRE(ranking.anomalous);
    CHECK(ranking.services.size() == 4);
    CHECK(ranking.metrics.size() == 8);
    CHECK(ranking.services[0].service == "b");
    CHECK(ranking.metrics[0].name.metric == "cpu");
    CHECK(ranking.metrics[0].onset == "0");
    double last = ranking.services[0].score;
    for (const auto& one : ranking.services) {
      CHECK_FALSE(one.reason.empty());
      CHECK(one.score <= last);
      last = one.score;
    }
    for (const auto& one : ranking.metrics) CHECK_FALSE(one.reason.empty());
  }
}

TEST_CASE("more of the same is no anomaly, in windows and in blocks", "[rank]") {
  for (const std::size_t rows : {5u, 30u, 200u}) {
    auto pair = runaway(rows);
    for (double& value : pair.now.columns[2].values) value -= 60;
    const auto ranking = rank_by_movement(pair.before, pair.now);
    CHECK_FALSE(ranking.anomalous);
    CHECK(ranking.services.empty());
    CHECK(ranking.metrics.empty());
    CHECK_FALSE(ranking.because.empty());
  }
}

TEST_CASE("errors where there never were any are an anomaly, ahead of every noise", "[rank]") {
  auto pair = runaway();
  for (double& value : pair.now.columns[2].values) value -= 60;
  pair.before.columns.push_back({{"d", "errors", ""}, std::vector<double>(200, 0.0)});
  pair.now.columns.push_back({{"d", "errors", ""}, std::vector<double>(60, 4.0)});
  const auto ranking = rank_by_movement(pair.before, pair.now);
  REQUIRE(ranking.anomalous);
  CHECK(ranking.services[0].service == "d");
  CHECK(ranking.services[0].reason.starts_with("errors was always 0"));
  // So it is beside a spell that outweighs them by its size.
  pair.before.columns[0].values[150] = pair.before.columns[0].values[151] = 40;
  pair.now.columns[0].values[7] = pair.now.columns[0].values[8] = 40;
  CHECK(rank_by_movement(pair.before, pair.now).services[0].service == "d");
  // A few of them are none.
  for (std::size_t i = 20; i < 60; ++i) pair.now.columns.back().values[i] = 0;
  CHECK_FALSE(rank_by_movement(pair.before, pair.now).anomalous);
}

TEST_CASE("a spell of what follows itself is no anomaly", "[rank]") {
  // A wave: each row is much like the one before, and a short baseline has seen half of it.
  const auto wave = [](std::size_t from, std::size_t rows) {
    std::vector<double> values;
    for (std::size_t i = from; i < from + rows; ++i)
      values.push_back(100 + 30 * std::sin(static_cast<double>(i) / 12));
    return values;
  };
  const auto ranking = rank_by_movement(table({{{"a", "cpu", ""}, wave(0, 40)}}),
                                        table({{{"a", "cpu", ""}, wave(40, 20)}}));
  CHECK_FALSE(ranking.anomalous);
}

TEST_CASE("a unit never matters", "[rank]") {
  const auto pair = runaway();
  const auto expected = order_of(rank_by_movement(pair.before, pair.now));
  test::holds([&](std::uint32_t seed) {
    auto other = pair;
    test::SplitMix random(seed);
    for (std::size_t i = 0; i < pair.before.columns.size(); ++i) {
      const double power = static_cast<double>(random.next() % 12'001) / 1000 - 6;
      const double factor = std::pow(10.0, power);
      for (double& value : other.before.columns[i].values) value *= factor;
      for (double& value : other.now.columns[i].values) value *= factor;
    }
    RC_ASSERT(order_of(rank_by_movement(other.before, other.now)) == expected);
  });
}

TEST_CASE("equal scores keep the order of names, whatever the order of columns", "[rank]") {
  const auto steady = noise(7, 100, 10);
  auto moved = noise(8, 50, 10);
  for (double& value : moved) value += 100;
  const auto build = [](const std::vector<double>& values, std::vector<std::string> services) {
    std::vector<MetricColumn> columns;
    for (const auto& service : services) columns.push_back({{service, "cpu", ""}, values});
    return table(std::move(columns));
  };
  const auto ranking =
      rank_by_movement(build(steady, {"z", "m", "a"}), build(moved, {"m", "a", "z"}));
  CHECK(order_of(ranking) == std::vector<std::string>{"a", "m", "z", "a|cpu", "m|cpu", "z|cpu"});
}

TEST_CASE("a column that was always 0 scores by the share of rows that differ", "[rank]") {
  const std::vector<double> zero(200, 0.0);
  std::vector<double> some(60, 0.0), all(60, 1e-9);
  for (std::size_t i = 0; i < 30; ++i) some[i] = 1e9;
  auto pair = runaway();
  pair.before.columns.push_back({{"half", "errors", ""}, zero});
  pair.now.columns.push_back({{"half", "errors", ""}, some});
  pair.before.columns.push_back({{"full", "errors", ""}, zero});
  pair.now.columns.push_back({{"full", "errors", ""}, all});
  pair.before.columns.push_back({{"none", "errors", ""}, zero});
  pair.now.columns.push_back({{"none", "errors", ""}, std::vector<double>(60, 0.0)});
  const auto ranking = rank_by_movement(pair.before, pair.now);
  REQUIRE(ranking.services.size() == 7);
  CHECK(ranking.services[0].service == "b");
  CHECK(ranking.services[1].service == "full");
  CHECK(ranking.services[1].score >= kOutlier);
  CHECK(ranking.services[1].reason.find("was always 0") != std::string::npos);
  for (const auto& one : ranking.services)
    if (one.service == "half") CHECK(one.score == Approx(ranking.services[1].score / 2));
  CHECK(ranking.services.back().service == "none");
}

TEST_CASE("what is not there is ranked last and said, and nothing overflows", "[rank]") {
  auto pair = runaway();
  pair.now.columns.push_back({{"new", "cpu", ""}, noise(90, 60, 5)});
  pair.before.columns.push_back({{"gone", "cpu", ""}, noise(91, 200, 5)});
  pair.before.columns.push_back({{"void", "cpu", ""}, std::vector<double>(200, kMissing)});
  pair.now.columns.push_back({{"void", "cpu", ""}, std::vector<double>(60, kMissing)});
  pair.before.columns.push_back({{"huge", "cpu", ""}, noise(92, 200, 1e308, 1e307)});
  pair.now.columns.push_back({{"huge", "cpu", ""}, noise(93, 60, -1e308, 1e307)});
  pair.before.columns.push_back({{"tiny", "cpu", ""}, noise(94, 200, 0, 1e-320)});
  pair.now.columns.push_back({{"tiny", "cpu", ""}, noise(95, 60, 0, 1e-320)});
  const auto ranking = rank_by_movement(pair.before, pair.now);
  REQUIRE(ranking.services.size() == 9);
  for (const auto& one : ranking.services) {
    CHECK(std::isfinite(one.score));
    if (one.service == "new") CHECK(one.reason.find("no baseline") != std::string::npos);
    if (one.service == "gone") CHECK(one.reason.find("not measured") != std::string::npos);
  }
  for (const auto& one : ranking.metrics) CHECK(std::isfinite(one.score));
}

TEST_CASE("tables of one row, of no row, and of constants are answered", "[rank]") {
  const auto one = table({{{"a", "cpu", ""}, {1}}});
  const auto other = table({{{"a", "cpu", ""}, {1000}}});
  const auto none = table({});
  const auto constant = table({{{"a", "cpu", ""}, std::vector<double>(50, 5)}});
  CHECK(rank_by_movement(one, other).anomalous);
  CHECK_FALSE(rank_by_movement(one, one).anomalous);
  CHECK_FALSE(rank_by_movement(none, none).anomalous);
  CHECK_FALSE(rank_by_movement(none, other).anomalous);
  CHECK_FALSE(rank_by_movement(other, none).anomalous);
  CHECK_FALSE(rank_by_movement(constant, constant).anomalous);
}

TEST_CASE("a tenth of the fault in the baseline hides it not", "[rank]") {
  auto pair = runaway(200);
  auto& before = pair.before.columns[2].values;
  for (std::size_t i = before.size() - before.size() / 10; i < before.size(); ++i) before[i] += 60;
  const auto ranking = rank_by_movement(pair.before, pair.now);
  REQUIRE(ranking.anomalous);
  CHECK(ranking.services[0].service == "b");
}

TEST_CASE("sockshop: the faulty service first in every case, the metric too", "[rank][shared]") {
  const auto folder = test::shared_data("sockshop");
  if (!folder) return;
  test::Ranks services, metrics;
  for (const auto& one : test::fault_cases(*folder)) {
    const auto ranking = rank_by_movement(one.normal, one.anomalous);
    services.ranks.push_back(test::worst_rank(test::folded_services(ranking), one.service));
    metrics.ranks.push_back(
        test::worst_rank(test::metrics_of(ranking), one.service + "_" + one.fault));
    // Bytes as megabytes, seconds as milliseconds, and so on: nothing may change.
    auto before = one.normal, now = one.anomalous;
    for (std::size_t i = 0; i < before.columns.size(); ++i) {
      const double factor = std::pow(10.0, static_cast<double>(i % 13) - 6) * 1.7;
      for (double& value : before.columns[i].values) value *= factor;
      for (double& value : now.columns[i].values) value *= factor;
    }
    CHECK(order_of(rank_by_movement(before, now)) == order_of(ranking));
  }
  CHECK(services.ranks.size() == 20);
  CHECK(services.at(1) >= 0.95);
  CHECK(services.mean_at(5) >= 0.99);
  CHECK(metrics.at(1) >= 0.95);
}
