// Whose turn it is in a role, by counts worked out by hand; duty changes through their event
// bodies.
#include <catch2/catch.hpp>
#include <string>

#include "domain/incident/duty_change.hpp"
#include "domain/incident/role_rotation.hpp"

using namespace nines;
using namespace nines::incident;

namespace {

Instant day(const char* text) { return *parse_rfc3339(std::string(text) + "T12:00:00Z"); }

}  // namespace

TEST_CASE("roles go to those who held them least and longest ago", "[oncall]") {
  const std::vector<Candidate> team{{"ada", ""}, {"bo", ""}, {"cy", ""}, {"dee", "leave"}};
  const std::vector<RoleHeld> history{
      {"INC-1", "commander", "ada", day("2026-03-01")},
      {"INC-2", "commander", "bo", day("2026-04-01")},
      {"INC-3", "commander", "cy", day("2026-09-01")},
      {"INC-3", "scribe", "ada", day("2026-09-01")},
      {"INC-4", "commander", "cy", day("2026-10-01")},
      // The same incident twice counts once; what lies ahead not at all.
      {"INC-2", "commander", "bo", day("2026-04-02")},
      {"INC-9", "commander", "ada", day("2027-01-01")},
  };
  const auto made =
      suggest_roles({"commander", "scribe", "deputy", "liaison"}, team, history, day("2026-11-23"));
  REQUIRE(made.size() == 4);
  // Ada and Bo once each: Ada's is longer ago. Dee never, but is away.
  CHECK(made[0].person == "ada");
  CHECK(made[0].reasons.front() == "was commander once, last on 2026-03-01");
  // Ada has a role already; Bo and Cy never wrote: Bo has no role in 90 days, Cy two.
  CHECK(made[1].person == "bo");
  CHECK(made[1].reasons.front() == "has not been scribe yet");
  CHECK(made[2].person == "cy");
  CHECK(made[3].person.empty());
  REQUIRE(made[0].records.size() == 4);
  CHECK(made[0].records[2].person == "cy");
  CHECK(made[0].records[2].times == 2);
  CHECK(made[0].records[2].recent == 2);
  CHECK(made[0].records[1].times == 1);
}

TEST_CASE("a change of duty is read back from its event", "[oncall]") {
  DutyChange change;
  change.rota = "payments";
  change.kind = DutyChange::Kind::swap;
  change.person = "ada";
  change.with = "bo";
  change.when = {day("2026-12-01"), day("2026-12-08")};
  change.back = Period{day("2026-12-15"), day("2026-12-22")};
  const auto read = duty_change_from(to_json(change));
  REQUIRE(read);
  CHECK(read->kind == DutyChange::Kind::swap);
  CHECK(read->with == "bo");
  CHECK(read->when == change.when);
  CHECK(read->back == change.back);
  auto backwards = to_json(change);
  backwards.set("to", format_utc(day("2026-11-01")));
  CHECK_FALSE(duty_change_from(backwards));
}

TEST_CASE("a swap without return leaves the other's turns alone", "[oncall]") {
  Rota rota;
  Layer layer{"week", "primary", Zone::utc(), {}, {}, false};
  LayerVersion version;
  version.from = version.start = *slo::parse_anchor("2026-11-02 00:00:00");
  version.turns = {{0, 7, 0}};
  version.participants = {"ada", "bo"};
  layer.versions.push_back(version);
  rota.layers.push_back(layer);
  DutyChange change;
  change.kind = DutyChange::Kind::swap;
  change.person = "ada";
  change.with = "bo";
  change.when = {day("2026-11-01"), day("2026-11-30")};
  add_change(rota, change);
  for (const auto& shift : shifts(rota, day("2026-11-03"), day("2026-11-28")))
    CHECK(shift.person == "bo");
  change.cancelled = true;
  Rota untouched;
  add_change(untouched, change);
  CHECK(untouched.swaps.empty());
}
