// The on-call table: cases.txt against the rotas of rotas.yaml, in whatever zone this process runs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>
#include <map>
#include <sstream>
#include <string>

#include "base/text.hpp"
#include "domain/incident/absences.hpp"
#include "domain/incident/rota.hpp"
#include "support/shared_data.hpp"
#include "yaml/definitions.hpp"

namespace {

using namespace nines;
using incident::Rota;

const std::filesystem::path kFolder = nines::test::repository() / "tests" / "unit" / "oncall";

std::map<std::string, Rota> read_rotas() {
  const auto text = nines::test::read_file(kFolder / "rotas.yaml");
  const auto reading = yaml::read_definitions(text, "rotas.yaml");
  REQUIRE(reading.findings.empty());
  std::map<std::string, Rota> rotas;
  incident::Absences absences;
  for (const auto& definition : reading.definitions) {
    if (const auto* rota = std::get_if<Rota>(&definition.object)) rotas[rota->name] = *rota;
    if (const auto* person = std::get_if<catalog::Person>(&definition.object))
      absences.people[person->name] = *person;
    if (const auto* calendar = std::get_if<catalog::Calendar>(&definition.object))
      absences.calendars[calendar->name] = *calendar;
  }
  for (auto& [name, rota] : rotas) rota.blackouts = incident::blackouts_of(rota, absences);
  return rotas;
}

struct Case {
  std::string line;
  std::string rota, role, person, reason;
  Instant at;
};

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::istringstream lines(nines::test::read_file(kFolder / "cases.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    Case c;
    c.line = line;
    std::string at;
    std::istringstream(line) >> c.rota >> c.role >> at >> c.person >> c.reason;
    c.at = parse_rfc3339(at).value();
    cases.push_back(std::move(c));
  }
  return cases;
}

/// The stretch of the role that holds `at`.
incident::DutyShift duty_at(const Rota& rota, const std::string& role, Instant at) {
  for (const auto& shift : incident::duty_timeline(rota, {at, at + Micros{1}}))
    if (shift.role == role) return shift;
  return {};
}

}  // namespace

TEST_CASE("the on-call table holds", "[oncall]") {
  const auto rotas = read_rotas();
  const auto cases = read_cases();
  CHECK(cases.size() >= 150);
  for (const auto& c : cases) {
    INFO(c.line);
    const auto found = duty_at(rotas.at(c.rota), c.role, c.at);
    CHECK((found.person.empty() ? "-" : found.person) == c.person);
    CHECK(std::string(to_string(found.reason)) == c.reason);
  }
}

TEST_CASE("a year at once says what each instant says", "[oncall]") {
  const auto rotas = read_rotas();
  const auto from = parse_rfc3339("2026-01-01T00:00:00Z").value();
  const auto to = parse_rfc3339("2028-03-01T00:00:00Z").value();
  std::map<std::string, std::vector<incident::DutyShift>> timelines;
  for (const auto& [name, rota] : rotas) {
    timelines[name] = incident::duty_timeline(rota, {from, to});
    // Each role is tiled without a hole.
    for (const auto& role : rota.roles()) {
      auto edge = from;
      for (const auto& shift : timelines[name]) {
        if (shift.role != role) continue;
        CHECK(shift.when.from == edge);
        CHECK(shift.when.to > shift.when.from);
        edge = shift.when.to;
      }
      CHECK(edge == to);
    }
  }
  for (const auto& c : read_cases()) {
    INFO(c.line);
    const auto& timeline = timelines.at(c.rota);
    const auto found = std::find_if(timeline.begin(), timeline.end(), [&](const auto& shift) {
      return shift.role == c.role && shift.when.from <= c.at && c.at < shift.when.to;
    });
    REQUIRE(found != timeline.end());
    CHECK((found->person.empty() ? "-" : found->person) == c.person);
  }
}

TEST_CASE("the stretch of somebody on duty is whole", "[oncall]") {
  const auto rotas = read_rotas();
  const auto on = incident::on_duty(rotas.at("paris-week"), *parse_rfc3339("2026-10-22T12:00:00Z"));
  REQUIRE(on.size() == 1);
  CHECK(on[0].person == "cy");
  CHECK(format_utc(on[0].when.from) == "2026-10-19T07:00:00Z");
  CHECK(format_utc(on[0].when.to) == "2026-10-26T08:00:00Z");  // 169 hours
  CHECK(
      incident::on_duty(rotas.at("weekday-keep"), *parse_rfc3339("2026-03-07T10:00:00Z")).empty());
  const auto both = incident::on_duty(rotas.at("roles"), *parse_rfc3339("2026-12-08T12:00:00Z"));
  REQUIRE(both.size() == 2);
  CHECK(both[1].role == "secondary");
}

TEST_CASE("an absence is told with whose turn it is", "[oncall]") {
  const auto rotas = read_rotas();
  const auto gap = duty_at(rotas.at("roles"), "primary", *parse_rfc3339("2026-12-26T12:00:00Z"));
  CHECK(gap.person.empty());
  CHECK(gap.instead_of == "cy");
  CHECK(gap.why == "Christmas");
  const auto filled =
      duty_at(rotas.at("roles"), "secondary", *parse_rfc3339("2026-12-16T12:00:00Z"));
  CHECK(filled.person == "dee");
}
