// Fairness of pages against chance, nights by local clock, and time awake.
#include <catch2/catch.hpp>

#include "domain/incident/escalation_replay.hpp"
#include "domain/incident/page_load.hpp"

namespace {

using namespace nines;
using namespace nines::incident;

Instant at(const char* text) { return *parse_rfc3339(text); }

Page page_of(const std::string& person, const char* when, std::uint8_t incident = 1) {
  Page page;
  page.person = person;
  page.at = at(when);
  page.incident.bytes[0] = incident;
  page.result = PageResult::sent;
  return page;
}

Uid incident_uid(std::uint8_t n) {
  Uid uid{};
  uid.bytes[0] = n;
  return uid;
}

}  // namespace

TEST_CASE("fairness: what chance explains") {
  // Published 95th percentiles of the Gini: 6 people 12, 30 and 120 pages, 10 people 50 pages.
  struct Row {
    std::vector<std::int64_t> loads;
    double p95;
  };
  const Row rows[] = {{{2, 2, 2, 2, 2, 2}, .500},
                      {{5, 5, 5, 5, 5, 5}, .322},
                      {{20, 20, 20, 20, 20, 20}, .164},
                      {{5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, .316}};
  for (const auto& row : rows) {
    const auto fairness = load_fairness(row.loads, {});
    CHECK(fairness.gini_by_chance == Approx(row.p95).margin(.012));
    CHECK_FALSE(fairness.uneven);
  }
  CHECK(load_fairness({30, 0, 0, 0, 0, 0}, {}).uneven);
  CHECK(load_fairness({30, 0}, {1, 0}).people == 1);  // who served nothing is not compared
  CHECK_FALSE(load_fairness({20, 10}, {2, 1}).uneven);
  CHECK(load_fairness({20, 10}, {2, 1}).figures.gini == Approx(0).margin(1e-9));
  CHECK(load_fairness({}, {}).people == 0);
}

TEST_CASE("page load: nights and weekends by each person's own clock") {
  PageLoadInput input;
  input.now = at("2026-11-30T00:00:00Z");
  input.zones.emplace("ada", *Zone::find("Europe/Berlin"));
  input.zones.emplace("bo", *Zone::find("America/New_York"));
  // 05:30Z is 06:30 in Berlin (night) and 00:30 in New York (night); 12:00Z is neither.
  input.pages = {page_of("ada", "2026-11-24T05:30:00Z"), page_of("ada", "2026-11-24T05:45:00Z"),
                 page_of("bo", "2026-11-24T12:00:00Z", 2),
                 page_of("bo", "2026-11-28T17:00:00Z", 3)};
  input.incidents[incident_uid(1)] = {at("2026-11-24T05:50:00Z"), true, false};
  input.incidents[incident_uid(2)] = {at("2026-11-24T13:00:00Z"), false, false};
  input.incidents[incident_uid(3)] = {std::nullopt, false, true};
  const auto load = page_load(input);
  REQUIRE(load.people.size() == 2);
  const auto& ada = load.people[0];
  CHECK(ada.pages == 2);
  CHECK(ada.night == 2);
  CHECK(ada.repeats == 1);
  CHECK(ada.awake_s == 20 * 60);  // 05:30 to 05:50, the second stretch lies in the first
  CHECK(ada.weekend == 0);
  CHECK(ada.unanswered == 0);
  const auto& bo = load.people[1];
  CHECK(bo.night == 0);
  CHECK(bo.weekend == 1);
  CHECK(bo.unanswered == 1);  // the open one may still be answered
  REQUIRE(load.nights.size() == 1);
  CHECK(load.nights[0].night == "2026-11-23");
  CHECK(load.nights[0].people == 1);
}

TEST_CASE("page load: the long and the short night") {
  const auto berlin = *Zone::find("Europe/Berlin");
  const auto autumn = night_of(berlin, at("2026-10-25T01:30:00Z"));
  REQUIRE(autumn);
  CHECK(autumn->to - autumn->from == std::chrono::hours{10});
  const auto spring = night_of(berlin, at("2026-03-29T00:30:00Z"));
  REQUIRE(spring);
  CHECK(spring->to - spring->from == std::chrono::hours{8});
  CHECK_FALSE(night_of(berlin, at("2026-11-23T06:00:00Z")));  // 07:00
  CHECK(night_of(berlin, at("2026-11-23T05:59:59Z")));
  CHECK(night_of(berlin, at("2026-11-23T21:00:00Z")));  // 22:00
}

TEST_CASE("replay: the recorded reaction is kept, the policy decides the rest") {
  EscalationPolicy proposed;
  proposed.name = "proposed";
  EscalationStep step;
  step.name = "wait";
  step.delay = std::chrono::minutes{10};
  step.answer_within = std::chrono::minutes{5};
  step.notify = {{TargetKind::person, "ada"}};
  proposed.steps.push_back(step);
  step.name = "more";
  step.delay = Micros{0};
  step.notify = {{TargetKind::person, "bo"}};
  proposed.steps.push_back(step);
  Surroundings around;
  around.people = [](const Target& target, Instant) { return std::vector{target.name}; };
  around.zone_of = [](const std::string&) { return std::optional<Zone>(); };
  ReplayCase recorded;
  recorded.name = "INC-1";
  recorded.severity = incident::Severity::sev1;
  recorded.opened_at = at("2026-11-23T02:00:00Z");
  recorded.answered_at = at("2026-11-23T02:07:00Z");
  recorded.pages = {page_of("ada", "2026-11-23T02:01:00Z")};
  const auto line = replay(recorded, proposed, nullptr, around);
  CHECK(line.answer_time == std::chrono::minutes{6});
  REQUIRE(line.before);
  CHECK(line.before->to_human == std::chrono::minutes{7});
  CHECK(line.before->night_pages == 1);
  // Paged after 10 minutes, answered 6 later; by then the second step was due too.
  CHECK(line.after.to_human == std::chrono::minutes{16});
  CHECK(line.after.pages == 2);
  CHECK(line.after.night_pages == 2);
  CHECK_FALSE(line.after.exhausted);
  SECTION("nobody answered: it goes to the end") {
    recorded.answered_at.reset();
    const auto silent = replay(recorded, proposed, nullptr, around);
    CHECK_FALSE(silent.after.to_human);
    CHECK(silent.after.exhausted);
  }
  SECTION("totals name what they count") {
    const auto totals = totals_of({line});
    CHECK(totals.compared == 1);
    CHECK(totals.later == 1);
    CHECK(totals.median_after == std::chrono::minutes{16});
    CHECK(totals.night_after == 2);
  }
}
