// The way of an incident along the calls, and lags between series.
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "domain/rca/deps/cascade_path.hpp"
#include "domain/rca/deps/lagged.hpp"
#include "unit/rca_rank/random.hpp"

using namespace nines;
using namespace nines::rca;

namespace {

ServiceOnset onset(const std::string& service, int from, int to) {
  const auto zero = *parse_rfc3339("2026-11-23T08:00:00Z");
  return {service, zero + std::chrono::minutes{from}, zero + std::chrono::minutes{to}, "failed", 9};
}

std::string way_of(const CascadePath& path) {
  std::string text;
  for (const auto& step : path.steps)
    text += step.onset.service + ":" + std::string(to_string(step.order)) + " ";
  return text;
}

std::vector<double> noise(std::uint64_t seed, std::size_t rows) {
  test::SplitMix random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(random.part());
  return values;
}

}  // namespace

TEST_CASE("a cascade is told from what moved first to where it was seen", "[rca]") {
  CascadeQuestion question;
  question.calls = {{"shop", "search"}, {"search", "database"}, {"shop", "cart"}, {"mail", "search"}};
  question.hurt = {"shop"};
  question.onsets = {onset("shop", 10, 11), onset("search", 4, 5), onset("database", 0, 1),
                     onset("cart", 12, 13), onset("mail", 9, 10)};
  const auto path = trace_path(question);
  CHECK(way_of(path) == "database:first search:certain shop:certain ");
  CHECK(path.sentence ==
        "database moved first, between 08:00:00 and 08:01:00; then search, which needs it, between "
        "08:04:00 and 08:05:00; then shop, which needs it, between 08:10:00 and 08:11:00. The order "
        "is certain");
  REQUIRE(path.aside.size() == 2);
  CHECK(path.aside[0].why == "moved later than shop, which needs it");
  CHECK(path.aside[1].why == "needs search: another branch");

  // Clocks that may be far apart leave the order open, and then do not rule anything out.
  question.apart = std::chrono::minutes{3};
  CHECK(way_of(trace_path(question)) == "database:first search:certain shop:certain ");
  question.apart = std::chrono::minutes{4};
  CHECK(way_of(trace_path(question)) == "database:first search:open shop:certain ");
}

TEST_CASE("a cascade passes what is not measured, ends in cycles, and may be none", "[rca]") {
  CascadeQuestion question;
  question.calls = {{"shop", "search"}, {"search", "database"}, {"database", "shop"}};
  question.hurt = {"shop"};
  question.onsets = {onset("shop", 2, 3), onset("database", 0, 1)};
  auto path = trace_path(question);
  CHECK(way_of(path) == "database:first shop:certain ");
  CHECK(path.steps[1].through == std::vector<std::string>{"search"});
  CHECK(path.sentence.find("through search (not measured)") != std::string::npos);
  // Search is measured and did not move: nothing passes it.
  question.measured = {"search"};
  path = trace_path(question);
  CHECK(way_of(path) == "shop:first ");
  CHECK(path.sentence.ends_with("nothing that it needs moved before it"));
  question.onsets.clear();
  CHECK(trace_path(question).sentence == "nothing that is measured moved");
}

TEST_CASE("a way of 2,000 services is walked to its end", "[rca]") {
  CascadeQuestion question;
  for (int i = 0; i < 2000; ++i) {
    question.onsets.push_back(onset("s" + std::to_string(i), -i, -i));
    question.calls.insert({"s" + std::to_string(i), "s" + std::to_string(i + 1)});
  }
  question.hurt = {"s0"};
  CHECK(trace_path(question).steps.size() == 2000);
}

TEST_CASE("a series that moves after another is found, with its lag and one way only", "[rca]") {
  const std::size_t rows = 400;
  auto leader = noise(1, rows), follower = noise(2, rows), alone = noise(3, rows);
  for (std::size_t i = 3; i < rows; ++i) follower[i] = leader[i - 3] + 0.3 * follower[i];
  leader[20] = std::numeric_limits<double>::quiet_NaN();
  const auto found = find_lagged({alone, follower, leader});
  REQUIRE(found.size() == 1);
  CHECK(found[0].leader == 2);
  CHECK(found[0].follower == 1);
  CHECK(found[0].lag == 3);
  CHECK(found[0].correlation > 0.5);
  CHECK(found[0].q < 1e-6);
}

TEST_CASE("series that have nothing to do with each other are seldom said to", "[rca]") {
  int runs = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::vector<std::vector<double>> series;
    for (std::uint64_t i = 0; i < 4; ++i) series.push_back(noise(100 + seed * 4 + i, 200));
    runs += find_lagged(series).empty() ? 0 : 1;
  }
  // One run in twenty is expected to say something; six of forty would be chance in a hundred.
  CHECK(runs <= 5);
}

TEST_CASE("what moves at once, never, or is short has no lag", "[rca]") {
  const auto one = noise(5, 400);
  CHECK(find_lagged({one, one}).empty());
  CHECK(find_lagged({one, std::vector<double>(400, 1.0)}).empty());
  CHECK(find_lagged({noise(6, 50), noise(7, 50)}).empty());
  CHECK(find_lagged({}).empty());
}
