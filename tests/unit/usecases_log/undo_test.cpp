// Undo and redo as people meet them: newest first, never over somebody's later work.
#include "usecases/log/undo.hpp"

#include <catch2/catch.hpp>

#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/history.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::error_of;
using nines::test::place_hold;
using nines::test::release_hold;
using nines::test::TempFolder;

namespace {

Session open_session(const TempFolder& folder) {
  return Session::open(test::session_options(folder / "nines.db"));
}

}  // namespace

TEST_CASE("undo walks back, redo walks forward", "[log]") {
  TempFolder folder;
  auto session = open_session(folder);
  const auto uid = place_hold(session);
  release_hold(session, uid);
  const auto holds = [&] { return store::read_holds(session.store()); };
  REQUIRE(holds().at(0).released_at);

  CHECK(undo(session, std::nullopt, true).command == "hold release");  // dry run
  CHECK(holds().at(0).released_at);
  CHECK(undo(session, std::nullopt, false).command == "hold release");
  CHECK_FALSE(holds().at(0).released_at);
  const auto reverted = undo(session, std::nullopt, false);
  CHECK(reverted.command == "hold add");
  CHECK(reverted.subjects == std::vector<std::string>{"HOLD-1"});
  CHECK(holds().empty());
  CHECK(error_of([&] { undo(session, std::nullopt, false); }).kind() == ExitCode::not_found);

  redo(session, std::nullopt, false);
  redo(session, std::nullopt, false);
  CHECK(holds().at(0).released_at);
  CHECK(error_of([&] { redo(session, std::nullopt, false); }).kind() == ExitCode::not_found);
}

TEST_CASE("undo refuses to pull a record from under a later change", "[log]") {
  TempFolder folder;
  auto session = open_session(folder);
  const auto uid = place_hold(session);
  release_hold(session, uid);
  const auto entries = read_history(session, {.subject = "HOLD-1"}).entries;
  REQUIRE(entries.size() == 2);
  const auto placed = std::to_string(entries[1].number);
  const auto released = std::to_string(entries[0].number);

  const auto conflict = error_of([&] { undo(session, placed, false); });
  CHECK(conflict.kind() == ExitCode::conflict);
  CHECK(conflict.hint() == "take that back first: nines undo " + released);
  undo(session, released, false);
  CHECK(error_of([&] { undo(session, released, false); }).code() == "UNDONE_ALREADY");
  undo(session, placed, false);
  redo(session, placed, false);
  CHECK_FALSE(store::read_holds(session.store()).at(0).released_at);
}

TEST_CASE("what is about the log itself cannot be undone", "[log]") {
  TempFolder folder;
  auto session = open_session(folder);
  place_hold(session);
  CHECK(error_of([&] { undo(session, "1", false); }).kind() == ExitCode::needs_approval);
  CHECK(error_of([&] { undo(session, "999", false); }).kind() == ExitCode::not_found);
  CHECK(error_of([&] { undo(session, "nonsense", false); }).kind() == ExitCode::not_found);
}

TEST_CASE("kinds this version does not know are not undone", "[log]") {
  TempFolder folder;
  auto session = open_session(folder);
  store::Transaction tx(session.store(), "ada", "future verb", std::nullopt);
  tx.append({.kind = "future.happened", .subject = "future/1"});
  tx.commit();
  CHECK(error_of([&] { undo(session, std::nullopt, false); }).kind() == ExitCode::needs_approval);
}

TEST_CASE("history is newest first, filtered, and finds subjects by what people call them",
          "[log]") {
  TempFolder folder;
  auto session = open_session(folder);
  const auto uid = place_hold(session);
  release_hold(session, uid);
  undo(session, std::nullopt, false);

  const auto all = read_history(session, {});
  REQUIRE(all.entries.size() == 5);  // two actors named, placed, released, undone
  CHECK(all.entries.front().kind == "log.undone");
  CHECK(read_history(session, {.limit = 2}).more);
  const auto about = read_history(session, {.subject = "hold-1"});
  REQUIRE(about.entries.size() == 2);
  CHECK(about.entries[0].undone);
  CHECK(about.entries[0].actor == "bob");
  CHECK_FALSE(about.entries[1].undone);
  CHECK(about.entries[1].because == "litigation");
  CHECK(about.entries[1].name == "HOLD-1");
  CHECK(read_history(session, {.kinds = {"hold."}}).entries.size() == 2);
  CHECK(read_history(session, {.kinds = {"actor.named"}}).entries.size() == 2);
  const auto missing = error_of([&] { read_history(session, {.subject = "nothing"}); });
  CHECK(missing.kind() == ExitCode::not_found);
}
