// Impact as stretches of time, and what a ledger gets of it.
#include "domain/incident/impact.hpp"

#include <catch2/catch.hpp>

#include "domain/incident/lifecycle.hpp"
#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::kNine;

namespace {

Instant minute(int m) { return kNine + std::chrono::minutes{m}; }
StatedTime stated_minute(int m) { return {.at = minute(m)}; }

Record record_of(std::vector<ImpactStep> steps) {
  Record record;
  record.head.name = "INC-1";
  record.head.title = "checkout is down";
  record.head.services = {"checkout"};
  record.head.opened_at = minute(5);
  record.impact = std::move(steps);
  return record;
}

ImpactStep step(std::string service, ImpactLevel level, int m) {
  return {std::move(service), {}, level, std::nullopt, stated_minute(m)};
}

}  // namespace

TEST_CASE("a step holds until the next one of its service", "[incident]") {
  auto record =
      record_of({step("checkout", ImpactLevel::full, 0), step("checkout", ImpactLevel::partial, 10),
                 step("web", ImpactLevel::degraded, 3), step("checkout", ImpactLevel::none, 20)});
  const auto spans = impact_spans(record, minute(60));
  REQUIRE(spans.size() == 3);
  CHECK(spans[0].period == slo::Period{minute(0), minute(10)});
  CHECK(spans[1].period == slo::Period{minute(10), minute(20)});
  CHECK(spans[2].service == "web");
  CHECK(spans[2].period.to == minute(60));
}

TEST_CASE("what was not said to end ends with the incident", "[incident]") {
  auto record = record_of({step("checkout", ImpactLevel::full, 0)});
  record.milestones.emplace("resolved", stated_minute(30));
  CHECK(impact_spans(record, minute(60)).front().period.to == minute(30));
}

TEST_CASE("without steps the milestones stand in, and say so", "[incident]") {
  auto record = record_of({});
  record.milestones.emplace("impact_started", stated_minute(-10));
  record.milestones.emplace("recovered", stated_minute(12));
  record.milestones.emplace("resolved", stated_minute(40));
  const auto spans = impact_spans(record, minute(60));
  REQUIRE(spans.size() == 1);
  CHECK(spans[0].period == slo::Period{minute(-10), minute(12)});
  CHECK_FALSE(spans[0].stated);
}

TEST_CASE("a drill claims no bad event", "[incident]") {
  auto record = record_of({step("checkout", ImpactLevel::full, 0)});
  CHECK(attributions(record, "checkout", minute(9)).size() == 1);
  CHECK(attributions(record, "web", minute(9)).empty());
  record.head.mode = Mode::drill;
  CHECK(attributions(record, "checkout", minute(9)).empty());
}

TEST_CASE("steps of a life go forward, and back only by reopening", "[incident]") {
  Incident incident;
  incident.name = "INC-1";
  CHECK_FALSE(refuse_step(incident, {Status::resolved}));
  CHECK(refuse_reopening(incident));
  incident.status = Status::resolved;
  CHECK(refuse_step(incident, {Status::mitigated}));
  CHECK(refuse_step(incident, {Status::resolved}));
  CHECK_FALSE(refuse_reopening(incident));
  incident.status = Status::closed;
  CHECK(refuse_step(incident, {Status::closed, Outcome::resolved}));
  incident.into = "INC-2";
  CHECK(refuse_reopening(incident)->what == "'INC-1' went on as 'INC-2'");
}

TEST_CASE("severities are read as people write them", "[incident]") {
  for (const auto* text : {"1", "sev1", "SEV-1", "Sev1"})
    CHECK(severity_from(text) == Severity::sev1);
  CHECK(severity_from("unknown") == Severity::undetermined);
  for (const auto* text : {"", "0", "6", "sev", "11", "high"}) CHECK_FALSE(severity_from(text));
}
