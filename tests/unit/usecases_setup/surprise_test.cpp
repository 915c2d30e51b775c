// What stands out in a first set of incidents, and how sure one can be of it.
#include <cmath>

#include <catch2/catch.hpp>

#include "usecases/setup/init_incidents.hpp"

using namespace nines;
using namespace nines::usecases;

namespace {

std::vector<Ingested> on_days(const std::vector<const char*>& days) {
  std::vector<Ingested> incidents;
  for (const auto* day : days) {
    Ingested one;
    one.incident.name = "INC-" + std::to_string(incidents.size() + 1);
    one.incident.opened_at = *parse_rfc3339(std::string(day) + "T23:30:00Z");
    incidents.push_back(std::move(one));
  }
  return incidents;
}

}  // namespace

TEST_CASE("surprise: the bound of one day among seven", "[setup]") {
  CHECK(chance_of_day(1, 1) == Approx(1));
  CHECK(chance_of_day(2, 2) == Approx(1.0 / 7));  // both on one day: exactly
  CHECK(chance_of_day(8, 8) == Approx(std::pow(1.0 / 7, 7)));
  CHECK(chance_of_day(0, 5) == 1);
}

TEST_CASE("surprise: a weekday only where chance would not do it, in the zone given", "[setup]") {
  // 2024-03-05 was a Tuesday; in Paris 23:30Z is the day after.
  const auto tuesdays = on_days({"2024-03-05", "2024-03-12", "2024-03-19", "2024-03-26",
                                 "2024-04-02", "2024-04-09", "2024-04-15", "2024-04-18"});
  CHECK(surprise_of(tuesdays, Zone::utc())->text.find("6 of 8 incidents began on a Tuesday") == 0);
  CHECK(surprise_of(tuesdays, *Zone::find("Europe/Paris"))->text.find("on a Wednesday") !=
        std::string::npos);
  const auto mixed = on_days({"2024-03-05", "2024-03-06", "2024-03-07", "2024-03-08", "2024-03-09",
                              "2024-03-10", "2024-03-11", "2024-03-12"});
  CHECK(surprise_of(mixed, Zone::utc())->text.find("took longest") != std::string::npos);
  CHECK_FALSE(surprise_of({}, Zone::utc()));
}

TEST_CASE("surprise: a stated duration that is contradicted comes first", "[setup]") {
  auto some = on_days({"2024-03-05", "2024-03-06"});
  some[0].contradictions.push_back({Severity::warning, "TIMELINE_GAP", "a gap"});
  some[1].contradictions.push_back({Severity::warning, "DURATION_CONTRADICTED", "3h is not 2h"});
  CHECK(surprise_of(some, Zone::utc())->text.find("3h is not 2h") != std::string::npos);
}
