// Which stretches are compared around an incident, and when services first moved.
#include <catch2/catch.hpp>

#include <limits>

#include "domain/rca/rank/first_move.hpp"
#include "domain/rca/rank/windows.hpp"
#include "unit/rca_rank/random.hpp"

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;

namespace {

Instant at(const char* text) { return *parse_rfc3339(text); }

std::vector<double> calm(std::uint64_t seed, std::size_t rows) {
  test::SplitMix random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < rows; ++i) values.push_back(10 + random.part());
  return values;
}

MetricTable table_of(std::vector<MetricColumn> columns) {
  MetricTable table;
  for (std::size_t i = 0; i < columns.front().values.size(); ++i)
    table.times.push_back(std::to_string(i));
  table.columns = std::move(columns);
  return table;
}

}  // namespace

TEST_CASE("the baseline ends before the onset, and is long enough to be asked", "[rank]") {
  WindowQuestion question{.onset = at("2026-11-23T08:00:30Z"),
                          .uncertainty = 30s,
                          .ended = at("2026-11-23T08:20:00Z"),
                          .known_until = at("2026-11-23T12:00:00Z"),
                          .normal = {}};
  const auto windows = choose_windows(question);
  CHECK(windows.incident == TimeStretch{at("2026-11-23T08:00:00Z"), at("2026-11-23T08:20:00Z")});
  CHECK(windows.normal == TimeStretch{at("2026-11-23T00:55:00Z"), at("2026-11-23T07:55:00Z")});
  CHECK(windows.because == "normal is 7h that end 5m before the onset; the incident is 20m from it");

  question.onset_known = false;
  question.ended.reset();
  const auto open = choose_windows(question);
  CHECK(open.normal.to == at("2026-11-23T07:00:00Z"));
  CHECK(open.incident.to == at("2026-11-23T12:00:00Z"));
  question.known_until = at("2026-11-25T00:00:00Z");
  CHECK(choose_windows(question).incident.to == at("2026-11-23T14:01:00Z"));
  CHECK(choose_windows(question).because.find("no longer than this") != std::string::npos);
  question.normal = 1h;
  CHECK(choose_windows(question).normal.from == at("2026-11-23T06:00:00Z"));
  // The data may end before the incident's first minutes are in.
  question.known_until = at("2026-11-23T07:00:00Z");
  CHECK(choose_windows(question).incident.to == at("2026-11-23T08:06:00Z"));
}

TEST_CASE("a service moved when it stays beyond what its baseline held", "[rank]") {
  auto late = calm(1, 80), early = calm(2, 80), spike = calm(3, 80), gap = calm(4, 80);
  for (std::size_t i = 40; i < 80; ++i) early[i] += 50;
  for (std::size_t i = 60; i < 80; ++i) late[i] += 50;
  spike[30] += 500;
  for (std::size_t i = 50; i < 80; ++i) gap[i] += 50;
  gap[49] = gap[48] = std::numeric_limits<double>::quiet_NaN();
  const auto before = table_of({{{"early", "latency", ""}, calm(11, 200)},
                                {{"gap", "latency", ""}, calm(12, 200)},
                                {{"late", "latency", ""}, calm(13, 200)},
                                {{"spike", "latency", ""}, calm(14, 200)}});
  const auto moves = first_moves(before, table_of({{{"early", "latency", ""}, early},
                                                   {{"gap", "latency", ""}, gap},
                                                   {{"late", "latency", ""}, late},
                                                   {{"spike", "latency", ""}, spike}}));
  REQUIRE(moves.size() == 3);
  CHECK(moves[0].name.service == "early");
  CHECK(moves[0].row == 40);
  CHECK(moves[0].still == 39);
  CHECK(moves[1].row == 50);
  CHECK(moves[1].still == 47);
  CHECK(moves[2].row == 60);
}

TEST_CASE("only harm is a movement where a name tells what harm is", "[rank]") {
  auto better = calm(1, 60);
  for (std::size_t i = 20; i < 60; ++i) better[i] -= 9;
  const auto before = table_of({{{"a", "latency", ""}, calm(11, 200)}});
  CHECK(first_moves(before, table_of({{{"a", "latency", ""}, better}})).empty());
  const auto load = table_of({{{"a", "load", ""}, calm(11, 200)}});
  CHECK(first_moves(load, table_of({{{"a", "load", ""}, better}})).size() == 1);
}

TEST_CASE("a share of events has the step of one event for its scale", "[rank]") {
  auto before = table_of({{{"a", "failed", ""}, std::vector<double>(200, 0.0), 0.01}});
  std::vector<double> now(60, 0.0);
  for (std::size_t i = 30; i < 60; ++i) now[i] = 0.4;
  const auto moves = first_moves(before, table_of({{{"a", "failed", ""}, now}}));
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].row == 30);
  CHECK(moves[0].spreads == Approx(40));
}
