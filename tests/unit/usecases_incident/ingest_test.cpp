// Taking in the same twice, a longer copy, a corrected copy: nothing doubled, nothing reverted.
#include <algorithm>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/incidents.hpp"
#include "store/rebuild.hpp"
#include "store/store.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/ingest.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;

namespace {

constexpr const char* kText =
    "# Incident on 2024-03-05\n\n- First detected: 2024-03-05 10:00\n- Resolved: 2024-03-05 "
    "11:00\n\n"
    "## Timeline\n\n- 2024-03-05 10:10: rollback\n- 2024-03-05 10:20: rollback again\n";

SessionOptions options_in(const test::TempFolder& folder) {
  SessionOptions options;
  options.db = folder / "nines.db";
  options.write = options.create = true;
  options.clock = test::test_clock;
  options.actor = "ada";
  options.command = "test";
  options.state_folder = folder / "state";
  return options;
}

Ingested take(Session& session, const std::string& text, std::optional<std::string> into = {}) {
  IngestRequest request;
  request.texts = {{"postmortem.md", text}};
  request.zone = {Zone::utc(), "assumed"};
  request.incident = std::move(into);
  auto result = ingest_incidents(session, request, false);
  REQUIRE(result.incidents.size() == 1);
  return std::move(result.incidents.front());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("the same document twice adds nothing", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  const auto first = take(session, kText);
  CHECK(first.outcome == IngestOutcome::recorded);
  CHECK(first.added == 4);
  CHECK(first.incident.mode == incident::Mode::retrospective);
  CHECK(first.incident.status == incident::Status::resolved);
  const auto again = take(session, kText);
  CHECK(again.outcome == IngestOutcome::unchanged);
  CHECK(again.unchanged == 4);
  CHECK(again.incident.uid == first.incident.uid);
  CHECK(list_incidents(session, {.all = true}).size() == 1);
}

TEST_CASE("a longer copy adds, a changed line corrects, a missing one stays", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  take(session, kText);
  const auto longer = take(session, std::string(kText) + "- 2024-03-05 10:40: traffic is normal\n");
  CHECK(longer.added == 1);
  CHECK(longer.unchanged == 4);
  auto text = replaced(kText, "10:20: rollback again", "10:25: rollback again");
  text = replaced(text, "11:00", "11:30");
  const auto changed = take(session, text);
  CHECK(changed.added == 0);
  CHECK(changed.corrected == 2);
  CHECK(changed.missing == 1);
  const auto view = show_incident(session, std::string("1"));
  CHECK(view.record.milestones.at("resolved").at == *parse_rfc3339("2024-03-05T11:30:00Z"));
  CHECK(take(session, text).outcome == IngestOutcome::unchanged);
}

TEST_CASE("what a person set stands", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  take(session, kText);
  correct_entry(session, {.incident = "1", .entry = "3", .text = "rollback of v2"}, false);
  const auto again = take(session, kText);
  CHECK(again.outcome == IngestOutcome::unchanged);
  CHECK(again.entries.at(1).text == "rollback of v2");
}

TEST_CASE("attached, it goes into that incident, also the next time", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  const auto opened = open_incident(session, {.title = "checkout is down"}, false);
  const auto attached = take(session, kText, opened.incident.name);
  CHECK(attached.incident.uid == opened.incident.uid);
  CHECK(attached.incident.status == incident::Status::declared);
  CHECK(take(session, kText).incident.uid == opened.incident.uid);
  CHECK(list_incidents(session, {.all = true}).size() == 1);
}

TEST_CASE("undo takes a whole document back, and a rebuild gives the same tables", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  take(session, kText);
  const auto before = test::dump_projections(session.store().db());
  store::rebuild_projections(session.store());
  CHECK(test::dump_projections(session.store().db()) == before);
  undo(session, std::nullopt, false);
  CHECK(list_incidents(session, {.all = true}).empty());
}

TEST_CASE("what is in no format that is known is refused", "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  IngestRequest request;
  request.texts = {{"poem.txt", "nothing happened here\n"}};
  CHECK_THROWS_AS(ingest_incidents(session, request, false), Error);
}

TEST_CASE("what is larger than timelines get is refused, and its whole file with it",
          "[incident]") {
  const test::TempFolder folder;
  auto session = Session::open(options_in(folder));
  IngestRequest request;
  const std::string text((32u << 20) + 1, 'x');
  request.texts = {{"fine.md", kText}, {"large.md", text}};
  CHECK_THROWS_AS(ingest_incidents(session, request, false), Error);
  CHECK(list_incidents(session, {.all = true}).empty());
}

TEST_CASE("webhooks in any order come to what the export says", "[incident]") {
  const auto event = [](const std::string& id, const std::string& type, int minute) {
    return R"({"event":{"id":")" + id + R"(","event_type":"incident.)" + type +
           R"(","occurred_at":"2024-03-05T10:)" + std::to_string(minute) +
           R"(:00Z","data":{"id":"Q1","title":"API"}}})" + "\n";
  };
  std::vector<std::string> parts{event("A", "triggered", 10),      event("B", "acknowledged", 12),
                                 event("C", "unacknowledged", 20), event("D", "acknowledged", 25),
                                 event("E", "resolved", 30),       event("F", "reopened", 40),
                                 event("G", "resolved", 50)};
  std::sort(parts.begin(), parts.end());
  int orders = 0;
  do {
    if (orders++ % 601 != 0) continue;  // of 5,040
    const test::TempFolder folder;
    auto session = Session::open(options_in(folder));
    for (const auto& part : parts) take(session, part);
    const auto record = show_incident(session, "1").record;
    CHECK(record.head.status == incident::Status::resolved);
    CHECK(format_utc(record.milestones.at("detected").at) == "2024-03-05T10:10:00Z");
    CHECK(format_utc(record.milestones.at("acknowledged").at) == "2024-03-05T10:12:00Z");
    CHECK(format_utc(record.milestones.at("resolved").at) == "2024-03-05T10:50:00Z");
    std::vector<std::string> told;
    for (const auto& entry : record.entries)
      if (entry.number > 0) told.push_back(entry.text.substr(0, 8));
    CHECK(told == std::vector<std::string>{"triggere", "acknowle", "unacknow", "acknowle",
                                           "resolved", "reopened", "resolved"});
  } while (std::next_permutation(parts.begin(), parts.end()));
}
