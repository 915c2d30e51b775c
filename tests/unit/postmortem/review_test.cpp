// States of a review, days that postmortems are due, and factors that facts propose.
#include "domain/postmortem/model.hpp"

#include <catch2/catch.hpp>

#include "base/day.hpp"
#include "domain/postmortem/facilitation.hpp"
#include "domain/postmortem/factor.hpp"

using namespace nines;
using namespace nines::postmortem;
using Grade = incident::Severity;

namespace {

Instant at(const std::string& time) { return *parse_rfc3339("2026-11-23T" + time + ":00Z"); }

Review said(const std::string& who, Verdict verdict, const std::string& digest) {
  Review review;
  review.reviewer = who;
  review.verdict = verdict;
  review.digest = digest;
  return review;
}

incident::StatedTime moment(const std::string& time) {
  incident::StatedTime when;
  when.at = at(time);
  return when;
}

std::string rules_of(const FactorFacts& facts) {
  std::string all;
  for (const auto& one : propose_factors(facts)) all += std::string(one.rule) + " ";
  return all;
}

}  // namespace

TEST_CASE("a state follows from what was said about this very text") {
  Postmortem one;
  one.digest = "aa";
  CHECK(state_of(one) == State::draft);
  one.reviews = {said("bo", Verdict::none, "")};
  CHECK(state_of(one) == State::in_review);
  CHECK(waiting_reviews(one).size() == 1);
  one.reviews = {said("bo", Verdict::approve, "aa"), said("cy", Verdict::changes, "aa")};
  CHECK(state_of(one) == State::changes_asked);
  one.reviews[1] = said("cy", Verdict::approve, "aa");
  CHECK(state_of(one) == State::approved);
  one.published = Publication{"ada", {}, "aa", 1, {}};
  CHECK(state_of(one) == State::published);
  one.digest = "bb";
  CHECK(state_of(one) == State::in_review);
  CHECK(waiting_reviews(one).size() == 2);
}

TEST_CASE("days that postmortems are due, over weekends") {
  const auto friday = *parse_rfc3339("2026-11-27T18:00:00Z");
  CHECK(format_day(due_day(Grade::sev1, friday)) == "2026-11-30");
  CHECK(format_day(due_day(Grade::sev2, friday)) == "2026-12-04");
  CHECK(format_day(due_day(Grade::sev4, friday)) == "2026-12-11");
  CHECK(format_day(due_day(Grade::sev2, *parse_rfc3339("2026-11-28T00:00:00Z"))) ==
        "2026-12-04");
}

TEST_CASE("factors are proposed from facts, and silence proposes nothing") {
  incident::Record record;
  FactorFacts facts;
  facts.record = &record;
  CHECK(rules_of(facts).empty());
  record.head.services = {"checkout"};
  CHECK(rules_of(facts) == "never-drilled ");
  facts.drilled = {"checkout"};
  record.milestones["impact_started"] = moment("10:00");
  record.milestones["detected"] = moment("10:05");
  CHECK(rules_of(facts).empty());
  record.milestones["detected"] = moment("10:06");
  CHECK(rules_of(facts) == "late-detection ");
  facts.alerts_are_recorded = true;
  CHECK(rules_of(facts) == "late-detection silent-alert ");
  facts.alerts = {{"Late", at("10:30"), "", false}};
  CHECK(rules_of(facts) == "late-detection silent-alert missing-runbook ");
  facts.alerts = {{"A", at("10:04"), "r.md", true}, {"B", at("10:04"), "r.md", true}};
  CHECK(rules_of(facts) == "late-detection dead-runbook ");
  record.links = {{"r.md", "runbook"}};
  facts.alerts = {{"A", at("10:04"), "", false}};
  facts.night_pages = {{"ada", at("03:10"), "04:10 Europe/Paris"}};
  facts.overrides = {{"'p' by ada: promised", "OVR-1"}};
  facts.changes = {{"CHG-1", "deploy of checkout v2", "checkout", at("09:30")}};
  CHECK(rules_of(facts) == "late-detection night-page freeze-override recent-change ");
}

TEST_CASE("the facilitator's sheet shows what was on record at each choice") {
  incident::Record record;
  const auto line = [&](const std::string& time, incident::EntryKind kind, const std::string& text,
                        const std::string& who, const std::string& noted) {
    incident::Entry entry;
    entry.kind = kind;
    entry.when = moment(time);
    entry.text = text;
    entry.author = who;
    entry.recorded_at = at(noted);
    entry.name = std::to_string(record.entries.size() + 1);
    record.entries.push_back(entry);
  };
  using Kind = incident::EntryKind;
  line("10:00", Kind::observation, "errors rise", "ada", "10:00");
  line("10:02", Kind::observation, "a disk was full", "bo", "12:00");
  line("10:05", Kind::decision, "roll back", "ada", "10:05");
  line("10:40", Kind::note, "surprise: it did not help", "bo", "10:40");
  record.roles = {{"commander", "ada", {}, {}}, {"scribe", "cy", {}, {}}};
  const auto sheet = facilitation_sheet(record);
  REQUIRE(sheet.decisions.size() == 1);
  REQUIRE(sheet.decisions[0].visible.size() == 2);
  CHECK(!sheet.decisions[0].visible[0].noted_later);
  CHECK(sheet.decisions[0].visible[1].noted_later);
  REQUIRE(sheet.holes.size() == 1);
  CHECK(sheet.holes[0].from == at("10:05"));
  CHECK(sheet.responders == std::vector<std::string>{"ada", "bo", "cy"});
  CHECK(sheet.interviews.front().person == "ada");
  for (const auto& question : sheet.questions)
    CHECK(question.find("surprise") == std::string::npos);
}
