// A rebuild exchanges the file: nobody may be left with the old one, and nothing may be lost.
#include "store/rebuild.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/verify.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

void add_note(Store& store, const std::string& name) {
  Transaction tx(store, "ada", "test", std::nullopt);
  tx.append({.kind = "note.added", .subject = "note/" + name});
  tx.commit();
}

Store open_for(const std::filesystem::path& path, Mode mode, int milliseconds) {
  auto options = test::store_options(path, mode);
  options.busy_timeout = std::chrono::milliseconds{milliseconds};
  return Store(options);
}

ino_t inode_of(const std::filesystem::path& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_ino;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    names.push_back(file.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::int64_t notes_in(const Store& store) {
  return store.db().integer("SELECT count(*) FROM event WHERE kind = 'note.added'").value_or(0);
}

}  // namespace

TEST_CASE("a rebuild puts a new file in the store's place, and the store goes on", "[rebuild]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  auto store = test::open_store(path);
  add_note(store, "one");
  const auto before = inode_of(path);
  const auto replica = store.replica();
  store.db().script("DELETE FROM actor");
  const auto result = rebuild_projections(store);
  CHECK(result.events == event_count(store.db()));
  CHECK(result.changed == std::vector<std::string>{"actor"});
  CHECK(inode_of(path) != before);
  add_note(store, "two");
  CHECK(store.replica() == replica);  // it is no copy that would need a name of its own
  CHECK(notes_in(store) == 2);
  CHECK(verify_log(store).intact());
  CHECK(differing_projections(store).empty());
  CHECK(rebuild_projections(store).changed.empty());
  for (const auto& name : names_in(path.parent_path()))
    CHECK(name.find("rebuild") == std::string::npos);
}

TEST_CASE("a store that is a copy still becomes a replica of its own after a rebuild",
          "[rebuild]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  Uid replica;
  {
    auto store = test::open_store(path);
    add_note(store, "one");
    replica = store.replica();
    store.db().script("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  std::filesystem::copy_file(path, folder / "copy.db");
  auto copy = test::open_store(folder / "copy.db");
  rebuild_projections(copy);
  add_note(copy, "two");
  CHECK(copy.replica() != replica);
}

TEST_CASE("with a second connection open a rebuild gives up, and neither loses anything",
          "[rebuild]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  { auto store = test::open_store(path); }
  auto store = open_for(path, Mode::write, 50);
  add_note(store, "one");
  const auto before = inode_of(path);
  for (const auto mode : {Mode::read, Mode::write}) {
    auto other = open_for(path, mode, 50);
    CHECK(notes_in(other) == (mode == Mode::read ? 1 : 2));
    try {
      rebuild_projections(store);
      FAIL("the file was exchanged under an open connection");
    } catch (const Error& e) {
      CHECK(e.kind() == ExitCode::busy);
      CHECK(e.code() == "STORE_IN_USE");
      CHECK_FALSE(e.hint().empty());
    }
    CHECK(inode_of(path) == before);
    add_note(store, to_hex(sha256(std::to_string(static_cast<int>(mode)))));
    CHECK(notes_in(other) == (mode == Mode::read ? 2 : 3));  // it has the same file still
    if (mode == Mode::write) add_note(other, "theirs");
  }
  rebuild_projections(store);
  CHECK(inode_of(path) != before);
  CHECK(notes_in(store) == 4);
  CHECK(notes_in(test::open_store(path, Mode::read)) == 4);
}

TEST_CASE("what a crash left of a rebuild is no hindrance for the next", "[rebuild]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  auto store = test::open_store(path);
  for (const auto* suffix : {".rebuild", ".rebuild-wal", ".rebuild-shm", ".rebuild-journal"})
    std::ofstream(path.string() + suffix) << "half of it";
  CHECK(rebuild_projections(store).changed.empty());
  CHECK(differing_projections(store).empty());
}

namespace {

/// What a command does, over and over: open, write, close. The status is the number that came back.
int write_beside(const std::filesystem::path& path, int writer, int commits) {
  int done = 0;
  try {
    for (int i = 0; i < commits; ++i) {
      auto store = open_for(path, Mode::write, 60'000);
      add_note(store, std::to_string(writer) + "-" + std::to_string(i));
      ++done;
    }
  } catch (const Error&) {
    return done;
  }
  return done;
}

}  // namespace

TEST_CASE("writers that come and go while the file is exchanged lose nothing", "[rebuild]") {
  constexpr int kOthers = 3, kCommits = 25;
  TempFolder folder;
  const auto path = folder / "nines.db";
  { auto store = test::open_store(path); }
  std::vector<pid_t> children;
  for (int writer = 0; writer < kOthers; ++writer) {
    const auto pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) _exit(write_beside(path, writer, kCommits));
    children.push_back(pid);
  }
  int exchanged = 0;
  for (int i = 0; i < 40; ++i) {
    try {
      auto store = open_for(path, Mode::write, 200);
      rebuild_projections(store);
      ++exchanged;
    } catch (const Error& e) {
      CHECK(e.kind() == ExitCode::busy);
    }
    ::usleep(2000);
  }
  int acknowledged = 0;
  for (const auto pid : children) {
    int status = -1;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(WEXITSTATUS(status) == kCommits);
    acknowledged += WEXITSTATUS(status);
  }
  INFO(exchanged << " exchanges");
  const auto store = test::open_store(path, Mode::read);
  CHECK(notes_in(store) == acknowledged);
  CHECK(verify_log(store).intact());
  CHECK(differing_projections(store).empty());
}
