// Taking in the same twice, a longer copy, a corrected copy: nothing doubled, nothing reverted.
#include <algorithm>
#include <functional>
#include <memory>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "ingest/foreign.hpp"
#include "store/incidents.hpp"
#include "store/rebuild.hpp"
#include "store/store.hpp"
#include "unit/store/fixture.hpp"
#include "unit/usecases_incident/fresh.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/ingest.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using test::fresh_session;
using test::options_in;

namespace {

constexpr const char* kText =
    "# Incident on 2024-03-05\n\n- First detected: 2024-03-05 10:00\n- Resolved: 2024-03-05 "
    "11:00\n\n"
    "## Timeline\n\n- 2024-03-05 10:10: rollback\n- 2024-03-05 10:20: rollback again\n";

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
  auto session = fresh_session(folder);
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
  auto session = fresh_session(folder);
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
  auto session = fresh_session(folder);
  take(session, kText);
  correct_entry(session, {.incident = "1", .entry = "3", .text = "rollback of v2"}, false);
  const auto again = take(session, kText);
  CHECK(again.outcome == IngestOutcome::unchanged);
  CHECK(again.entries.at(1).text == "rollback of v2");
}

TEST_CASE("attached, it goes into that incident, also the next time", "[incident]") {
  const test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto opened = open_incident(session, {.title = "checkout is down"}, false);
  const auto attached = take(session, kText, opened.incident.name);
  CHECK(attached.incident.uid == opened.incident.uid);
  CHECK(attached.incident.status == incident::Status::declared);
  CHECK(take(session, kText).incident.uid == opened.incident.uid);
  CHECK(list_incidents(session, {.all = true}).size() == 1);
}

TEST_CASE("undo takes a whole document back, and a rebuild gives the same tables", "[incident]") {
  const test::TempFolder folder;
  auto session = fresh_session(folder);
  take(session, kText);
  const auto before = test::dump_projections(session.store().db());
  store::rebuild_projections(session.store());
  CHECK(test::dump_projections(session.store().db()) == before);
  undo(session, std::nullopt, false);
  CHECK(list_incidents(session, {.all = true}).empty());
}

TEST_CASE("what is in no format that is known is refused", "[incident]") {
  const test::TempFolder folder;
  auto session = fresh_session(folder);
  IngestRequest request;
  request.texts = {{"poem.txt", "nothing happened here\n"}};
  CHECK_THROWS_AS(ingest_incidents(session, request, false), Error);
}

TEST_CASE("what is larger than timelines get is refused, and its whole file with it",
          "[incident]") {
  const test::TempFolder folder;
  auto session = fresh_session(folder);
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
    auto session = fresh_session(folder);
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

namespace {

std::string many_lines(int lines) {
  std::string text = "# Outage of 2024-03-05\n\n## Timeline\n\n";
  for (int i = 0; i < lines; ++i) text += "- 2024-03-05 10:10: step " + std::to_string(i) + "\n";
  return text;
}

/// Does something else each time the clock was looked at so often: planning looks for every line.
Clock interrupted(int looks, std::function<void()> meanwhile) {
  return [looks, left = std::make_shared<int>(looks), meanwhile] {
    if (--*left == 0) {
      meanwhile();
      *left = looks;
    }
    return test::test_clock();
  };
}

}  // namespace

TEST_CASE("a large file that is taken in twice at once is recorded once", "[incident]") {
  const test::TempFolder folder;
  const auto text = many_lines(5'001);
  auto other = fresh_session(folder);
  int times = 0;
  auto options = options_in(folder);
  options.clock = interrupted(1'000, [&] {
    if (times++ == 0) take(other, text);
  });
  auto session = Session::open(options);
  const auto late = take(session, text);
  CHECK(times > 0);
  CHECK(late.outcome == IngestOutcome::unchanged);
  CHECK(late.unchanged == 5'001);
  CHECK(list_incidents(other, {.all = true}).size() == 1);
}

TEST_CASE("while others write all the time a large file is refused, and nothing of it recorded",
          "[incident]") {
  const test::TempFolder folder;
  auto other = fresh_session(folder);
  auto options = options_in(folder);
  options.clock = interrupted(4'000, [&] { open_incident(other, {.title = "another"}, false); });
  auto session = Session::open(options);
  try {
    take(session, many_lines(5'001));
    FAIL("it was recorded");
  } catch (const Error& error) {
    CHECK(error.kind() == ExitCode::busy);
    CHECK(error.code() == "STORE_BUSY");
  }
  for (const auto& row : list_incidents(other, {.all = true})) CHECK(row.title == "another");
}

TEST_CASE("two exports of one storm are told once, each line for one other", "[incident]") {
  const auto line = [](const std::string& name, int second) {
    ingest::ForeignEntry entry;
    entry.reference = name;
    entry.when.at = *parse_rfc3339("2024-03-05T10:00:00Z") + std::chrono::seconds{second};
    return entry;
  };
  ingest::ForeignIncident whole;
  constexpr int kLines = 20'000;
  for (int i = 0; i < kLines; ++i) {
    whole.entries.push_back(line("webhook/annotated/" + std::to_string(i), 0));
    whole.entries.push_back(line("log_entry/annotated/" + std::to_string(i), i % 6));
  }
  whole.entries.push_back(line("log_entry/annotated/one more", 5));
  whole.entries.push_back(line("log_entry/resolved/R", 2));
  whole.entries.push_back(line("webhook/resolved/S", 8));
  ingest::settle_parts(whole);
  CHECK(whole.entries.size() == kLines + 3);
}

TEST_CASE("an endless export of incidents is read as far as one gets", "[incident]") {
  std::string text = R"({"incidents":[)";
  for (int i = 0; i < 10'001; ++i)
    text += (i == 0 ? "" : ",") + std::string(R"({"id":"Q)") + std::to_string(i) +
            R"(","status":"triggered","title":")" + std::string(2'000, 'x') + R"("})";
  const auto document = ingest::read_foreign(ingest::ForeignFormat::pagerduty,
                                             {text + "]}", "all.json", Zone::utc(), {}});
  CHECK(document.incidents.size() == ingest::kMostForeignIncidents);
  CHECK(document.incidents.front().title.size() == ingest::kMostForeignName);
  REQUIRE(document.findings.size() == 2);
  CHECK(document.findings.front().code == "TOO_LARGE");
  CHECK(document.findings.back().code == "ENTRIES_MISSING");
  CHECK(document.findings.back().message.size() < 200);
}

TEST_CASE("a record without a name has the origin of another zone without being read again",
          "[incident]") {
  const auto berlin = *Zone::find("Europe/Berlin");
  for (const std::string text : {"10:10 <ada> rollback\n23:50 <bo> again\n",
                                 "time,text\n2024-03-05 00:10,rollback\n2024-03-05 00:20,again\n",
                                 "# Outage\n\n## Timeline\n\n- 2024-03-05 00:10: rollback\n"}) {
    const auto format = ingest::sniff_foreign(text);
    REQUIRE(format);
    ingest::ForeignInput input{text, "2024-03-05.txt", Zone::utc(),
                               *parse_rfc3339("2024-03-06T00:00:00Z")};
    const auto in_utc = ingest::read_foreign(*format, input).incidents.at(0);
    input.zone = berlin;
    const auto in_berlin = ingest::read_foreign(*format, input).incidents.at(0);
    CHECK(in_utc.origin != in_berlin.origin);
    CHECK(ingest::origin_in_zone(in_utc, Zone::utc(), berlin) == in_berlin.origin);
    CHECK(ingest::origin_in_zone(in_berlin, berlin, Zone::utc()) == in_utc.origin);
  }
}
