// Alerts through their use case: recorded once, one proposal per group, followed once accepted.
#include "usecases/incident/alerts.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "ingest/json_stream.hpp"
#include "store/alerts.hpp"
#include "store/rebuild.hpp"
#include "store/store.hpp"
#include "unit/store/fixture.hpp"
#include "unit/usecases_incident/fresh.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/lifecycle.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using incident::ProposalState;
using test::fresh_session;
using test::options_in;

namespace {

/// "firing" at 09:MM, or "resolved" at the minute `ends`.
std::string notice(const std::string& name, const std::string& service, int starts, int ends = -1,
                   const std::string& instance = "a") {
  const auto time = [](int minute) {
    return format_utc(*parse_rfc3339("2026-11-23T09:00:00Z") + std::chrono::minutes{minute});
  };
  return R"({"version":"4","groupKey":"{}:{n=\")" + name +
         R"(\"}","receiver":"r","alerts":[{"status":")" + (ends < 0 ? "firing" : "resolved") +
         R"(","labels":{"alertname":")" + name + R"(","service":")" + service +
         R"(","instance":")" + instance + R"(","severity":"critical"},"startsAt":")" +
         time(starts) + R"(","endsAt":")" + (ends < 0 ? "0001-01-01T00:00:00Z" : time(ends)) +
         "\"}]}\n";
}

AlertIngest take_alerts(Session& session, const std::string& bytes, bool dry_run = false) {
  return ingest_alerts(session, {{"spool", bytes}}, dry_run);
}

}  // namespace

TEST_CASE("one proposal per group, through firing and resolved, however often it is read") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  auto spool = notice("A", "web", 0);
  auto first = take_alerts(session, spool);
  CHECK(first.fired == 1);
  REQUIRE(first.groups.size() == 1);
  CHECK(first.groups[0].outcome == GroupOutcome::proposed);
  spool += notice("A", "web", 1, -1, "b") + notice("A", "web", 0, 10);
  const auto second = take_alerts(session, spool);
  CHECK(second.fired == 1);
  CHECK(second.resolved == 1);
  CHECK(second.unchanged == 1);
  REQUIRE(second.groups.size() == 1);
  CHECK(second.groups[0].outcome == GroupOutcome::revised);
  CHECK(second.groups[0].firing == 1);
  spool += notice("A", "web", 1, 12, "b");
  CHECK(take_alerts(session, spool).groups[0].firing == 0);
  const auto last = take_alerts(session, spool);
  CHECK(last.fired + last.resolved == 0);
  CHECK(last.groups.empty());
  const auto open = list_proposals(session, {});
  REQUIRE(open.size() == 1);
  CHECK(open[0].proposal.revision == 3);
  CHECK(open[0].proposal.evidence[0].says ==
        "all 2 alerts have ended, the last at "
        "2026-11-23T09:12:00Z");
}

TEST_CASE("a spool read at once comes to what it came to piece by piece") {
  const std::vector<std::string> pieces = {
      notice("A", "web", 0),     notice("B", "mail", 1),        notice("C", "web", 3),
      notice("A", "web", 0, 20), notice("A", "web", 1, 9, "b"), notice("B", "mail", 1, 30)};
  test::TempFolder one, many;
  auto whole = fresh_session(one), parts = fresh_session(many);
  std::string spool;
  for (const auto& piece : pieces) {
    take_alerts(parts, piece);
    spool += piece;
  }
  take_alerts(whole, spool);
  const auto a = list_proposals(whole, {}), b = list_proposals(parts, {});
  REQUIRE(a.size() == 2);
  REQUIRE(b.size() == 2);
  for (const auto& view : a) {
    const auto same = std::find_if(b.begin(), b.end(), [&](const auto& other) {
      return other.proposal.uid == view.proposal.uid;
    });
    REQUIRE(same != b.end());
    CHECK(same->proposal.evidence.front() == view.proposal.evidence.front());
    CHECK(same->effect == view.effect);
  }
}

TEST_CASE("a dry run says what would be, and writes nothing") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto would = take_alerts(session, notice("A", "web", 0), true);
  CHECK(would.fired == 1);
  REQUIRE(would.groups.size() == 1);
  CHECK(would.groups[0].proposal.name.empty());
  CHECK(would.groups[0].effect == "opens 'A (instance=a) of web', SEV-2, for web");
  CHECK(list_proposals(session, {.all = true}).empty());
}

TEST_CASE("once accepted, the incident has the lines and the next step is proposed, never taken") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  take_alerts(session, notice("A", "web", 0));
  const auto opened = accept_proposal(session, {"1"}, false);
  REQUIRE(opened.incident);
  CHECK(opened.next.empty());
  const auto more = take_alerts(session, notice("A", "web", 0, 10) + notice("A", "web", 2, 8, "b"));
  REQUIRE(more.groups.size() == 1);
  CHECK(more.groups[0].outcome == GroupOutcome::followed);
  CHECK(more.groups[0].lines == 3);
  REQUIRE(more.groups[0].next.size() == 1);
  CHECK(more.groups[0].next[0].body.text("to") == "mitigated");
  CHECK(show_incident(session, "1").record.head.status == incident::Status::declared);
  // It fires again: what was proposed does not hold any more.
  const auto again = take_alerts(session, notice("A", "web", 20));
  CHECK(again.groups.at(0).withdrawn == std::vector<std::string>{"PRP-2"});
  const auto ended = take_alerts(session, notice("A", "web", 20, 25));
  REQUIRE(ended.groups.at(0).next.size() == 1);
  const auto step = accept_proposal(session, {ended.groups[0].next[0].name}, false);
  CHECK(step.incident->status == incident::Status::mitigated);
  const auto record = show_incident(session, "1").record;
  CHECK(format_utc(record.milestones.at("mitigated").at) == "2026-11-23T09:25:00Z");
  for (const auto& entry : record.entries)
    if (entry.origin.system == "alertmanager") CHECK(entry.when.clock == "alertmanager");
}

TEST_CASE("accepting a group that has ended proposes its end at once") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  take_alerts(session, notice("A", "web", 0) + notice("A", "web", 0, 10));
  const auto opened = accept_proposal(session, {"1"}, false);
  REQUIRE(opened.next.size() == 1);
  CHECK(opened.next[0].kind == "incident.step");
  undo(session, std::nullopt, false);
  CHECK(list_incidents(session, {.all = true}).empty());
  const auto open = list_proposals(session, {});
  REQUIRE(open.size() == 1);
  CHECK(open[0].proposal.name == "PRP-1");
}

TEST_CASE("an open incident for the service is proposed to attach to; a closed one is not") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  const auto when = incident::StatedTime{.at = *parse_rfc3339("2026-11-23T09:00:00Z")};
  open_incident(session, {.title = "web is slow", .services = {"web"}, .declared = when}, false);
  CHECK(take_alerts(session, notice("A", "web", 1)).groups.at(0).effect == "attaches to INC-1");
  const auto attached = accept_proposal(session, {"1"}, false);
  CHECK(attached.incident->name == "INC-1");
  close_incident(session, {{.incident = "1"}}, false);
  CHECK(take_alerts(session, notice("A", "web", 3, -1, "b"))
            .groups.at(0)
            .effect.starts_with("opens "));
}

TEST_CASE("a rejected group is not asked about again while it lasts") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  take_alerts(session, notice("A", "web", 0));
  reject_proposal(session, "1", false);
  CHECK(take_alerts(session, notice("A", "web", 2, -1, "b")).groups.at(0).outcome ==
        GroupOutcome::turned_down);
  CHECK(list_proposals(session, {}).empty());
  // A day later it is another one.
  CHECK(take_alerts(session, notice("A", "web", 2 * 24 * 60)).groups.at(0).outcome ==
        GroupOutcome::proposed);
}

TEST_CASE("four machines read one spool at once: every alert and group once") {
  test::TempFolder folder;
  { auto session = fresh_session(folder); }
  std::string spool;
  for (int i = 0; i < 30; ++i)
    spool += notice("A" + std::to_string(i), "s" + std::to_string(i), i) +
             notice("A" + std::to_string(i), "s" + std::to_string(i), i, i + 5);
  std::vector<std::thread> readers;
  std::atomic<std::int64_t> fired = 0;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      auto session = Session::open(options_in(folder));
      fired += take_alerts(session, spool).fired;
    });
  for (auto& reader : readers) reader.join();
  CHECK(fired == 30);
  auto session = Session::open(options_in(folder));
  CHECK(list_proposals(session, {}).size() == 30);
}

TEST_CASE("a large spool is written in parts, and a rebuild gives the same proposals") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  std::string spool;
  for (int i = 0; i < 2500; ++i) spool += notice("A", "web", 0, -1, "i" + std::to_string(i));
  const auto result = take_alerts(session, spool);
  CHECK(result.parts == 2);
  CHECK(result.groups.at(0).alerts == 2500);
  CHECK(take_alerts(session, spool).fired == 0);
  const auto before = list_proposals(session, {}).at(0).proposal;
  CHECK(store::rebuild_projections(session.store()).changed.empty());
  const auto after = list_proposals(session, {}).at(0).proposal;
  CHECK(says_the_same(before, after));
  CHECK(before.revision == after.revision);
}

TEST_CASE("of a large group the incident has the sum, and the alerts stay with the proposal") {
  test::TempFolder folder;
  auto session = fresh_session(folder);
  std::string fires, ends;
  for (int i = 0; i < 300; ++i) {
    const auto instance = "i" + std::to_string(i);
    fires += notice(i % 3 == 0 ? "DiskFull" : "NodeDown", "web", i % 4, -1, instance);
    ends += notice(i % 3 == 0 ? "DiskFull" : "NodeDown", "web", i % 4, 20 + i % 7, instance);
  }
  take_alerts(session, fires);
  const auto opened = accept_proposal(session, {"1"}, false);
  const auto lines_from_alerts = [&] {
    std::vector<std::string> lines;
    for (const auto& entry : show_incident(session, "1").record.entries)
      if (entry.origin.system == "alertmanager") lines.push_back(entry.text);
    return lines;
  };
  CHECK(lines_from_alerts() ==
        std::vector<std::string>{"DiskFull fires: 100 alerts of that name in all",
                                 "NodeDown fires: 200 alerts of that name in all"});
  CHECK(store::alerts_of_group(session.store(), opened.proposal.uid).size() == 300);
  const auto ended = take_alerts(session, ends);
  CHECK(ended.groups.at(0).lines == 2);
  CHECK(lines_from_alerts().back() == "NodeDown has ended: all 200 alerts of that name");
  CHECK(take_alerts(session, ends).groups.empty());
  CHECK(lines_from_alerts().size() == 4);
}

TEST_CASE("alerts: what a payload is shows in its own members, not in what they hold",
          "[incident]") {
  CHECK(ingest::outline(R"({"a":{"b":[1,"}"]},"c":"x{\"y","d":[{}]})") ==
        R"({"a":{},"c":"x{\"y","d":[]})");
  CHECK(ingest::outline(R"([{"a":{"b":1},"c":[2]},{"d":3}])") == R"([{"a":{},"c":[]}])");
  CHECK(ingest::outline("[1,2]") == "[1]");
  CHECK(ingest::outline(R"({"a":"\)") == R"({"a":"\)");
  CHECK(ingest::outline("}}]") == "}}]");
  const std::string webhook =
      R"({"groupKey":"{}","alerts":[{"labels":{"alertname":"A"},"startsAt":"2026-11-20T02:00:00Z"}]})";
  CHECK(looks_like_alerts(webhook));
  CHECK(looks_like_alerts("[" + webhook + ",1]"));
  CHECK(looks_like_alerts(R"([{"labels":{"alertname":"A"},"startsAt":"2026-11-20T02:00:00Z"}])"));
  CHECK_FALSE(looks_like_alerts(R"({"incidents":[{"id":"Q","details":)" + webhook + "}]}"));
}
