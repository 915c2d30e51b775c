// Tables of another version: refused by readers, made anew by the next writer, and nothing is lost.
#include "store/shape.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/reminders.hpp"
#include "store/verify.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

const Reminder kReminder{"review", "SLO checkout", "the review of SLO checkout",
                         from_epoch_micros(1'795'000'000'000'000)};

void give(Store& store, log::NewEvent event) {
  Transaction tx(store, "ada", "tick", std::nullopt);
  tx.append(event);
  tx.commit();
}

/// As an earlier version left it: a column less, a table more, and the note on it or none.
void age(Store& store, bool noted) {
  auto& db = store.db();
  db.script("ALTER TABLE reminder DROP COLUMN why; CREATE TABLE bygone (words TEXT)");
  if (noted)
    set_local_fact(db, "tables", "others");
  else
    db.run("DELETE FROM local WHERE name = 'tables'");
}

}  // namespace

TEST_CASE("a store whose table lacks a column is mended by the next write", "[shape]") {
  const bool noted = GENERATE(true, false);
  TempFolder folder;
  const auto path = folder / "nines.db";
  {
    auto store = test::open_store(path);
    give(store, reminder_given(kReminder));
    age(store, noted);
  }
  try {
    require_fit(test::open_store(path, Mode::read));
    FAIL("tables of another version were read");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::config);
    CHECK(e.code() == "STORE_TABLES_OTHER");
    CHECK(e.hint().find("doctor --rebuild") != std::string::npos);
  }
  auto past = test::store_options(path, Mode::read);
  past.as_of = test::test_clock();
  const Store then(past);
  require_fit(then);
  CHECK(was_given(then, kReminder));
  CHECK(verify_log(test::open_store(path, Mode::read)).intact());

  auto store = test::open_store(path, Mode::write);
  CHECK(was_given(store, kReminder));
  CHECK(differing_projections(store).empty());
  CHECK_FALSE(store.db().integer("SELECT 1 FROM sqlite_schema WHERE name = 'bygone'"));
  auto other = kReminder;
  other.what = "another review";
  give(store, reminder_given(other));
  CHECK(was_given(test::open_store(path, Mode::read), other));
}

TEST_CASE("a file without the note is read when its tables are the same", "[shape]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  {
    auto store = test::open_store(path);
    store.db().run("DELETE FROM local WHERE name = 'tables'");
  }
  CHECK_FALSE(local_fact(test::open_store(path, Mode::read).db(), "tables"));
  CHECK(local_fact(test::open_store(path, Mode::write).db(), "tables"));
}

TEST_CASE("what was reminded of under the first names is not said again", "[shape]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  const auto digest = Sha256()
                          .add("nines reminder\nreview\nSLO checkout\n")
                          .add(std::to_string(epoch_micros(kReminder.due)))
                          .finish();
  Uid uid;
  std::copy_n(digest.begin(), uid.bytes.size(), uid.bytes.begin());
  auto event = reminder_given(kReminder);
  event.subject = "reminder/" + uid.to_string();
  give(store, event);
  CHECK(was_given(store, kReminder));
  auto other = kReminder;
  other.what = "something else that fell due then";
  CHECK_FALSE(was_given(store, other));
}

TEST_CASE("a store of an earlier schema is copied, and then has what the present one has",
          "[shape]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  const auto index = [&] {
    Db db(path, Access::read, std::chrono::milliseconds{0});
    return db.text("SELECT sql FROM sqlite_schema WHERE name = 'part_by_series'").value_or("");
  };
  std::string present;
  {
    auto store = test::open_store(path);
    give(store, reminder_given(kReminder));
  }
  present = index();
  {
    Db db(path, Access::write, std::chrono::milliseconds{0});
    db.script(
        "DROP INDEX part_by_series; CREATE INDEX part_by_series ON part (series, day, run);"
        "PRAGMA user_version = 2");
  }
  {
    auto store = test::open_store(path);
    CHECK(was_given(store, kReminder));
    CHECK(differing_projections(store).empty());
  }
  CHECK(present.find("hours") != std::string::npos);
  CHECK(index() == present);
  std::size_t copies = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path.parent_path()))
    copies += entry.path().filename().string().find(".v2-") != std::string::npos;
  CHECK(copies == 1);
}
