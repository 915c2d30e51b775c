// Exchange through a folder: any order, any interruption, any damage.
#include "usecases/log/sync.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "store/rebuild.hpp"
#include "store/verify.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/history.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::dump;
using nines::test::error_of;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::release_hold;
using nines::test::TempFolder;

namespace {

std::filesystem::path remote_in(const TempFolder& folder) {
  return test::made_folder(folder / "remote");
}

std::string names_of_files(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      names.push_back(entry.path().string() + " " + std::to_string(entry.file_size()));
  std::sort(names.begin(), names.end());
  std::string text;
  for (const auto& name : names) text += name + "\n";
  return text;
}

}  // namespace

TEST_CASE("two stores that wrote apart end with equal tables, and syncing again changes nothing",
          "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  const auto shared = place_hold(a);
  place_hold(a);
  undo(a, std::nullopt, false);
  place_hold(b);

  CHECK(sync_directory(a, remote, {.dry_run = true}).sent() == 4);
  CHECK(names_of_files(remote).find(".jsonl") == std::string::npos);  // a dry run sends nothing
  const auto first = sync_directory(a, remote);
  CHECK(first.first_contact);
  CHECK(first.sent() == 4);
  auto report = sync_directory(b, remote);
  CHECK(report.received() == 4);
  CHECK(report.sent() == 2);
  CHECK(report.clashes.size() == 2);  // both made HOLD-1
  release_hold(b, shared);
  sync_directory(b, remote);
  sync_directory(a, remote);
  CHECK(dump(a) == dump(b));
  CHECK(store::read_holds(a.store()).at(0).released_at);

  const auto files = names_of_files(remote);
  for (auto* session : {&a, &b, &a}) {
    const auto again = sync_directory(*session, remote);
    CHECK(again.received() + again.sent() == 0);
  }
  CHECK(names_of_files(remote) == files);
  CHECK(store::verify_log(a.store()).intact());
  CHECK(store::verify_log(b.store()).intact());
  CHECK(store::differing_projections(a.store()).empty());
  // Two of bob's commands, who he is, and what he knew of ada's.
  CHECK(a.store().db().integer("SELECT sum(events) FROM received") == 4);
}

TEST_CASE("a newcomer gets everything; a second hop carries what it got", "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  std::filesystem::create_directories(folder / "second");
  auto a = open_session(folder, "ada");
  for (int i = 0; i < 2300; i += 100) {
    store::Transaction tx(a.store(), "ada", "many", std::nullopt);
    for (int j = 0; j < 100; ++j) store::place_hold(tx, a.store(), "m", "slo/");
    tx.commit();
  }
  sync_directory(a, remote);
  auto b = open_session(folder, "bob");
  CHECK(sync_directory(b, remote).received() == 2301);
  sync_directory(b, folder / "second");
  auto c = open_session(folder, "cy");
  CHECK(sync_directory(c, folder / "second").received() == 2301);
  CHECK(dump(c) == dump(a));
  CHECK(store::verify_log(c.store()).intact());
}

TEST_CASE("three replicas that sync in random order converge, undo and late events included",
          "[sync]") {
  std::mt19937 random(20261123);
  for (int round = 0; round < 6; ++round) {
    TempFolder folder;
    const auto remote = remote_in(folder);
    std::vector<Session> sessions;
    for (const char* name : {"ada", "bob", "cy"}) sessions.push_back(open_session(folder, name));
    std::vector<Uid> holds;
    for (int step = 0; step < 40; ++step) {
      auto& session = sessions[random() % 3];
      switch (random() % 5) {
        case 0:
        case 1:
          holds.push_back(place_hold(session, "m" + std::to_string(step)));
          break;
        case 2:
          if (!holds.empty()) release_hold(session, holds[random() % holds.size()]);
          break;
        case 3:
          try {
            if (random() % 3 == 0)
              redo(session, std::nullopt, false);
            else
              undo(session, std::nullopt, false);
          } catch (const Error&) {
            // Nothing to undo, or somebody else's work lies on top.
          }
          break;
        default:
          sync_directory(session, remote);
          break;
      }
    }
    for (int i = 0; i < 2; ++i)
      for (auto& session : sessions) sync_directory(session, remote);
    CHECK(dump(sessions[0]) == dump(sessions[1]));
    CHECK(dump(sessions[1]) == dump(sessions[2]));
    for (auto& session : sessions) {
      CHECK(store::differing_projections(session.store()).empty());
      CHECK(store::verify_log(session.store()).intact());
    }
  }
}

TEST_CASE("a copy that wrote under its original's name is a fork, and is refused", "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  auto a = open_session(folder, "ada");
  place_hold(a);
  // A disk image restored elsewhere: the same file to the last bit, its mark included.
  std::filesystem::create_directories(folder / "clone");
  a.store().db().script("PRAGMA wal_checkpoint(TRUNCATE)");
  std::filesystem::copy_file(folder / "ada" / "nines.db", folder / "clone" / "nines.db");
  {
    store::Db db(folder / "clone" / "nines.db", store::Access::write, std::chrono::milliseconds{0});
    db.run("UPDATE local SET value = ? WHERE name = 'mark'",
           std::span(reinterpret_cast<const std::uint8_t*>(
                         store::file_mark(folder / "clone" / "nines.db").data()),
                     64));
  }
  auto clone = open_session(folder, "clone");
  place_hold(a);
  place_hold(clone);
  sync_directory(a, remote);
  const auto error = error_of([&] { sync_directory(clone, remote); });
  CHECK(error.kind() == ExitCode::conflict);
  CHECK(error.code() == "FORK");
  CHECK(error.hint().find("new") != std::string::npos);
}

TEST_CASE("a store that lost its end takes its own events back, and a new name", "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  {
    auto a = open_session(folder, "ada");
    place_hold(a);
    a.store().db().script("PRAGMA wal_checkpoint(TRUNCATE)");
    std::filesystem::create_directories(folder / "old");
    std::filesystem::copy_file(folder / "ada" / "nines.db", folder / "old" / "nines.db");
    place_hold(a);
    sync_directory(a, remote);
  }
  auto old = open_session(folder, "old");
  const auto before = old.store().replica();
  const auto report = sync_directory(old, remote);
  CHECK(report.new_replica);
  CHECK(report.received() == 1);
  place_hold(old);
  CHECK(old.store().replica() != before);
  CHECK(store::verify_log(old.store()).intact());
}

TEST_CASE("events from a clock far ahead wait; the others do not", "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  auto a = open_session(folder, "ada");
  place_hold(a);
  test::test_time() += std::chrono::hours{1};
  place_hold(a);
  sync_directory(a, remote);
  test::test_time() -= std::chrono::hours{1};
  auto b = open_session(folder, "bob");
  const auto report = sync_directory(b, remote);
  CHECK(report.received() == 2);
  REQUIRE(report.replicas.size() == 1);
  CHECK(report.replicas[0].held_until);
  test::test_time() += std::chrono::hours{1};
  CHECK(sync_directory(b, remote).received() == 1);
}

TEST_CASE("damaged, missing and foreign files are named, and nothing half-taken stays", "[sync]") {
  TempFolder folder;
  const auto remote = remote_in(folder);
  auto a = open_session(folder, "ada");
  for (int i = 0; i < 3; ++i) place_hold(a);
  sync_directory(a, remote);
  std::filesystem::path segment, bodies;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(remote)) {
    const auto name = entry.path().string();
    if (name.ends_with(".bodies.jsonl"))
      bodies = entry.path();
    else if (name.ends_with(".jsonl"))
      segment = entry.path();
  }
  auto b = open_session(folder, "bob");
  const auto flip = [](const std::filesystem::path& file, std::size_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const auto c = static_cast<char>(stream.get() ^ 1);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(c);
  };
  for (const auto& file : {segment, bodies})
    for (std::size_t at = 0; at < std::filesystem::file_size(file); at += 37) {
      flip(file, at);
      CHECK_THROWS_AS(sync_directory(b, remote), Error);
      flip(file, at);
    }
  CHECK(store::verify_log(b.store()).events == 0);
  CHECK(sync_directory(b, remote).received() == 4);

  std::filesystem::create_directories(folder / "other");
  std::ofstream(folder / "other" / "photo.jpg") << "x";
  CHECK(error_of([&] { sync_directory(b, folder / "other"); }).kind() == ExitCode::config);
  CHECK(error_of([&] { sync_directory(b, folder / "nowhere"); }).kind() ==
        ExitCode::not_found);
  std::filesystem::remove_all(remote);
  std::filesystem::create_directories(remote);
  CHECK(error_of([&] { sync_directory(b, remote); }).code() == "OTHER_REMOTE");
}
