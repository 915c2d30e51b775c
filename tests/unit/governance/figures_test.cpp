// Periods, medians, rates and trends of reports, against values worked out by hand.
#include <catch2/catch.hpp>

#include "domain/governance/median.hpp"
#include "domain/governance/period.hpp"
#include "domain/governance/rates.hpp"
#include "domain/governance/report.hpp"

using namespace nines;
using namespace nines::governance;
using namespace std::chrono;

namespace {

std::vector<TimedSpan> minutes_over(std::initializer_list<int> lengths) {
  std::vector<TimedSpan> spans;
  for (const auto length : lengths) spans.push_back({minutes{length}, true});
  return spans;
}

slo::PlaceLocal utc() { return slo::place_in(Zone::utc()); }

}  // namespace

TEST_CASE("quarters, months and years are read, and stepped back") {
  const auto quarter = parse_period("2026Q3", utc());
  REQUIRE(quarter);
  CHECK(quarter->label == "2026 Q3");
  CHECK(format_utc(quarter->span.from) == "2026-07-01T00:00:00Z");
  CHECK(format_utc(quarter->span.to) == "2026-10-01T00:00:00Z");
  CHECK(quarter->days() == Approx(92));
  CHECK(parse_period("2026-q3", utc())->span == quarter->span);
  CHECK(parse_period("2026 Q3", utc())->span == quarter->span);
  CHECK(period_before(*quarter, Zone::utc()).label == "2026 Q2");
  const auto january = parse_period("2026-01", utc());
  REQUIRE(january);
  CHECK(period_before(*january, Zone::utc()).label == "2025-12");
  CHECK(parse_period("2026", utc())->days() == Approx(365));
  for (const auto* wrong : {"", "2026Q5", "2026-13", "26Q1", "2026Q", "2026-1", "Q3", "2026Q33"})
    CHECK_FALSE(parse_period(wrong, utc()));
}

TEST_CASE("a quarter of a zone begins at its own midnight") {
  const auto zone = Zone::find("Europe/Berlin");
  REQUIRE(zone);
  const auto quarter = parse_period("2026Q4", slo::place_in(*zone));
  CHECK(format_utc(quarter->span.from) == "2026-09-30T22:00:00Z");
  CHECK(format_utc(quarter->span.to) == "2026-12-31T23:00:00Z");
  CHECK(period_before(*quarter, *zone).span.to == quarter->span.from);
}

TEST_CASE("any two instants are a period, and the one before is as long") {
  const Instant from = *parse_rfc3339("2026-07-10T00:00:00Z");
  const auto period = period_between(from, from + days{10});
  REQUIRE(period);
  CHECK(period_before(*period, Zone::utc()).span == slo::Period{from - days{10}, from});
  CHECK_FALSE(period_between(from, from));
}

TEST_CASE("the interval of a median is a pair of order statistics") {
  // P(X <= 0) = 1/64 = 1.6 % of six: the extremes. Of five it is 3.1 %, and there is none.
  const auto six = median_of(minutes_over({1, 2, 3, 4, 5, 60}));
  CHECK(six.median == minutes{3});
  CHECK(six.low == minutes{1});
  CHECK(six.high == minutes{60});
  CHECK_FALSE(median_of(minutes_over({1, 2, 3, 4, 5})).has_interval());
  // Of ten, ranks 2 and 9 (97.9 %): a standard table.
  const auto ten = median_of(minutes_over({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  CHECK(ten.low == minutes{2});
  CHECK(ten.high == minutes{9});
  CHECK(ten.p90 == minutes{9});
  CHECK_FALSE(median_of({}).median);
}

TEST_CASE("what still runs is at least so long, and is not dropped") {
  auto spans = minutes_over({10, 20, 30, 40, 50, 60});
  spans.push_back({minutes{5}, false});
  const auto seven = median_of(spans);
  CHECK(seven.n == 7);
  CHECK(seven.running == 1);
  CHECK(seven.median == minutes{30});
  CHECK(seven.at_least);  // 30, or 40 once the short one turns out long
  CHECK(seven.low == minutes{5});
  CHECK_FALSE(seven.high);  // rank 7 of 7 still runs
  CHECK(describe(spans) ==
        "at least 30m (95 % 5m to no limit, n = 7: over 5m, 10m, 20m, 30m, 40m, 50m, 1h)");
  CHECK(describe(minutes_over({43})) == "43m (n = 1, too few for an interval: 43m)");
}

TEST_CASE("rates have exact intervals, and changes a test") {
  const auto rate = per_30_days({3, 90});
  CHECK(rate.low == Approx(.6187 / 3).epsilon(1e-3));  // Garwood of 3: 0.6187 to 8.7673
  CHECK(rate.high == Approx(8.7673 / 3).epsilon(1e-3));
  CHECK(compare_counts({12, 90}, {3, 90}) == "fell");
  CHECK(compare_counts({3, 90}, {12, 90}) == "rose");
  CHECK(compare_counts({3, 90}, {2, 90}) == "too few to tell");
  CHECK(compare_counts({0, 0}, {2, 90}) == "nothing to compare with");
}

TEST_CASE("a trend is told from ten events on, and not from chance") {
  const CountIn rising[] = {{2, 90}, {5, 90}, {9, 90}, {14, 90}};
  const CountIn level[] = {{8, 90}, {7, 90}, {8, 90}, {7, 90}};
  const CountIn few[] = {{0, 90}, {1, 90}, {5, 90}};
  // By hand: mean place 1.5, score 38, variance 30 * 1.25: z = 38 - 1.5 * 30 ... = 22.5/6.1237.
  CHECK(trend_of_counts(rising).z ==
        Approx((0 * 2 + 5 + 18 + 42 - 1.5 * 30) / std::sqrt(30 * 1.25)));
  CHECK(trend_of_counts(rising).verdict() == "rising");
  CHECK(trend_of_counts(level).verdict() == "no evidence of a trend");
  CHECK(trend_of_counts(few).verdict() == "too few to tell");
}

TEST_CASE("two shares are compared by their intervals") {
  // Newcombe 1998, table II, example a: 56/70 against 48/80, difference 0.2 (0.0524 to 0.3339).
  const auto change =
      change_of_shares(48.0 / 80, stats::wilson(48, 80), 56.0 / 70, stats::wilson(56, 70));
  CHECK(change.difference == Approx(0.2));
  CHECK(change.interval.low == Approx(0.0524).margin(5e-5));
  CHECK(change.interval.high == Approx(0.3339).margin(5e-5));
  CHECK(change.verdict() == "better");
  CHECK(change_of_shares(0.5, stats::wilson(5, 10), 0.6, stats::wilson(6, 10)).verdict() ==
        "no evidence of a change");
}

TEST_CASE("what is not recorded is said with its date, and never is a zero") {
  const auto quarter = *parse_period("2026Q3", utc());
  CHECK(said_of_record("page", quarter, {}).starts_with("Not recorded yet: no page is on record"));
  CHECK(said_of_record("page", quarter, quarter.span.from).empty());
  CHECK(said_of_record("page", quarter, quarter.span.from + days{10}) ==
        "The first page on record is of 2026-07-11: the 10 days of the period before it are not "
        "known.");
  CHECK(said_of_record("page", quarter, quarter.span.to + days{1}) ==
        "Not recorded yet in this period: the first page on record is of 2026-10-02.");
  CHECK(days_covered(quarter, quarter.span.from + days{10}, quarter.span.to) == Approx(82));
  CHECK(days_covered(quarter, {}, quarter.span.to) == 0);
  CHECK(value_text({}, "share") == "not known");
  CHECK(value_text(0.99954, "share") == "99.95 %");
  CHECK(value_text(2580.0, "seconds") == "43m");
}
