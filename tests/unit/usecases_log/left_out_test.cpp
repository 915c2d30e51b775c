// Old, finished records that are at a place and not here.
#include <catch2/catch.hpp>

#include "store/actions.hpp"
#include "store/backup.hpp"
#include "store/event_log.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/left_out.hpp"
#include "store/numbers.hpp"
#include "store/rebuild.hpp"
#include "store/verify.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "unit/usecases_log/git_fixture.hpp"
#include "usecases/log/erase.hpp"
#include "usecases/log/history.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::dump;
using nines::test::error_of;
using nines::test::TempFolder;

namespace {

using std::chrono::days;

Instant now_of_test{};
Instant moving_clock() { return now_of_test; }

const Instant kStart = *parse_rfc3339("2026-01-01T00:00:00Z");

Session open_at(const TempFolder& folder, const std::string& name) {
  auto options = test::session_options(folder / name / "nines.db");
  options.actor = name;
  options.clock = moving_clock;
  return Session::open(options);
}

template <class Append>
void commit(Session& session, const std::string& command, const Append& append) {
  store::Transaction tx(session.store(), session.options().actor, command, std::nullopt);
  append(tx);
  tx.commit();
}

incident::Entry line(Session& session, const std::string& text) {
  SystemEntropy entropy;
  incident::Entry entry;
  entry.uid = Uid::make(session.now(), entropy);
  entry.number = 1;
  entry.text = text;
  entry.when.at = session.now();
  return entry;
}

Uid open_titled(Session& session, const std::string& title) {
  SystemEntropy entropy;
  incident::Incident opened;
  opened.uid = Uid::make(session.now(), entropy);
  opened.title = title;
  opened.services = {"checkout"};
  commit(session, "incident open", [&](store::Transaction& tx) {
    tx.append(store::incident_opened(opened, store::take_number(session.store().db(), "INC")));
    tx.append(store::incident_entry_added(opened.uid, line(session, "first line of " + title)));
  });
  return opened.uid;
}

void close_incident(Session& session, const Uid& uid) {
  commit(session, "incident close", [&](store::Transaction& tx) {
    tx.append(store::incident_status_set(uid, incident::Status::triage,
                                         {incident::Status::closed, incident::Outcome::resolved},
                                         {.at = session.now()}));
  });
}

void add_line(Session& session, const Uid& uid, const std::string& text) {
  commit(session, "incident log", [&](store::Transaction& tx) {
    tx.append(store::incident_entry_added(uid, line(session, text)));
  });
}

/// A team's store with two finished incidents of January, one open since then, one of June; and a
/// small machine.
struct SmallTeam {
  TempFolder folder;
  std::filesystem::path remote = test::made_folder(folder / "remote");
  Session full;
  Session small;
  Uid first, second, unfinished, recent;

  SmallTeam() : full((now_of_test = kStart, open_at(folder, "ada"))), small(open_at(folder, "bob")) {
    first = open_titled(full, "first");
    close_incident(full, first);
    second = open_titled(full, "second");
    close_incident(full, second);
    unfinished = open_titled(full, "unfinished");
    now_of_test = kStart + days(150);
    recent = open_titled(full, "recent");
    close_incident(full, recent);
    now_of_test = kStart + days(160);
    sync_directory(full, remote);
  }

  SyncReport leave(const std::string& since = "90d") {
    return sync_directory(small, remote, {.records = {.since = since}});
  }
};

std::int64_t bodies_in(const Session& session) {
  return session.store().db().integer("SELECT count(*) FROM body").value_or(0);
}

void check_sound(const Session& session) {
  const auto result = store::verify_log(session.store());
  CHECK(result.intact());
  for (const auto& fault : result.faults) UNSCOPED_INFO(fault.what);
  CHECK(store::differing_projections(session.store()).empty());
}

}  // namespace

TEST_CASE("finished records without news are left at the place, and the log still verifies",
          "[left out]") {
  SmallTeam team;
  const auto report = team.leave();
  CHECK(report.received() == 12);
  CHECK(report.records.left == 2);
  CHECK(report.records.elsewhere == 2);
  CHECK(report.records.bodies == 6);
  check_sound(team.small);
  CHECK(store::verify_log(team.small.store()).left_out == 6);
  CHECK(store::incidents(team.small.store()).size() == 2);
  // The name stays known, and says where the rest is.
  const auto error = error_of([&] { store::get_numbered(team.small.store(), "INC", "INC-1"); });
  CHECK(error.code() == "RECORD_NOT_HERE");
  CHECK(std::string(error.hint()).find("--record INC-1") != std::string::npos);
  CHECK_NOTHROW(store::get_numbered(team.small.store(), "INC", "INC-3"));
  // The statement reached the others, who lack nothing.
  sync_directory(team.full, team.remote);
  check_sound(team.full);
  CHECK(!store::lacks_records(team.full.store().db()));
  // It applies again by itself, and finds nothing more.
  const auto again = sync_directory(team.small, team.remote);
  CHECK(again.records.left == 0);
  CHECK(again.sent() == 0);
  now_of_test += days(100);
  CHECK(sync_directory(team.small, team.remote).records.left == 1);
  check_sound(team.small);
}

TEST_CASE("all of it comes back, and makes the tables equal again", "[left out]") {
  SmallTeam team;
  team.leave();
  const auto report = team.leave("all");
  CHECK(report.records.back == 2);
  CHECK(report.records.elsewhere == 0);
  sync_directory(team.full, team.remote);
  CHECK(dump(team.small) == dump(team.full));
  check_sound(team.small);
  CHECK(!store::lacks_records(team.small.store().db()));
  CHECK(sync_directory(team.small, team.remote).records.left == 0);
}

TEST_CASE("one record comes back by its name, and stays", "[left out]") {
  SmallTeam team;
  team.leave();
  const auto report = sync_directory(team.small, team.remote, {.records = {.records = {"INC-1"}}});
  CHECK(report.records.back == 1);
  CHECK(report.records.left == 0);
  CHECK(store::find_incident(team.small.store(), team.first)->title == "first");
  CHECK(!store::find_incident(team.small.store(), team.second));
  check_sound(team.small);
  CHECK(sync_directory(team.small, team.remote).records.left == 0);
  CHECK(team.leave().records.left == 1);  // a rule given anew is about all
  const auto unknown = error_of(
      [&] { sync_directory(team.small, team.remote, {.records = {.records = {"INC-99"}}}); });
  CHECK(unknown.code() == "NOT_FOUND");
}

TEST_CASE("news of a record brings the whole of it", "[left out]") {
  SmallTeam team;
  team.leave();
  add_line(team.full, team.first, "it was the cache after all");
  sync_directory(team.full, team.remote);
  const auto report = sync_directory(team.small, team.remote);
  CHECK(report.records.back == 1);
  CHECK(report.records.elsewhere == 1);
  CHECK(report.sent() > 0);  // what is not here any more is stated there at once
  CHECK(store::find_incident(team.small.store(), team.first)->title == "first");
  check_sound(team.small);
  const auto again = sync_directory(team.small, team.remote);
  CHECK(again.records.left == 0);  // the news is new
  CHECK(again.contradictions.empty());
}

TEST_CASE("an undo of something in a record brings it, an erasure does not", "[left out]") {
  SmallTeam team;
  team.leave();
  const auto erased =
      team.full.store()
          .db()
          .text("SELECT position + 1 FROM event WHERE subject = ? AND kind = 'incident.entry_added'",
                "incident/" + team.first.to_string())
          .value();
  auto options = test::session_options(team.folder / "ada" / "nines.db");
  options.clock = moving_clock;
  options.because = "a name";
  auto eraser = Session::open(options);
  erase_event(eraser, erased, false);
  sync_directory(eraser, team.remote);
  auto report = sync_directory(team.small, team.remote);
  CHECK(report.records.back == 0);
  CHECK(report.records.elsewhere == 2);
  check_sound(team.small);
  CHECK(store::verify_log(team.small.store()).erased == 1);

  const auto closed = team.full.store()
                          .db()
                          .text("SELECT position + 1 FROM event WHERE subject = ? AND kind = "
                                "'incident.status_set'",
                                "incident/" + team.second.to_string())
                          .value();
  undo(eraser, closed, false);
  sync_directory(eraser, team.remote);
  report = sync_directory(team.small, team.remote);
  CHECK(report.records.back == 1);
  CHECK(store::find_incident(team.small.store(), team.second)->status != incident::Status::closed);
  check_sound(team.small);

  team.leave("all");
  sync_directory(eraser, team.remote);
  CHECK(dump(team.small) == dump(eraser));
  check_sound(team.small);
}

TEST_CASE("an erasure made here reaches what is not here", "[left out]") {
  SmallTeam team;
  team.leave();
  auto options = test::session_options(team.folder / "bob" / "nines.db");
  options.clock = moving_clock;
  options.because = "a name";
  auto eraser = Session::open(options);
  const auto event = eraser.store()
                         .db()
                         .text("SELECT position + 1 FROM event WHERE subject = ? AND kind = "
                               "'incident.entry_added'",
                               "incident/" + team.first.to_string())
                         .value();
  erase_event(eraser, event, false);
  CHECK(error_of([&] { erase_event(eraser, event, false); }).code() == "ERASED_ALREADY");
  check_sound(eraser);
  sync_directory(eraser, team.remote);
  CHECK(sync_directory(eraser, team.remote, {.records = {.since = "all"}}).records.back == 2);
  check_sound(eraser);
  sync_directory(team.full, team.remote);
  CHECK(dump(eraser) == dump(team.full));
}

TEST_CASE("nothing is written to a record that is not here, nor taken back", "[left out]") {
  SmallTeam team;
  sync_directory(team.small, team.remote);
  now_of_test = kStart + days(161);
  add_line(team.small, team.first, "written here");
  now_of_test = kStart + days(300);
  sync_directory(team.small, team.remote);
  team.leave();
  CHECK(error_of([&] { add_line(team.small, team.first, "more"); }).code() == "RECORD_NOT_HERE");
  CHECK(error_of([&] { undo(team.small, std::nullopt, false); }).code() == "RECORD_NOT_HERE");
  CHECK(error_of([&] { read_history(team.small, {.subject = "INC-1"}); }).code() ==
        "RECORD_NOT_HERE");
  CHECK_FALSE(read_history(team.small, {}).entries.empty());
  check_sound(team.small);
}

TEST_CASE("what no list and no statement accounts for is found", "[left out]") {
  SmallTeam team;
  team.leave();
  auto& db = team.small.store().db();
  const auto position =
      db.integer("SELECT e.position FROM event e JOIN body b ON b.position = e.position WHERE "
                 "e.subject = ? LIMIT 1",
                 "incident/" + team.unfinished.to_string())
          .value();
  db.run("DELETE FROM body WHERE position = ?", position);
  CHECK_FALSE(store::verify_log(team.small.store()).intact());
  db.run("INSERT INTO left_out (position) VALUES (?)", position);
  auto result = store::verify_log(team.small.store());
  REQUIRE_FALSE(result.intact());
  // Slipped in for another one, so that the number is right.
  db.run("DELETE FROM left_out WHERE position = (SELECT min(position) FROM left_out)");
  CHECK_FALSE(store::verify_log(team.small.store()).intact());
}

TEST_CASE("a store cannot give on what it lacks, and says so", "[left out]") {
  SmallTeam team;
  team.leave();
  const auto other = test::made_folder(team.folder / "other");
  const auto report = sync_directory(team.small, other);
  CHECK(report.records.kept_back > 0);
  auto third = open_at(team.folder, "cy");
  CHECK_NOTHROW(sync_directory(third, other));
  CHECK(store::verify_log(third.store()).intact());
  // Once it is whole again, the other place gets the rest.
  team.leave("all");
  CHECK(sync_directory(team.small, other).records.kept_back == 0);
  sync_directory(third, other);
  CHECK(dump(third) == dump(team.small));
}

TEST_CASE("a hold, an open action, and a link keep a record here", "[left out]") {
  SmallTeam team;
  commit(team.full, "hold add", [&](store::Transaction& tx) {
    store::place_hold(tx, team.full.store(), "Acme v. us", "incident/" + team.second.to_string());
  });
  remediate::Action action;
  SystemEntropy entropy;
  action.uid = Uid::make(now_of_test, entropy);
  action.incident = team.first;
  commit(team.full, "remediate add", [&](store::Transaction& tx) {
    tx.append(store::action_added(action, store::take_number(team.full.store().db(), "ACT")));
  });
  now_of_test += days(100);
  sync_directory(team.full, team.remote);
  CHECK(team.leave().records.left == 1);  // the one of June
  CHECK(store::find_incident(team.small.store(), team.first));
  CHECK(store::find_incident(team.small.store(), team.second));
  check_sound(team.small);
}

TEST_CASE("a rebuild, a copy and the past know the same of what is not here", "[left out]") {
  SmallTeam team;
  team.leave();
  const auto before = dump(team.small);
  store::rebuild_projections(team.small.store());
  CHECK(dump(team.small) == before);
  check_sound(team.small);

  const auto backup = team.folder / "backup.db";
  store::copy_store(team.small.store().db(), backup);
  auto options = test::session_options(team.folder / "copy" / "nines.db");
  options.clock = moving_clock;
  auto target = test::store_options(options.db, store::Mode::create);
  target.clock = moving_clock;
  store::restore_store(backup, target);
  auto copy = Session::open(options);
  check_sound(copy);
  sync_directory(copy, team.remote);
  check_sound(copy);
  open_titled(copy, "written by the copy");
  check_sound(copy);
  CHECK(sync_directory(copy, team.remote, {.records = {.since = "all"}}).records.back == 2);
  check_sound(copy);
}

TEST_CASE("over git, confidential bodies included", "[left out][git]") {
  SmallTeam team;
  const test::BareRemote git(team.folder);
  commit(team.full, "incident log", [&](store::Transaction& tx) {
    auto entry = line(team.full, "a privileged word");
    entry.visibility = incident::Visibility::privileged;
    tx.append(store::incident_entry_added(team.second, entry));
  });
  sync_place(team.full, git.place());
  now_of_test += days(100);
  CHECK(sync_place(team.small, git.place(), {.records = {.since = "90d"}}).records.left == 3);
  check_sound(team.small);
  CHECK(sync_place(team.small, git.place(), {.records = {.since = "all"}}).records.back == 3);
  check_sound(team.small);
  sync_place(team.full, git.place());
  CHECK(dump(team.small) == dump(team.full));
}

TEST_CASE("a newcomer that was interrupted goes on", "[left out]") {
  SmallTeam team;
  team.leave();
  // As a crash between the list and the bodies leaves it.
  auto& db = team.small.store().db();
  const auto bodies = bodies_in(team.small);
  std::set<std::int64_t> records = store::all_left_out_records(db);
  REQUIRE(records.size() == 2);
  sync_directory(team.small, team.remote, {.records = {.records = {"INC-1"}}});
  CHECK(bodies_in(team.small) == bodies + 3 + 1);  // and a statement
  check_sound(team.small);
}
