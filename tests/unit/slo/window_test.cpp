// Compliance windows: month ends, gaps and overlaps of local time, and tiling without holes.
#include "domain/slo/window.hpp"

#include <catch2/catch.hpp>

#include "support/property.hpp"
#include "unit/slo/shorthand.hpp"

using namespace nines;
using namespace nines::slo;
using test::at;
using test::utc;

namespace {

TimeWindow calendar(std::int64_t count, Unit unit, std::string anchor) {
  return {{count, unit}, false, std::move(anchor), "UTC"};
}

/// A zone that leaps from 02:00 to 03:00 on 2026-03-29 and falls back at 03:00 on 2026-10-25.
Instant central_europe(LocalTime local) {
  const auto wall = std::chrono::sys_time<Micros>{local.time_since_epoch()};
  const auto spring = at("2026-03-29T02:00:00Z"), autumn = at("2026-10-25T03:00:00Z");
  using std::chrono::hours;
  if (wall < spring) return wall - hours{1};
  if (wall < spring + hours{1}) return at("2026-03-29T01:00:00Z");
  return wall < autumn ? wall - hours{2} : wall - hours{1};
}

}  // namespace

TEST_CASE("a rolling window ends at the last whole minute, or slice", "[slo]") {
  const TimeWindow month{{30, Unit::day}, true, "", ""};
  const auto period = *window_at(month, utc, at("2026-11-23T09:14:59Z"));
  CHECK(period.to == at("2026-11-23T09:14:00Z"));
  CHECK(period.from == at("2026-10-24T09:14:00Z"));
  const auto sliced = *window_at(month, utc, at("2026-11-23T09:14:59Z"), std::chrono::minutes{60});
  CHECK(sliced.to == at("2026-11-23T09:00:00Z"));
  const TimeWindow months{{1, Unit::month}, true, "", ""};
  CHECK(window_at(months, utc, at("2026-11-23T00:00:00Z"))->length() == std::chrono::days{30});
  const TimeWindow quarter{{1, Unit::quarter}, true, "", ""};
  CHECK(window_at(quarter, utc, at("2026-11-23T00:00:00Z"))->length() == std::chrono::days{90});
}

TEST_CASE("a window from the 31st is clamped and comes back", "[slo]") {
  const auto window = calendar(1, Unit::month, "2024-01-31 00:00:00");
  const char* expected[] = {"2024-01-31T00:00:00Z", "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z",
                            "2024-04-30T00:00:00Z", "2024-05-31T00:00:00Z"};
  for (int k = 0; k < 5; ++k) CHECK(boundary(window, utc, k) == at(expected[k]));
  CHECK(boundary(window, utc, 13) == at("2025-02-28T00:00:00Z"));
  CHECK(*window_at(window, utc, at("2024-03-01T00:00:00Z")) ==
        Period{at("2024-02-29T00:00:00Z"), at("2024-03-31T00:00:00Z")});
}

TEST_CASE("no calendar window exists before its anchor", "[slo]") {
  const auto window = calendar(1, Unit::week, "2026-11-23 00:00:00");
  CHECK_FALSE(window_at(window, utc, at("2026-11-22T23:59:59Z")));
  CHECK(window_at(window, utc, at("2026-11-23T00:00:00Z"))->to == at("2026-11-30T00:00:00Z"));
}

TEST_CASE("boundaries follow the wall clock over gaps and overlaps", "[slo]") {
  const auto daily = calendar(1, Unit::day, "2026-03-28 02:30:00");
  CHECK(boundary(daily, central_europe, 0) == at("2026-03-28T01:30:00Z"));
  CHECK(boundary(daily, central_europe, 1) == at("2026-03-29T01:00:00Z"));  // 02:30 does not exist
  CHECK(boundary(daily, central_europe, 2) == at("2026-03-30T00:30:00Z"));
  const auto autumn = calendar(1, Unit::day, "2026-10-25 02:30:00");
  CHECK(boundary(autumn, central_europe, 0) == at("2026-10-25T00:30:00Z"));  // the first 02:30
  const auto hourly = calendar(1, Unit::hour, "2026-03-29 00:00:00");
  CHECK(window_at(hourly, central_europe, at("2026-03-29T01:00:00Z"))->length() ==
        std::chrono::hours{1});  // 02:00 and 03:00 fall together, nothing is lost between them
  const auto march = calendar(1, Unit::month, "2026-03-01 00:00:00");
  CHECK(window_at(march, central_europe, at("2026-03-10T00:00:00Z"))->length() ==
        std::chrono::days{31} - std::chrono::hours{1});
}

TEST_CASE("an unreadable anchor or absurd length gives no window, never a crash", "[slo]") {
  for (const char* bad : {"", "2026-13-01 00:00:00", "2026-02-30 00:00:00", "2026-01-01T00:00:00",
                          "2026-01-01 24:00:00", "2026-01-01 00:00:0", "+026-01-01 00:00:00"})
    CHECK_FALSE(window_at(calendar(1, Unit::month, bad), utc, at("2026-11-23T00:00:00Z")));
  CHECK_FALSE(
      window_at(calendar(0, Unit::month, "2026-01-01 00:00:00"), utc, at("2026-11-23T00:00:00Z")));
  CHECK_FALSE(
      window_at(calendar(-1, Unit::day, "2026-01-01 00:00:00"), utc, at("2026-11-23T00:00:00Z")));
  CHECK(window_at(calendar(900'000, Unit::year, "2026-01-01 00:00:00"), utc,
                  at("2026-11-23T00:00:00Z"))
            ->from == at("2026-01-01T00:00:00Z"));
}

TEST_CASE("calendar windows tile time", "[slo]") {
  nines::test::holds(
      [] {  // the window of an instant holds it, and the next one starts where it ends
        const auto unit = *rc::gen::element(Unit::minute, Unit::hour, Unit::day, Unit::week,
                                            Unit::month, Unit::quarter, Unit::year);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 8);
        const auto window =
            calendar(count, unit,
                     *rc::gen::element<std::string>("2019-01-31 02:30:00", "2020-02-29 00:00:00",
                                                    "2015-12-31 23:59:59"));
        const PlaceLocal place =
            *rc::gen::arbitrary<bool>() ? PlaceLocal(utc) : PlaceLocal(central_europe);
        const auto instant = at("2021-01-01T00:00:00Z") +
                             Micros{*rc::gen::inRange<std::int64_t>(0, 8 * 365 * 86'400'000'000LL)};
        const auto here = window_at(window, place, instant);
        RC_ASSERT(here.has_value());
        RC_ASSERT(here->from <= instant);
        RC_ASSERT(instant < here->to);
        RC_ASSERT(window_at(window, place, here->to)->from == here->to);
        RC_ASSERT(window_at(window, place, here->from) == here);
        RC_ASSERT(window_at(window, place, here->to - Micros{1}) == here);
      });
}

TEST_CASE("calendar windows tile time in every zone", "[slo]") {
  const char* names[] = {"UTC",
                         "Europe/Paris",
                         "Europe/London",
                         "Europe/Dublin",
                         "America/New_York",
                         "America/Sao_Paulo",
                         "America/St_Johns",
                         "America/Havana",
                         "Africa/Cairo",
                         "Africa/Casablanca",
                         "Asia/Kolkata",
                         "Asia/Kathmandu",
                         "Asia/Tehran",
                         "Asia/Gaza",
                         "Australia/Lord_Howe",
                         "Australia/Adelaide",
                         "Pacific/Apia",
                         "Pacific/Chatham",
                         "America/Santiago",
                         "Antarctica/Troll"};
  for (const char* name : names) {
    const auto zone = Zone::find(name);
    REQUIRE(zone);
    const auto place = place_in(*zone);
    for (const auto& [unit, count] :
         {std::pair{Unit::day, 1}, {Unit::week, 1}, {Unit::month, 1}, {Unit::hour, 5}}) {
      const auto window = calendar(count, unit, "2010-12-31 00:30:00");
      auto here = *window_at(window, place, at("2011-11-01T00:00:00Z"));
      for (int i = 0; i < 400; ++i) {
        const auto next = *window_at(window, place, here.to);
        INFO(name << " " << format_utc(here.from) << " " << format_utc(here.to));
        REQUIRE(next.from == here.to);
        REQUIRE(next.to > next.from);
        here = next;
      }
    }
  }
}
