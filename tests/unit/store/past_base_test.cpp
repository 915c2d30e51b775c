// A saved base of the past: made above a size, checked before use, and gone when it should be.
#include "store/past_base.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <memory>
#include <thread>

#include "base/error.hpp"
#include "domain/catalog/change.hpp"
#include "store/as_of.hpp"
#include "store/changes.hpp"
#include "store/folder_lock.hpp"
#include "store/numbers.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

constexpr std::uint64_t kSmall = 10;
constexpr std::int64_t kAnyTime = std::numeric_limits<std::int64_t>::max();

void add_change(Store& store, int number) {
  catalog::Change change;
  change.service = "checkout";
  change.system = "ci";
  change.reference = std::to_string(number);
  change.uid = catalog::change_uid(change.system, change.reference);
  change.start = from_epoch_micros(1'795'000'000'000'000 + number);
  Transaction tx(store, "ada", "test", "because");
  tx.append(change_recorded(change, take_number(store.db(), "CHG")));
  tx.commit();
}

struct Filled {
  TempFolder folder;
  std::filesystem::path path = folder / "nines.db";
  Store store = test::open_store(path);
  Instant middle;

  Filled() {
    for (int i = 0; i < 20; ++i) {
      add_change(store, i);
      if (i == 14) middle = test::test_time();
    }
  }
  std::string answer(std::uint64_t above = kSmall) const {
    auto past = replay_beside(path, middle, above);
    return test::dump_projections(past);
  }
  std::vector<PastBase> bases() const { return bases_until(path, kAnyTime); }
};

void erase_second(Filled& filled) {
  const auto ref = log::to_string(log::EventRef{filled.store.replica(), 2});
  Transaction tx(filled.store, "ada", "audit erase", "asked for");
  tx.append({.kind = "log.erased", .subject = "event/" + ref, .target = ref});
  tx.commit();
}

}  // namespace

TEST_CASE("reading far enough back leaves one base, private, and it is used", "[past]") {
  const Filled filled;
  const auto answer = filled.answer(1000);
  CHECK(filled.bases().empty());  // too few events to be worth it
  CHECK(filled.answer() == answer);
  REQUIRE(filled.bases().size() == 1);
  const auto base = filled.bases().front();
  struct stat info {};
  REQUIRE(stat(base.path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(filled.answer() == answer);
  REQUIRE(filled.bases().size() == 1);
  CHECK(filled.bases().front().path == base.path);
  Db copy({}, Access::memory, std::chrono::milliseconds{0});
  CHECK(copy_base(base, copy));
  CHECK(copy.integer("SELECT count(*) FROM change") == 15);
}

TEST_CASE("a base that is damaged or another's is dropped, and changes no answer", "[past]") {
  const Filled filled;
  const auto answer = filled.answer(1000);
  CHECK(filled.answer() == answer);
  const auto path = filled.bases().front().path;
  SECTION("a bit of it") {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(5000);
    file.put('\x7f');
  }
  SECTION("cut short") { std::filesystem::resize_file(path, 4096); }
  SECTION("empty") { std::filesystem::resize_file(path, 0); }
  SECTION("of another store") {
    const Filled other;
    other.answer();
    const auto theirs = other.bases().front().path;
    std::filesystem::remove(path);
    std::filesystem::copy_file(theirs, filled.folder / theirs.filename().string());
  }
  SECTION("a folder") {
    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
  }
  CHECK(filled.answer() == answer);
  for (const auto& base : filled.bases()) {
    Db copy({}, Access::memory, std::chrono::milliseconds{0});
    CHECK(copy_base(base, copy));  // only whole ones are left
  }
}

TEST_CASE("there are never many bases, and an erasure leaves none", "[past]") {
  Filled filled;
  for (int i = 0; i < 8; ++i) {
    for (int n = 0; n < 3; ++n) add_change(filled.store, 100 + i * 3 + n);
    replay_beside(filled.path, test::test_time(), kSmall);
    CHECK(filled.bases().size() <= 4);
  }
  CHECK_FALSE(filled.bases().empty());
  erase_second(filled);
  CHECK(filled.bases().empty());
}

TEST_CASE("an erasure removes what crashes left of bases and rebuilds", "[past]") {
  Filled filled;
  const auto left = {".past-new", ".past-new.Abc123", ".rebuild", ".rebuild-journal"};
  for (const auto* name : left) std::ofstream(filled.path.string() + name) << "words";
  const auto own = filled.path.string() + ".past-year";  // somebody's copy, by chance named so
  std::ofstream(own) << "kept";
  erase_second(filled);
  for (const auto* name : left) CHECK_FALSE(std::filesystem::exists(filled.path.string() + name));
  CHECK(std::filesystem::exists(own));
}

TEST_CASE("an erasure waits for who makes a copy just now, and removes it", "[past]") {
  Filled filled;
  const auto made = filled.path.string() + ".past-new.Abc123";
  auto lock = std::make_unique<FolderLock>(filled.path.parent_path());
  REQUIRE(lock->held());
  std::jthread maker([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    std::ofstream(made) << "words";
    lock.reset();
  });
  erase_second(filled);
  CHECK_FALSE(std::filesystem::exists(made));
}

TEST_CASE("no base is saved while another command works on files of the folder", "[past]") {
  const Filled filled;
  const FolderLock lock(filled.path.parent_path());
  CHECK(filled.answer() == filled.answer(1000));
  CHECK(filled.bases().empty());
}

TEST_CASE("what an erasure could not remove is removed by the next writer", "[past]") {
  Filled filled;
  const auto stuck = filled.path.string() + ".past-new";
  std::filesystem::create_directories(stuck + "/full");
  erase_second(filled);
  CHECK(std::filesystem::exists(stuck));
  std::filesystem::remove_all(stuck);
  std::ofstream(stuck) << "words";
  test::open_store(filled.path, Mode::write);
  CHECK_FALSE(std::filesystem::exists(stuck));
}

TEST_CASE("a base that is saved after an erasure it has not seen does not stay", "[past]") {
  Filled filled;
  Db memory({}, Access::memory, std::chrono::milliseconds{5000});
  memory.attach_disk(filled.path);
  memory.script("BEGIN");
  note_base(memory);
  memory.script("COMMIT");
  SECTION("without one it stays") {
    save_base(memory, filled.path);
    CHECK(filled.bases().size() == 1);
  }
  SECTION("with one it goes") {
    erase_second(filled);
    save_base(memory, filled.path);
    CHECK(filled.bases().empty());
  }
}

TEST_CASE("an empty file with the name of a base is dropped", "[past]") {
  const Filled filled;
  const auto answer = filled.answer(1000);
  const auto name = filled.path.string() + ".past-1-" + to_hex(xxh3_128(""));
  std::ofstream{name};
  std::filesystem::permissions(name, std::filesystem::perms{0600});
  CHECK(filled.answer(1000) == answer);
  CHECK_FALSE(std::filesystem::exists(name));
}
