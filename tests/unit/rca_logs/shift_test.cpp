// Counts that moved: test statistics worked out by hand, adjusted p values, classes.
#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "domain/rca/logs/shift.hpp"
#include "support/property.hpp"

using namespace nines;
using rca::ShiftKind;

TEST_CASE("the G statistic of a table", "[rca][logs][stats]") {
  // 10 of 100 and 30 of 100: 2 * (10 ln(10/20) + 90 ln(90/80) + 30 ln(30/20) + 70 ln(70/80)).
  const double by_hand =
      2 * (10 * std::log(0.5) + 90 * std::log(1.125) + 30 * std::log(1.5) + 70 * std::log(0.875));
  const stats::TwoShares rose{10, 100, 30, 100};
  CHECK(stats::g_statistic(rose) == Approx(by_hand));
  CHECK(by_hand == Approx(12.9715).epsilon(1e-5));
  CHECK(stats::signed_root_g(rose) == Approx(std::sqrt(by_hand)));
  CHECK(stats::signed_root_g({30, 100, 10, 100}) == Approx(-std::sqrt(by_hand)));
  CHECK(stats::g_statistic({5, 50, 10, 100}) == Approx(0).margin(1e-9));
  CHECK(stats::g_statistic({0, 0, 10, 100}) == 0);
  CHECK(stats::g_statistic({0, 100, 0, 100}) == 0);
  CHECK(stats::g_statistic({100, 100, 7, 7}) == 0);
  // Nothing before, 5 of 5 after, of 5 before: 2 * (5 ln 2 + 5 ln 2).
  CHECK(stats::g_statistic({0, 5, 5, 5}) == Approx(20 * std::log(2)));
}

TEST_CASE("the tail of chi-square with one degree of freedom", "[rca][logs][stats]") {
  // Quantiles from printed tables.
  CHECK(stats::g_test_p(0) == 1);
  CHECK(stats::g_test_p(2.7055) == Approx(0.10).epsilon(1e-4));
  CHECK(stats::g_test_p(3.8415) == Approx(0.05).epsilon(1e-4));
  CHECK(stats::g_test_p(6.6349) == Approx(0.01).epsilon(1e-4));
  CHECK(stats::g_test_p(10.8276) == Approx(0.001).epsilon(1e-4));
}

TEST_CASE("log odds with half a count in each cell", "[rca][logs][stats]") {
  CHECK(stats::jeffreys_log_odds({0, 10, 10, 10}) == Approx(2 * std::log(10.5 / 0.5)));
  CHECK(stats::jeffreys_log_odds({3, 10, 3, 10}) == Approx(0).margin(1e-12));
}

TEST_CASE("p values adjusted after Benjamini and Hochberg", "[rca][logs][stats]") {
  // Sorted: 0.01 * 5 / 1, 0.02 * 5 / 2, 0.03 * 5 / 3, 0.04 * 5 / 4, 0.05 * 5 / 5, all 0.05.
  const std::vector<double> even = {0.03, 0.01, 0.05, 0.02, 0.04};
  for (const double q : stats::benjamini_hochberg(even)) CHECK(q == Approx(0.05));
  // The fifteen p values of the paper of 1995: four are rejected at 0.05.
  const std::vector<double> paper = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                     0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto q = stats::benjamini_hochberg(paper);
  CHECK(std::count_if(q.begin(), q.end(), [](double one) { return one <= 0.05; }) == 4);
  CHECK(q[0] == Approx(0.0015));
  CHECK(q[3] == Approx(0.0095 * 15 / 4));
  CHECK(q[14] == 1);
  CHECK(stats::benjamini_hochberg({}).empty());
}

TEST_CASE("adjusted values keep the order and are never smaller", "[rca][logs][stats]") {
  test::holds([] {
    auto p = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(0, 1001), [](int n) { return n / 1000.0; }));
    const auto q = stats::benjamini_hochberg(p);
    RC_ASSERT(q.size() == p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
      RC_ASSERT(q[i] >= p[i] - 1e-12);
      RC_ASSERT(q[i] <= 1);
      for (std::size_t j = 0; j < p.size(); ++j)
        if (p[i] < p[j]) RC_ASSERT(q[i] <= q[j]);
    }
  });
}

TEST_CASE("a template is new, gone, more, fewer, or as before", "[rca][logs]") {
  const std::vector<stats::TwoShares> counts = {
      {0, 1000, 40, 1000},    {40, 1000, 0, 1000},    {50, 1000, 200, 1000}, {200, 1000, 50, 1000},
      {400, 1000, 500, 1000}, {100, 1000, 104, 1000}, {0, 1000, 1, 1000}};
  const auto shifts = rca::judge_shifts(counts);
  const ShiftKind kinds[] = {ShiftKind::fresh,   ShiftKind::vanished, ShiftKind::surged,
                             ShiftKind::dropped, ShiftKind::changed,  ShiftKind::steady,
                             ShiftKind::fresh};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    INFO(i);
    CHECK(shifts[i].kind == kinds[i]);
    CHECK(shifts[i].significant == (i < 5));
    CHECK((shifts[i].root_g > 0) == (shifts[i].log_odds > 0));
  }
}

TEST_CASE("how many lines a new template needs", "[rca][logs]") {
  CHECK_FALSE(rca::fewest_new_lines(0, 100));
  CHECK_FALSE(rca::fewest_new_lines(100, 0));
  CHECK_FALSE(rca::fewest_new_lines(1, 1));
  const auto fewest = rca::fewest_new_lines(1000, 1000);
  REQUIRE(fewest);
  // G of 0 and 3 of 1000 each is 4.16, of 0 and 2 it is 2.78: 3.84 lies between.
  CHECK(*fewest == 3);
  // Among a hundred templates p must be at most 0.0005, so G at least 12.1: 0 and 9 give 12.5.
  CHECK(rca::fewest_new_lines(1000, 1000, 100) == 9u);
}

TEST_CASE("levels of words and of messages", "[rca][logs]") {
  using enum rca::LogLevel;
  const std::pair<std::string_view, rca::LogLevel> words[] = {
      {"INFO", info},     {"Warning", warning},
      {"err", error},     {"SEVERE", error},
      {"E", error},       {"e", unknown},
      {"crit", fatal},    {"notice", info},
      {"hello", unknown}, {"", unknown},
      {"V", debug},       {"FATAL", fatal},
      {"TRACE", debug},   {"informational", unknown}};
  for (const auto& [word, level] : words) CHECK(rca::log_level_of(word) == level);
  CHECK(rca::level_hinted("Connection REFUSED by peer") == error);
  CHECK(rca::level_hinted("kernel panic") == fatal);
  CHECK(rca::level_hinted("all is well") == unknown);
}
