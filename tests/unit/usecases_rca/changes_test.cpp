// Recording changes twice records them once; maintenance is announced and called off.
#include "usecases/rca/changes.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "base/error.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/slo/maintenance.hpp"

using namespace nines;
using namespace nines::usecases;

namespace {

Session session_in(const test::TempFolder& folder) {
  SessionOptions options;
  options.db = folder / "nines.db";
  options.write = options.create = true;
  options.clock = test::test_clock;
  options.actor = "ada";
  options.command = "test";
  return Session::open(options);
}

std::vector<catalog::Change> lines(const std::string& text) {
  std::istringstream in(text);
  return read_changes(in, "deploys.jsonl").changes;
}

constexpr const char* kDeploy =
    R"({"service":"checkout","start":"2026-11-01T10:00:00Z","version":"v1","reference":"run/1"})";

}  // namespace

TEST_CASE("what names itself is recorded once, and amended when it says more", "[usecases]") {
  test::TempFolder folder;
  auto session = session_in(folder);
  CHECK(record_changes(session, lines(kDeploy), false)[0].outcome == RecordOutcome::recorded);
  CHECK(record_changes(session, lines(kDeploy), false)[0].outcome == RecordOutcome::unchanged);
  auto longer = lines(kDeploy);
  longer[0].end = longer[0].start + std::chrono::minutes{5};
  CHECK(record_changes(session, longer, true)[0].outcome == RecordOutcome::amended);
  CHECK_FALSE(list_changes(session, {})[0].end);
  CHECK(record_changes(session, longer, false)[0].change.name == "CHG-1");
  CHECK(list_changes(session, {})[0].end == longer[0].end);
  auto nameless = lines(kDeploy);
  nameless[0].reference.clear();
  record_changes(session, {nameless[0], nameless[0]}, false);
  CHECK(list_changes(session, {}).size() == 3);
}

TEST_CASE("a file with one bad line records nothing and names the line", "[usecases]") {
  try {
    lines(std::string(kDeploy) + "\n{\"service\":\"a\"}\n");
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::bad_data);
    CHECK(e.place().line == 2);
  }
}

TEST_CASE("maintenance must end after it starts, and not overlap itself", "[usecases]") {
  test::TempFolder folder;
  auto session = session_in(folder);
  catalog::Maintenance m;
  m.start = session.now() + std::chrono::hours{10};
  m.end = m.start;
  CHECK_THROWS_AS(announce_maintenance(session, m, false), Error);
  m.end = m.start + std::chrono::hours{30};
  m.every = read_recurrence("1d", m.start, "Europe/Paris", std::nullopt);
  CHECK_THROWS_AS(announce_maintenance(session, m, false), Error);
  m.end = m.start + std::chrono::hours{2};
  const auto item = announce_maintenance(session, m, false);
  CHECK(item.maintenance.name == "MNT-1");
  CHECK(item.next.size() == 3);
  CHECK(list_maintenance(session, false).size() == 1);
  cancel_maintenance(session, "MNT-1", session.now(), false);
  CHECK(list_maintenance(session, false).empty());
  CHECK(list_maintenance(session, true).size() == 1);
  CHECK_THROWS_AS(cancel_maintenance(session, "mnt-1", session.now(), false), Error);
  for (const char* bad : {"", "d", "0d", "1h", "1dd", "-1d", "99999d"})
    CHECK_THROWS_AS(read_recurrence(bad, m.start, "UTC", std::nullopt), Error);
}
