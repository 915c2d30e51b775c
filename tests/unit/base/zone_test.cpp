// Zones: offsets, gaps, overlaps, names.
#include "base/zone.hpp"

#include <chrono>

#include "base/error.hpp"
#include "support/property.hpp"

using namespace nines;
using namespace std::chrono_literals;

namespace {

Instant utc(const char* text) { return parse_rfc3339(text).value(); }

LocalTime local(const char* text) {
  return LocalTime{parse_rfc3339(std::string(text) + "Z").value().time_since_epoch()};
}

}  // namespace

TEST_CASE("zones are found by exact name or offset, never guessed") {
  for (const auto* name : {"Europe/Paris", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "CET"})
    CHECK(Zone::find(name)->name() == name);
  CHECK(Zone::find("Z")->name() == "UTC");
  CHECK(Zone::find("+00:00")->name() == "UTC");
  CHECK(Zone::find("-03:30")->offset_at({}) == -3h - 30min);
  for (const auto* name :
       {"", "Local", "localtime", "europe/paris", "Europe/Pari", "Europe", "/UTC",
        "../zoneinfo/UTC", "Europe/../UTC", "right/UTC", "posix/UTC", "tzdata.zi", "zone.tab",
        "+2:00", "+24:00", "+0200", "Europe/Paris\n", "Europe//Paris"})
    CHECK_FALSE(Zone::find(name).has_value());
}

TEST_CASE("wrong names get a hint") {
  CHECK(Zone::suggest("europe/paris") == std::vector<std::string>{"Europe/Paris"});
  CHECK(Zone::suggest("Europe/Pari").front() == "Europe/Paris");
  CHECK(Zone::suggest("Paris") == std::vector<std::string>{"Europe/Paris"});
  CHECK(Zone::suggest("Nowhere/Atlantis").empty());
}

TEST_CASE("offsets follow summer time") {
  const auto paris = Zone::find("Europe/Paris").value();
  CHECK(format_in(paris, utc("2026-11-23T08:14:00Z")) == "2026-11-23T09:14:00+01:00");
  CHECK(format_in(paris, utc("2026-07-01T08:14:00.25Z")) == "2026-07-01T10:14:00.25+02:00");
  CHECK(format_in(Zone::utc(), utc("2026-07-01T08:14:00Z")) == "2026-07-01T08:14:00+00:00");
  const auto delhi = Zone::find("Asia/Kolkata").value();
  CHECK(format_in(delhi, utc("2026-01-01T00:00:00Z")) == "2026-01-01T05:30:00+05:30");
  CHECK(format_in(Zone::fixed(-90min), utc("2026-01-01T00:00:00Z")) == "2025-12-31T22:30:00-01:30");
}

TEST_CASE("a skipped hour is a gap, a repeated one an overlap") {
  struct Case {
    const char *zone, *gap, *after_gap, *overlap, *earlier, *later;
  };
  const auto c = GENERATE(
      values<Case>({{"Europe/Paris", "2026-03-29T02:30:00", "2026-03-29T01:00:00Z",
                     "2026-10-25T02:30:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"},
                    {"America/New_York", "2026-03-08T02:00:00", "2026-03-08T07:00:00Z",
                     "2026-11-01T01:59:59", "2026-11-01T05:59:59Z", "2026-11-01T06:59:59Z"},
                    {"Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00Z",
                     "2026-04-05T01:45:00", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"}}));
  CAPTURE(c.zone);
  const auto zone = Zone::find(c.zone).value();
  const auto gap = zone.resolve(local(c.gap));
  CHECK(gap.kind == Zone::Kind::gap);
  CHECK(gap.first == utc(c.after_gap));
  CHECK(gap.second == gap.first);
  const auto overlap = zone.resolve(local(c.overlap));
  CHECK(overlap.kind == Zone::Kind::overlap);
  CHECK(overlap.first == utc(c.earlier));
  CHECK(overlap.second == utc(c.later));
}

TEST_CASE("a whole skipped day is a gap") {
  const auto apia = Zone::find("Pacific/Apia").value();
  const auto skipped = apia.resolve(local("2011-12-30T12:00:00"));
  CHECK(skipped.kind == Zone::Kind::gap);
  CHECK(format_in(apia, skipped.first) == "2011-12-31T00:00:00+14:00");
}

TEST_CASE("local time and back is the same instant or its twin") {
  test::holds(
      [](std::uint32_t second, std::uint32_t micros, std::uint8_t pick) {
        const char* names[] = {
            "Europe/Paris",        "America/New_York",  "Asia/Kolkata", "Pacific/Apia",
            "Australia/Lord_Howe", "Africa/Casablanca", "+05:45",       "UTC"};
        const auto zone = Zone::find(names[pick % 8]).value();
        const Instant t =
            Instant{} + std::chrono::seconds{second % 2'000'000'000} + Micros{micros % 1'000'000};
        const auto back = zone.resolve(zone.to_local(t));
        RC_ASSERT(back.kind != Zone::Kind::gap);
        RC_ASSERT(back.first == t || back.second == t);
      },
      2000);
}

TEST_CASE("the zone data says which version it is") { CHECK(zone_data_version().size() >= 5); }
