// Drills: drafts without names, documents that read back, scores that never take silence for zero.
#include "domain/incident/drill.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::incident;
using std::chrono::minutes;

namespace {

const Instant kBegin = *parse_rfc3339("2026-11-23T09:00:00Z");

Entry line(std::string name, Micros after, std::string text, EntryKind kind = EntryKind::note,
           std::string author = "ada") {
  Entry entry;
  entry.name = std::move(name);
  entry.when.at = kBegin + after;
  entry.text = std::move(text);
  entry.kind = kind;
  entry.author = std::move(author);
  return entry;
}

Drill drill_of() {
  Drill drill;
  drill.name = "DRL-1";
  drill.started_at = kBegin;
  drill.scenario.expected = {minutes{5}, minutes{5}, minutes{20}, minutes{30}, minutes{15}};
  drill.scenario.injects = {{Micros{0}, "", "errors"}, {minutes{10}, "", "more"}};
  return drill;
}

const DrillMeasure& measure(const DrillScore& score, std::string_view name) {
  for (const auto& one : score.measures)
    if (one.name == name) return one;
  throw std::runtime_error("no such measure");
}

}  // namespace

TEST_CASE("what is not on record was not observed") {
  const auto score = score_drill(drill_of(), Record{});
  REQUIRE(score.measures.size() == 5);
  for (const auto& one : score.measures) {
    CHECK_FALSE(one.actual);
    CHECK_FALSE(one.method.empty());
  }
  CHECK(score.findings.size() == 5);
}

TEST_CASE("times come from milestones and lines of the participants") {
  auto drill = drill_of();
  drill.scenario.diagnosis = "(?i)pool";
  Record record;
  record.milestones["acknowledged"] = {.at = kBegin + minutes{4}};
  record.milestones["mitigated"] = {.at = kBegin + minutes{40}};
  record.entries = {line("1", minutes{1}, "the pool is named by the exercise"),
                    line("2", minutes{12}, "the Pool is full", EntryKind::hypothesis),
                    line("3", minutes{14}, "told support", EntryKind::communication)};
  record.entries[0].origin = {"drill", "x/0"};
  const auto score = score_drill(drill, record);
  CHECK(measure(score, "detect").actual == minutes{4});
  CHECK(measure(score, "detect").method == "milestone 'acknowledged': 'detected' was not set");
  CHECK(measure(score, "diagnose").actual == minutes{12});
  CHECK(measure(score, "mitigate").actual == minutes{40});
  CHECK(measure(score, "communicate").actual == minutes{14});
  REQUIRE(score.findings.size() == 1);
  CHECK(score.findings[0].text == "to mitigate took 40m, expected within 30m");
}

TEST_CASE("a fast clock is counted in the scenario's time") {
  auto drill = drill_of();
  drill.speed = 10;
  CHECK(due_at(drill, 1) == kBegin + minutes{1});
  Record record;
  record.milestones["acknowledged"] = {.at = kBegin + minutes{1}};
  CHECK(measure(score_drill(drill, record), "acknowledge").actual == minutes{10});
}

TEST_CASE("runbook steps are used, missing or wrong, and surprises are taken up") {
  auto drill = drill_of();
  drill.scenario.expected = {};
  drill.scenario.runbook = {
      {"fail over", "(?i)failed over"}, {"restart", "(?i)restarted"}, {"tell", "(?i)told"}};
  Record record;
  record.entries = {line("1", minutes{1}, "failed over to db-2"),
                    line("2", minutes{2}, "wrong: restart needs another name"),
                    line("3", minutes{3}, "Surprise: nobody has the key")};
  const auto score = score_drill(drill, record);
  REQUIRE(score.runbook.size() == 3);
  CHECK(score.runbook[0].state == "used");
  CHECK(score.runbook[0].line == "1");
  CHECK(score.runbook[1].state == "wrong");
  CHECK(score.runbook[2].state == "missing");
  CHECK(score.surprises == std::vector<std::string>{"nobody has the key"});
  CHECK(score.findings.size() == 3);
}

TEST_CASE("a draft holds what came from outside, without names, and reads back") {
  Record past;
  past.head.name = "INC-7";
  past.head.title = "Ada's checkout is down";
  past.head.services = {"checkout"};
  past.head.severity = Severity::sev1;
  past.head.opened_at = kBegin;
  past.roles = {{"commander", "ada", kBegin, std::nullopt}};
  past.milestones["impact_started"] = {.at = kBegin};
  past.milestones["acknowledged"] = {.at = kBegin + minutes{5}};
  past.entries = {
      line("1", minutes{1}, "@ada and bo see errors, adamant ones", EntryKind::observation, "bo"),
      line("2", minutes{2}, "write to bo@example.org", EntryKind::communication, "bo"),
      line("3", minutes{3}, "restarted it", EntryKind::action, "bo"),
      line("4", minutes{9}, "the pool", EntryKind::hypothesis, "bo")};
  const auto draft = draft_drill(past, "again");
  REQUIRE(draft.injects.size() == 2);
  CHECK(draft.injects[0].text == "the commander and a responder see errors, adamant ones");
  CHECK(draft.injects[1].text == "write to (an address)");
  CHECK(draft.injects[1].at == minutes{2});
  CHECK(draft.objective.find("the commander's checkout") != std::string::npos);
  CHECK(draft.expected.acknowledge == minutes{5});
  CHECK(draft.expected.diagnose == minutes{9});
  CHECK_FALSE(draft.expected.mitigate);
  const auto read = drill_from(document_of(draft));
  REQUIRE(read);
  CHECK(document_of(*read) == document_of(draft));
  CHECK_FALSE(drill_from(Json::object({{"kind", "SLO"}})));
}
