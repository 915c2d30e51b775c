// Opening, appending, reading back; what is refused.
#include "store/store.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/log_aggregates.hpp"
#include "store/snapshot.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

log::EventRef append_one(Store& store, const std::string& subject, const std::string& text) {
  Transaction tx(store, "ada", "test", "because of a test");
  log::NewEvent event{.kind = "note.added", .subject = subject};
  event.body.set("text", text);
  const auto ref = tx.append(event);
  tx.commit();
  return ref;
}

ExitCode kind_of(const StoreOptions& options) {
  try {
    Store store(options);
    return ExitCode::done;
  } catch (const Error& e) {
    return e.kind();
  }
}

int mode_of(const std::filesystem::path& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

}  // namespace

TEST_CASE("what was committed is there when the store is opened again", "[store]") {
  TempFolder folder;
  const auto path = folder / "sub" / "nines.db";
  log::EventRef ref;
  {
    auto store = test::open_store(path);
    ref = append_one(store, "note/1", "hello");
  }
  auto store = test::open_store(path, Mode::read);
  const auto event = find_event(store.db(), ref);
  REQUIRE(event);
  CHECK(event->body.text("text") == "hello");
  CHECK(event->body.text("because") == "because of a test");
  CHECK(event->body.text("tool") == "nines " NINES_VERSION);
  CHECK(actor_name(store.db(), event->header.actor) == "ada");
  CHECK(log::body_hash(event->salt, event->body.canonical()) == event->header.body_hash);
  CHECK(mode_of(path) == 0600);
  CHECK(mode_of(path.parent_path()) == 0700);
}

TEST_CASE("events chain, and the clock never runs backwards", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  append_one(store, "note/1", "a");
  test::test_time() -= std::chrono::hours{1};
  append_one(store, "note/1", "b");
  test::test_time() += std::chrono::hours{1};
  static const auto kAll = event_select("ORDER BY e.seq");
  auto rows = store.db().query(kAll);
  Hash256 prev{};
  log::Hlc last{};
  std::uint64_t seq = 0;
  while (rows.step()) {
    const auto header = header_at(rows);
    CHECK(header.ref.seq == ++seq);
    CHECK(header.prev == prev);
    CHECK(header.hlc > last);
    prev = log::hash_of(header);
    CHECK(prev == stored_hash_at(rows));
    last = header.hlc;
  }
  CHECK(seq == 3);  // actor.named, then the two notes
}

TEST_CASE("a transaction that is not committed leaves nothing", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  {
    Transaction tx(store, "ada", "test", std::nullopt);
    tx.append({.kind = "note.added", .subject = "note/1"});
  }
  {
    Transaction tx(store, "ada", "test", std::nullopt);
    tx.commit();
  }
  CHECK(event_count(store.db()) == 0);
}

TEST_CASE("unsafe and foreign files are refused untouched", "[store]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  { auto store = test::open_store(path); }

  SECTION("a symbolic link") {
    std::filesystem::create_symlink(path, folder / "link.db");
    CHECK(kind_of(test::store_options(folder / "link.db", Mode::read)) == ExitCode::config);
    CHECK(kind_of(test::store_options(folder / "link.db", Mode::create)) == ExitCode::config);
  }
  SECTION("a dangling link does not make its target") {
    std::filesystem::create_symlink(folder / "target.db", folder / "dangling.db");
    CHECK(kind_of(test::store_options(folder / "dangling.db", Mode::create)) == ExitCode::config);
    CHECK_FALSE(std::filesystem::exists(folder / "target.db"));
  }
  SECTION("writable by others") {
    chmod(path.c_str(), 0666);
    CHECK(kind_of(test::store_options(path, Mode::read)) == ExitCode::config);
  }
  SECTION("another user's") {
    if (geteuid() == 0) {
      REQUIRE(chown(path.c_str(), 12345, 12345) == 0);
      CHECK(kind_of(test::store_options(path, Mode::read)) == ExitCode::config);
    } else {
      WARN("not root: a file of another user cannot be made here");
    }
  }
  SECTION("a newer schema") {
    {
      Db db(path, Access::write, std::chrono::milliseconds{0});
      db.script("PRAGMA user_version = 999");
    }
    const auto before = std::filesystem::last_write_time(path);
    for (const auto mode : {Mode::read, Mode::write, Mode::create})
      CHECK(kind_of(test::store_options(path, mode)) == ExitCode::config);
    CHECK(std::filesystem::last_write_time(path) == before);
  }
  SECTION("another program's database") {
    const auto other = folder / "other.db";
    std::ofstream(other).close();
    chmod(other.c_str(), 0600);
    {
      Db db(other, Access::write, std::chrono::milliseconds{0});
      db.script("CREATE TABLE t (a)");
    }
    CHECK(kind_of(test::store_options(other, Mode::create)) == ExitCode::config);
  }
  SECTION("no database at all") {
    const auto text = folder / "text.db";
    std::ofstream(text) << std::string(5000, 'x');
    chmod(text.c_str(), 0600);
    CHECK(kind_of(test::store_options(text, Mode::write)) == ExitCode::bad_data);
  }
  SECTION("nothing there") {
    CHECK(kind_of(test::store_options(folder / "none.db", Mode::read)) == ExitCode::not_found);
    CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
  }
}

TEST_CASE("a copied file goes on as a new replica", "[store]") {
  TempFolder folder;
  Uid first;
  {
    auto store = test::open_store(folder / "a.db");
    append_one(store, "note/1", "a");
    first = store.replica();
  }
  std::filesystem::copy_file(folder / "a.db", folder / "b.db");
  auto copy = test::open_store(folder / "b.db", Mode::write);
  append_one(copy, "note/1", "b");
  CHECK(copy.replica() != first);
  CHECK(head_of(copy.db(), first).seq == 2);
  CHECK(copy.db().integer("SELECT count(*) FROM replica") == 1);
}

TEST_CASE("a locked store is busy, and the hint says what to do", "[store]") {
  TempFolder folder;
  auto first = test::open_store(folder / "nines.db");
  auto options = test::store_options(folder / "nines.db", Mode::write);
  options.busy_timeout = std::chrono::milliseconds{10};
  Store second(options);
  Transaction held(first, "ada", "test", std::nullopt);
  try {
    Transaction blocked(second, "bob", "test", std::nullopt);
    FAIL("two writers at once");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::busy);
    CHECK(e.code() == "STORE_BUSY");
    CHECK(e.hint().find("--lock-timeout") != std::string::npos);
    CHECK(e.hint().find("process " + std::to_string(getpid())) != std::string::npos);
  }
}

TEST_CASE("as-of shows what was known then", "[store]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  auto store = test::open_store(path);
  append_one(store, "note/1", "a");
  const auto then = test::test_clock();
  {
    Transaction tx(store, "bob", "test", std::nullopt);
    tx.append({.kind = "note.added", .subject = "note/2"});
    tx.commit();
  }
  auto options = test::store_options(path, Mode::read);
  options.as_of = then;
  Store past(options);
  CHECK(past.db().integer("SELECT count(*) FROM actor") == 1);
  CHECK(past.db().integer("SELECT count(*) FROM event") == 2);
  CHECK(store.db().integer("SELECT count(*) FROM actor") == 2);
}

TEST_CASE("as-of a time before an erasure, what was erased stays gone", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  append_one(store, "note/1", "a");
  const auto then = test::test_clock();
  {
    Transaction tx(store, "eve", "test", std::nullopt);
    const auto named = log::to_string(log::EventRef{store.replica(), 1});
    tx.append({.kind = "log.erased", .subject = "event/" + named, .target = named});
    tx.commit();
  }
  auto options = test::store_options(folder / "nines.db", Mode::read);
  options.as_of = then;
  CHECK(Store(options).db().integer("SELECT count(*) FROM actor") == 0);
  CHECK(store.db().text("SELECT group_concat(name) FROM actor") == "eve");
}

TEST_CASE("kinds of newer replicas are kept and reported", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  append_one(store, "note/1", "a");
  const auto unknown = unknown_kinds(store.db());
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0].kind == "note.added");
  CHECK(unknown[0].events == 1);
}

TEST_CASE("a snapshot sees one state while others write", "[store]") {
  TempFolder folder;
  auto writer = test::open_store(folder / "nines.db");
  append_one(writer, "note/1", "a");
  const auto reader = test::open_store(folder / "nines.db", Mode::read);
  const auto events = [&] { return *reader.db().integer("SELECT count(*) FROM event"); };
  const auto before = events();
  {
    const Snapshot snapshot(reader);
    CHECK(events() == before);
    append_one(writer, "note/2", "b");
    {
      const Snapshot within(reader);  // changes nothing, and ends nothing
      CHECK(events() == before);
    }
    CHECK(events() == before);
  }
  CHECK(events() == before + 1);
}
