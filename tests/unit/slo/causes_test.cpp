// Maintenance that recurs by the wall clock, and what a change may be blamed for.
#include "domain/slo/causes.hpp"

#include <catch2/catch.hpp>

#include "unit/slo/shorthand.hpp"

using namespace nines;
using namespace nines::slo;
using test::at;

TEST_CASE("weekly maintenance keeps its wall time over a change of the clocks", "[slo]") {
  catalog::Maintenance m;
  m.start = at("2026-03-20T02:00:00+01:00");
  m.end = at("2026-03-20T04:00:00+01:00");
  m.every = catalog::Recurrence{1, "week", "2026-03-20 02:00:00", "Europe/Paris", std::nullopt};
  const auto place = place_in(*Zone::find("Europe/Paris"));
  const auto april =
      occurrences(m, place, {at("2026-04-01T00:00:00Z"), at("2026-05-01T00:00:00Z")});
  REQUIRE(april.size() == 4);
  CHECK(april[0].from == at("2026-04-03T02:00:00+02:00"));
  CHECK(april[0].length() == std::chrono::hours{2});
  m.cancelled_from = at("2026-04-15T00:00:00Z");
  CHECK(occurrences(m, place, {at("2026-04-01T00:00:00Z"), at("2026-05-01T00:00:00Z")}).size() ==
        2);
  m.cancelled_from.reset();
  m.every->until = at("2026-04-12T00:00:00Z");
  CHECK(occurrences(m, place, {at("2026-03-01T00:00:00Z"), at("2027-05-01T00:00:00Z")}).size() ==
        4);
  const auto far = occurrences(m, place, {at("2036-03-01T00:00:00Z"), at("2036-05-01T00:00:00Z")});
  CHECK(far.empty());
}

TEST_CASE("a recurrence is found far from its start, and where it only reaches in", "[slo]") {
  catalog::Maintenance m;
  m.start = at("2020-01-31T00:00:00Z");
  m.end = at("2020-02-01T00:00:00Z");
  m.every = catalog::Recurrence{1, "month", "2020-01-31 00:00:00", "UTC", std::nullopt};
  const auto place = place_in(Zone::utc());
  const auto one = occurrences(m, place, {at("2026-02-28T12:00:00Z"), at("2026-03-01T00:00:00Z")});
  REQUIRE(one.size() == 1);
  CHECK(one[0].from == at("2026-02-28T00:00:00Z"));
}

TEST_CASE("a change outlives its end, a vendor's change is the vendor's", "[slo]") {
  catalog::Change change;
  change.name = "CHG-7";
  change.service = "checkout";
  change.version = "v1.4.2";
  change.start = at("2026-11-23T10:00:00Z");
  const auto a = attribute(change, std::chrono::hours{1});
  CHECK(a.interval.to == at("2026-11-23T11:00:00Z"));
  CHECK(a.label == "deploy of checkout v1.4.2");
  CHECK(a.cause == CauseClass::change);
  change.kind = catalog::ChangeKind::vendor;
  change.end = at("2026-11-23T12:00:00Z");
  CHECK(attribute(change, std::chrono::hours{1}).cause == CauseClass::vendor);
  CHECK(attribute(change, std::chrono::hours{1}).interval.to == at("2026-11-23T13:00:00Z"));
}

TEST_CASE("a change and a maintenance survive the event log", "[slo]") {
  catalog::Change change;
  change.kind = catalog::ChangeKind::flag;
  change.service = "checkout";
  change.start = at("2026-11-23T10:00:00.5Z");
  change.end = at("2026-11-23T12:00:00Z");
  change.reference = "run/7";
  CHECK(catalog::change_from(Json::parse(catalog::to_json(change).canonical())) == change);
  catalog::Maintenance m;
  m.start = change.start;
  m.end = *change.end;
  m.services = {"a", "b"};
  m.every = catalog::Recurrence{2, "week", "2026-11-23 10:00:00", "Asia/Tokyo", change.end};
  CHECK(catalog::maintenance_from(Json::parse(catalog::to_json(m).canonical())) == m);
  CHECK(m.touches("b"));
  CHECK_FALSE(m.touches("c"));
  CHECK(catalog::change_uid("git", "abc") == catalog::change_uid("git", "abc"));
  CHECK_FALSE(catalog::change_uid("git", "abc") == catalog::change_uid("gi", "tabc"));
}
