// Releases: what rides where, and what does not fit.
#include "domain/remediate/schedule.hpp"

#include <catch2/catch.hpp>

#include "base/day.hpp"

namespace {

using namespace nines;
using namespace nines::remediate;

Day day(const char* text) { return *parse_day(text); }

ScheduleItem item(const char* name, int half_days, double per_day = 1) {
  ScheduleItem one;
  one.name = name;
  one.half_days = half_days;
  one.per_day = per_day;
  return one;
}

const std::vector<Release> kTrains{{"a", *parse_day("2026-12-03"), 4, {}, {}},
                                   {"b", *parse_day("2026-12-17"), 6, {}, {}}};

TEST_CASE("actions fill releases in their order of need", "[schedule]") {
  auto must = item("must", 3, 0);
  must.must = true;
  auto due = item("due", 1, 0);
  due.due = day("2026-12-05");
  const auto placed =
      schedule_items({item("best", 2, 9), item("good", 4, 5), must, due}, kTrains, day("2026-12-01"));
  CHECK(placed[2].release == 0);
  CHECK(placed[3].release == 0);
  CHECK(placed[0].release == 1);
  CHECK(placed[0].reason == "a has 0.0 of 1.0 days left");
  CHECK(placed[1].release == 1);
  CHECK_FALSE(placed[3].late);
}

TEST_CASE("what does not fit is said, and rooms are never exceeded", "[schedule]") {
  const auto placed = schedule_items({item("x", 5), item("y", 5), item("z", 1)}, kTrains,
                                     day("2026-12-01"));
  CHECK(placed[0].release == 1);
  CHECK_FALSE(placed[1].release);
  CHECK(placed[1].reason ==
        "it takes 2.5 days, and no release that takes it has more than 2.0 left");
  CHECK(placed[2].release == 0);
  CHECK_FALSE(schedule_items({item("x", 1)}, kTrains, day("2027-01-01"))[0].release);
}

TEST_CASE("nothing rides before what it needs", "[schedule]") {
  auto first = item("first", 4, 9);
  first.needs = {1};
  auto base = item("base", 6, 0);
  auto ring = item("ring", 1);
  ring.needs = {3, 2};
  auto other = item("other", 1);
  other.needs = {2};
  const auto placed = schedule_items({first, base, ring, other}, kTrains, day("2026-12-01"));
  CHECK(placed[1].release == 1);
  CHECK_FALSE(placed[0].release);  // only release b is left for it, and base fills it
  CHECK_FALSE(placed[2].release);
  CHECK_FALSE(placed[3].release);
  CHECK(placed[0].reason ==
        "it takes 2.0 days, and no release that takes it has more than 0.0 left");
}

TEST_CASE("a release takes its services, and none while it is closed", "[schedule]") {
  auto trains = kTrains;
  trains[0].closed = "freeze christmas";
  auto one = item("x", 1);
  one.services = {"checkout"};
  one.due = day("2026-12-10");
  auto placed = schedule_items({one}, trains, day("2026-12-01"));
  CHECK(placed[0].release == 1);
  CHECK(placed[0].late);
  CHECK(placed[0].reason == "a: freeze christmas");
  trains[1].services = {"cart"};
  placed = schedule_items({one}, trains, day("2026-12-01"));
  CHECK_FALSE(placed[0].release);
}

}  // namespace
