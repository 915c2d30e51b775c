// Fairness figures against published vectors, chance against measured ones, and the calendar file.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "domain/incident/fairness.hpp"
#include "domain/incident/icalendar.hpp"

using namespace nines;
using namespace nines::incident;

TEST_CASE("Gini, Jain, max over mean and deviation", "[oncall]") {
  struct Row {
    std::vector<double> loads;
    double gini, jain, max_over_mean, cv;
  };
  const Row rows[] = {
      {{5, 5, 5, 5}, 0, 1, 1, 0},
      {{10, 0, 0, 0}, .75, .25, 4, 1.732},
      {{8, 4, 4, 2, 2}, .28, .7692, 2.0, .548},
      {{12, 9, 3, 3, 2, 1}, .4222, .6048, 2.4, .808},
  };
  for (const auto& row : rows) {
    const auto f = fairness_of(row.loads);
    CHECK(f.gini == Approx(row.gini).margin(5e-5));
    CHECK(f.jain == Approx(row.jain).margin(5e-5));
    CHECK(f.max_over_mean == Approx(row.max_over_mean).margin(5e-4));
    CHECK(f.cv == Approx(row.cv).margin(5e-4));
  }
  CHECK(fairness_of({}).gini == 0);
  CHECK(fairness_of({0, 0}).jain == 1);
}

TEST_CASE("the Gini that chance gives", "[oncall]") {
  struct Row {
    std::int64_t people, units;
    double mean, p95;
  };
  // Measured elsewhere, to three digits; simulations differ by a little.
  const Row rows[] = {
      {6, 12, .326, .500}, {6, 30, .207, .322}, {6, 120, .106, .164}, {10, 50, .224, .316}};
  for (const auto& row : rows) {
    const auto chance = gini_by_chance(row.people, row.units);
    CHECK(chance.mean == Approx(row.mean).margin(.006));
    CHECK(chance.p95 == Approx(row.p95).margin(.012));
  }
  CHECK(gini_by_chance(1, 50).p95 == 0);
  CHECK(gini_by_chance(5, 0).p95 == 0);
}

TEST_CASE("a calendar is folded, escaped and in UTC", "[oncall]") {
  CalendarOptions options;
  options.name = "on call: caf\u00e9, bar";
  options.made_at = *parse_rfc3339("2026-11-23T09:00:00Z");
  options.display_names["ada"] =
      "Ada \u00c5ngstr\u00f6m-Okafor with a name that is longer than a line; truly";
  DutyShift shift;
  shift.role = "primary";
  shift.person = "ada";
  shift.when = {*parse_rfc3339("2026-12-01T08:00:00Z"), *parse_rfc3339("2026-12-08T08:00:00Z")};
  DutyShift gap;
  gap.role = "primary";
  gap.reason = DutyReason::nobody;
  gap.instead_of = "bo";
  gap.why = "leave\x1b[31m";
  gap.when = {shift.when.to, shift.when.to + std::chrono::hours{1}};
  const auto text = icalendar_of({{"payments", {shift, gap}}}, options);
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  CHECK(text.ends_with("END:VCALENDAR\r\n"));
  CHECK(text.find("DTSTART:20261201T080000Z\r\nDTEND:20261208T080000Z\r\n") != std::string::npos);
  CHECK(text.find("UID:payments-primary-20261201T080000Z@nines\r\n") != std::string::npos);
  CHECK(text.find("SUMMARY:NOBODY (payments primary)") != std::string::npos);
  CHECK(text.find("X-WR-CALNAME:on call: caf\u00e9\\, bar\r\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  std::string unfolded;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    CHECK(end - at <= 75);
    const bool cut = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    CHECK_FALSE(cut);
    unfolded +=
        text[at] == ' ' ? text.substr(at + 1, end - at - 1) : "\n" + text.substr(at, end - at);
    at = end + 2;
  }
  CHECK(unfolded.find("SUMMARY:Ada \u00c5ngstr\u00f6m-Okafor with a name that is longer than a "
                      "line\\; truly (payments primary)") != std::string::npos);
}
