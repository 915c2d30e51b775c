// The evaluator of burn-rate rules: rates, what is absent, firing, and the traffic of tests.
#include <catch2/catch.hpp>

#include <cmath>

#include "domain/alert/suite.hpp"

using namespace nines::alert;
using namespace std::chrono_literals;

namespace {

constexpr Tick kMinute = 60'000;

Counter counter_of(std::initializer_list<std::pair<Tick, double>> samples) {
  Counter counter;
  for (const auto& [minute, value] : samples) counter.add(minute * kMinute, value);
  return counter;
}

std::optional<double> rate_at(const Counter& counter, Tick window, Tick minute) {
  return Rate(counter, window * kMinute).at(minute * kMinute);
}

Policy one_alert(double factor, Millis quick, Millis slow) {
  Policy policy;
  policy.period = 24h;
  policy.ratio_window = quick;
  policy.alerts = {{"page", {{factor, quick, slow, false}}, Millis{0}}};
  return policy;
}

Traffic steady(NanoRate rate, Share errors) {
  Traffic traffic;
  traffic.rate = rate;
  traffic.errors = errors;
  return traffic;
}

constexpr NanoRate kOnePerSecond = 1'000'000'000;
constexpr Share kPercent = kWholeShare / 100;

}  // namespace

TEST_CASE("a rate is stretched to its window, as Prometheus does it") {
  const auto steady60 = counter_of({{0, 0}, {1, 60}, {2, 120}, {3, 180}, {4, 240}, {5, 300}});
  // Both ends of the window count.
  CHECK(rate_at(steady60, 5, 5) == 1.0);
  CHECK(rate_at(steady60, 2, 5) == 1.0);
  // One sample says nothing.
  CHECK_FALSE(rate_at(steady60, 1, 6));
  CHECK_FALSE(rate_at(steady60, 5, 0));
  // The last sample is two intervals away: half an interval is added, not two.
  CHECK(*rate_at(steady60, 5, 7) == Approx(180.0 * (3.5 / 3) / 300));
  // Nothing is stretched below a count of zero: the counter began 30 s before its first sample.
  const auto born = counter_of({{3, 30}, {4, 90}, {5, 150}});
  CHECK(*rate_at(born, 5, 5) == Approx(150.0 / 300));
  CHECK(*Rate(born, 5 * kMinute).increase(5 * kMinute) == Approx(150.0));
}

TEST_CASE("a restart loses nothing that was seen") {
  const auto restarted = counter_of({{0, 1000}, {1, 1060}, {2, 20}, {3, 80}});
  CHECK(*rate_at(restarted, 3, 3) == Approx((60 + 20 + 60) / 180.0));
}

TEST_CASE("no requests are a NaN, no counter is nothing") {
  Scraped scraped;
  for (int i = 0; i <= 10; ++i) {
    scraped.part.add(i * kMinute, 0);
    scraped.total.add(i * kMinute, 0);
  }
  const auto policy = one_alert(1, 5min, 10min);
  const auto replayed = replay(scraped, policy, 0.1, {0, 10 * kMinute, kMinute});
  CHECK(is_absent(replayed.ratios(5 * kMinute)[0]));
  CHECK(std::isnan(replayed.ratios(5 * kMinute)[5]));
  CHECK_FALSE(is_absent(replayed.ratios(5 * kMinute)[5]));
  CHECK(replayed.firings[0].empty());
  CHECK(std::isnan(
      mean_of_ratios(replayed.ratios(5 * kMinute), replayed.schedule, 10, 24 * 3'600'000)));
}

TEST_CASE("an alert needs both windows, and ends with the short one") {
  auto traffic = steady(kOnePerSecond * 10, 0);
  Phase burst;
  burst.from = 60 * kMinute;
  burst.length = 10 * kMinute;
  burst.errors = 50 * kPercent;
  traffic.phases = {burst};
  const auto made = simulate(traffic, 0, 180 * kMinute);
  const Scraped scraped{made.bad, made.total, false};
  const Schedule schedule{0, 180 * kMinute, kMinute};
  const auto replayed = replay(scraped, one_alert(5, 5min, 1h), 0.01, schedule);
  REQUIRE(replayed.firings[0].size() == 1);
  // 5 % of an hour at 50 % is 6 minutes: at exactly 5 % it does not fire yet.
  CHECK(replayed.firings[0][0].first == 67);
  // The short window is over 5 % while more than half a minute of the burst is in it.
  CHECK(replayed.firings[0][0].last == 74);
  auto held = one_alert(5, 5min, 1h);
  held.alerts[0].hold = 3min;
  CHECK(replay(scraped, held, 0.01, schedule).firings[0][0].first == 70);
  held.alerts[0].hold = 30min;
  CHECK(replay(scraped, held, 0.01, schedule).firings[0].empty());
}

TEST_CASE("traffic is spread evenly and exactly") {
  const auto made = simulate(steady(kOnePerSecond / 2, 10 * kPercent), 0, 600 * kMinute);
  CHECK(made.truth.back().total == 18'000);
  CHECK(made.truth.back().bad == 1'800);
  CHECK(made.total.size() == 601);
  CHECK(made.between(60 * kMinute, 120 * kMinute).total == 1'800);
  // No error without a request, whatever is owed.
  for (std::size_t i = 1; i < made.truth.size(); ++i)
    CHECK(made.truth[i].bad - made.truth[i - 1].bad <=
          made.truth[i].total - made.truth[i - 1].total);
}

TEST_CASE("scrapes get lost, counters begin anew, error counters are born late") {
  auto traffic = steady(kOnePerSecond, 0);
  traffic.errors_appear_late = true;
  Phase lost;
  lost.from = 10 * kMinute;
  lost.length = 5 * kMinute;
  lost.lost = true;
  Phase restart;
  restart.from = 20 * kMinute;
  restart.restart = true;
  Phase errors;
  errors.from = 30 * kMinute;
  errors.length = kMinute;
  errors.errors = kWholeShare;
  errors.every = 60 * kMinute;
  traffic.phases = {lost, restart, errors};
  const auto made = simulate(traffic, 0, 120 * kMinute);
  CHECK(made.total.size() == 121 - 5);
  CHECK(made.total.value(14) == 1140);
  CHECK(made.total.value(15) == 0);  // minute 20: begun anew before the scrape
  CHECK(made.bad.at(0) == 31 * kMinute);
  CHECK(made.truth.back().bad == 120);
  CHECK(made.truth.back().total == 7'200);
}

TEST_CASE("expectations are judged on evaluations") {
  TestRun run;
  run.budget = 0.01;
  run.policy = one_alert(5, 5min, 1h);
  run.alerts = alerts_of(run.policy);
  auto traffic = steady(kOnePerSecond * 10, 0);
  Phase burst;
  burst.from = 60 * kMinute;
  burst.length = 10 * kMinute;
  burst.errors = 50 * kPercent;
  traffic.phases = {burst};
  run.traffic = simulate(traffic, 0, 180 * kMinute);
  run.replay =
      replay({run.traffic.bad, run.traffic.total}, run.policy, 0.01, {0, 180 * kMinute, kMinute});
  const Tick length = 180 * kMinute;
  Expectation e;
  e.alert = "page";
  e.from = 60 * kMinute;
  e.within = 7 * kMinute;
  CHECK(judge(run, e, length).met);
  e.within = 6 * kMinute;
  const auto missed = judge(run, e, length);
  CHECK_FALSE(missed.met);
  CHECK(missed.wanted == "'page' must fire within 6m of 1h");
  CHECK(missed.saw == "it fires from 1h7m to 1h14m");
  e.kind = Expectation::Kind::clear;
  e.from = 70 * kMinute;
  e.within = 5 * kMinute;
  CHECK(judge(run, e, length).met);
  e.from = 80 * kMinute;
  CHECK_FALSE(judge(run, e, length).met);
  e = {};
  e.kind = Expectation::Kind::be_quiet;
  e.alert = "page";
  e.until = 66 * kMinute;
  CHECK(judge(run, e, length).met);
  e.until = 67 * kMinute;
  CHECK_FALSE(judge(run, e, length).met);
  e = {};
  e.kind = Expectation::Kind::budget;
  e.at_most = nines::Decimal(-1, 0);
  // 3,000 of 108,000 failed, 1,080 may.
  CHECK(judge(run, e, length).met);
  CHECK(*counted_sli(run, length) == Approx(1 - 3'000 / 108'000.0));
  CHECK(*budget_left(run, counted_sli(run, length)) == Approx(1 - 3'000 / 1'080.0));
}
