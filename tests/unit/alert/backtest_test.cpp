// The replay over stored minutes: the fast one against a plain one, stretches, and scores.
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "domain/alert/backtest.hpp"

using namespace nines::alert;
using namespace std::chrono_literals;
using nines::series::MinuteCount;

namespace {

constexpr std::int64_t kBegin = 29'000'000;

/// Counts per minute; every minute was watched.
MinuteHistory history_of(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& bad_of_total,
                         Millis lead) {
  std::vector<MinuteCount> minutes;
  for (std::size_t i = 0; i < bad_of_total.size(); ++i) {
    const auto [bad, total] = bad_of_total[i];
    // Minutes without a record count nothing.
    if (total > 0)
      minutes.push_back({kBegin + static_cast<std::int64_t>(i), total - bad, total, true});
  }
  return {kBegin, kBegin + static_cast<std::int64_t>(bad_of_total.size()), lead, minutes};
}

bool plainly_fires(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& counts,
                   const Condition& c, const LowTraffic& guard, double budget, std::size_t at) {
  const auto over = [&](Millis window, bool guarded) {
    const auto length = static_cast<std::size_t>(window / 1min);
    double bad = 0;
    double total = 0;
    for (std::size_t i = at + 1 > length ? at + 1 - length : 0; i <= at; ++i) {
      bad += static_cast<double>(counts[i].first);
      total += static_cast<double>(counts[i].second);
    }
    const double excess = bad - c.factor * budget * total;
    return total > 0 && (c.or_equal ? excess >= 0 : excess > 0) &&
           (!guarded || (total >= static_cast<double>(guard.min_events) &&
                         bad >= static_cast<double>(guard.min_errors)));
  };
  return (c.short_window.count() == 0 || over(c.short_window, false)) && over(c.long_window, true);
}

bool bit_of(const MinuteBits& bits, std::size_t at) {
  return ((bits[at / 64] >> (at % 64)) & 1U) != 0;
}

MinuteBits bits_of(std::size_t minutes,
                   std::initializer_list<std::pair<std::size_t, std::size_t>> spans) {
  MinuteBits bits((minutes + 63) / 64);
  for (const auto& [first, past] : spans)
    for (std::size_t i = first; i < past; ++i) bits[i / 64] |= 1ULL << (i % 64);
  return bits;
}

}  // namespace

TEST_CASE("the fast replay fires in the minutes of the plain one") {
  rc::check("any counts, windows, guards", [] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 300);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> counts;
    const auto bad_in = *rc::gen::inRange(1, 6);
    for (std::size_t i = 0; i < size; ++i) {
      const auto total = *rc::gen::inRange<std::uint64_t>(0, 4);
      const auto bad =
          *rc::gen::inRange(0, bad_in) == 0 ? *rc::gen::inRange<std::uint64_t>(0, total + 1) : 0;
      counts.emplace_back(bad, total);
    }
    Condition c;
    c.factor = *rc::gen::element(1.0, 2.0, 5.0);
    c.short_window = std::chrono::minutes{*rc::gen::inRange(0, 6)};
    c.long_window = std::chrono::minutes{*rc::gen::inRange(1, 70)};
    c.or_equal = *rc::gen::arbitrary<bool>();
    LowTraffic guard;
    if (*rc::gen::arbitrary<bool>())
      guard = {*rc::gen::inRange<std::uint64_t>(0, 20), *rc::gen::inRange<std::uint64_t>(0, 4)};
    const auto history = history_of(counts, std::max(c.short_window, c.long_window));
    MinuteBits bits;
    fire(history, c, guard, 0.125, bits);
    for (std::size_t i = 0; i < size; ++i)
      RC_ASSERT(bit_of(bits, i) == plainly_fires(counts, c, guard, 0.125, i));
    for (std::size_t i = size; i < bits.size() * 64; ++i) RC_ASSERT_FALSE(bit_of(bits, i));
  });
}

TEST_CASE("stretches of firing are joined over short quiet") {
  const auto bits = bits_of(192, {{0, 1}, {10, 70}, {74, 75}, {100, 192}});
  CHECK(episodes(bits, 192) == std::vector<Episode>{{0, 1}, {10, 75}, {100, 192}});
  CHECK(episodes(bits, 192, 0) == std::vector<Episode>{{0, 1}, {10, 70}, {74, 75}, {100, 192}});
  CHECK(episodes(MinuteBits(3), 192).empty());
}

TEST_CASE("an alert that must hold fires only after it has") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> counts(120, {0, 10});
  for (std::size_t i = 30; i < 40; ++i) counts[i].first = 10;
  const auto history = history_of(counts, 10min);
  Alert alert{"page", {{1, 0min, 1min, false}}, 3min};
  CHECK(episodes(fire(history, alert, {}, 0.5).bits, 120) == std::vector<Episode>{{33, 40}});
  alert.hold = 10min;
  CHECK(episodes(fire(history, alert, {}, 0.5).bits, 120).empty());
}

TEST_CASE("alerts are scored against incidents") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> counts(1440, {0, 100});
  for (std::size_t i = 300; i < 330; ++i) counts[i].first = 50;
  for (std::size_t i = 900; i < 910; ++i) counts[i].first = 1;
  const auto history = history_of(counts, 60min);
  CHECK(history.observed() == 1440);
  const Fired fired{bits_of(1440, {{305, 340}, {700, 705}}),
                    bits_of(1440, {{280, 340}, {690, 705}})};
  const std::vector<Episode> incidents = {{302, 335}, {900, 910}};
  const auto got = score(history, fired, incidents, 0.01, 24h);
  CHECK(got.alerts == 2);
  CHECK(got.true_alerts == 1);
  CHECK(got.firing_minutes == 40);
  CHECK(got.bad == 1'510);
  CHECK(got.unseen_bad == 10);
  REQUIRE(got.detections.size() == 2);
  CHECK(got.detections[0].after == 3);
  // Of 144,000 events a day 1,440 may fail; 3 minutes of 50 had.
  CHECK(*got.detections[0].budget_spent == Approx(150.0 / 1'440));
  CHECK_FALSE(got.detections[1].after);
  CHECK(got.spent_before == std::vector<double>{250.0 / 1'440, 0});
  // An alert that fires when the impact is said to begin belongs to it.
  const Fired early{bits_of(1440, {{290, 400}}), bits_of(1440, {{280, 400}})};
  const auto at_once = score(history, early, std::vector<Episode>{{310, 335}}, 0.01, 24h);
  CHECK(at_once.detections[0].after == 0);
  CHECK(at_once.true_alerts == 1);
}

TEST_CASE("an alert has seen the windows that fired it") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> counts(600, {0, 10});
  for (std::size_t i = 300; i < 310; ++i) counts[i].first = 10;
  const auto history = history_of(counts, 60min);
  const Alert alert{"page", {{1, 5min, 60min, false}}, 0min};
  const auto fired = fire(history, alert, {}, 0.1);
  // 10 % of an hour are 6 minutes, to the end of which it does not fire.
  CHECK(episodes(fired.bits, 600) == std::vector<Episode>{{306, 314}});
  CHECK(episodes(fired.covered, 600) == std::vector<Episode>{{247, 314}});
}
