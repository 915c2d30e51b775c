// Editing, deleting or reordering events, or any bit of a body, behind our back is found and named.
#include <catch2/catch.hpp>

#include <set>

#include "store/holds.hpp"
#include "store/verify.hpp"
#include "support/thorough.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

constexpr int kEvents = 12;

void fill(const std::filesystem::path& path) {
  auto store = test::open_store(path);
  for (int i = 0; i + 1 < kEvents; ++i) {
    Transaction tx(store, "ada", "hold add", "matter " + std::to_string(i));
    place_hold(tx, store, "Acme v. us", "incident/");
    tx.commit();
  }
}

/// What another SQLite client would do: plain SQL on a copy of the file.
Verification verify_after(const std::filesystem::path& path, const std::string& sql) {
  const auto copy = path.string() + ".copy";
  std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
  {
    Db db(copy, Access::write, std::chrono::milliseconds{0});
    db.script(sql);
  }
  return verify_log(test::open_store(copy, Mode::read));
}

}  // namespace

TEST_CASE("an untouched log is intact", "[audit]") {
  TempFolder folder;
  fill(folder / "nines.db");
  const auto store = test::open_store(folder / "nines.db", Mode::read);
  const auto result = verify_log(store);
  CHECK(result.intact());
  CHECK(result.events == kEvents);
  CHECK(result.bodies == kEvents);
  CHECK(differing_projections(store).empty());
}

TEST_CASE("every edit of every column of every event is found and named", "[audit]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  fill(path);
  const char* const edits[] = {"replica = X'00000000000000000000000000000000'",
                               "seq = seq + 1000",
                               "hlc = hlc + 1",
                               "hlc_counter = hlc_counter + 1",
                               "tx = zeroblob(16)",
                               "tx_index = tx_index + 1",
                               "kind = kind || 'x'",
                               "kind_version = 2",
                               "subject = subject || 'x'",
                               "target = 'x'",
                               "actor = zeroblob(16)",
                               "occurred_at = occurred_at - 1",
                               "occurred_precision = 'about'",
                               "recorded_at = recorded_at + 1",
                               "body_hash = zeroblob(32)",
                               "prev = randomblob(32)",
                               "hash = zeroblob(32)",
                               "format = 2",
                               "hlc_counter = hlc_counter + 4294967296",
                               "tx_index = tx_index + 4294967296",
                               "kind_version = kind_version + 4294967296",
                               "format = format + 4294967296",
                               "replica = CAST(replica AS TEXT)",
                               "hash = X'00'",
                               "kind = CAST(kind AS BLOB)"};
  for (const std::string edit : edits)
    for (const int position : {0, 4, kEvents - 1}) {
      const auto result = verify_after(
          path, "UPDATE event SET " + edit + " WHERE position = " + std::to_string(position));
      INFO(edit << " at " << position);
      REQUIRE_FALSE(result.intact());
      CHECK(result.faults.front().number == position + 1);
    }
}

TEST_CASE("deleting and reordering events is found", "[audit]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  fill(path);
  for (int position = 0; position < kEvents; ++position) {
    const auto at = std::to_string(position);
    const auto one = verify_after(path, "DELETE FROM event WHERE position = " + at);
    CHECK_FALSE(one.intact());
    const auto both = verify_after(path, "DELETE FROM event WHERE position = " + at +
                                             "; DELETE FROM body WHERE position = " + at);
    REQUIRE_FALSE(both.intact());
    CHECK(both.faults.front().number >= position + 1);
    CHECK(both.faults.front().number <= position + 2);
  }
  for (const char* table : {"event", "body"})
    CHECK_FALSE(verify_after(path, std::string("UPDATE ") + table +
                                       " SET position = -1 WHERE position = 3;"
                                       "UPDATE " +
                                       table +
                                       " SET position = 3 WHERE position = 4;"
                                       "UPDATE " +
                                       table + " SET position = 4 WHERE position = -1")
                    .intact());
  CHECK_FALSE(verify_after(path,
                           "UPDATE event SET position = -1 WHERE position = 3;"
                           "UPDATE event SET position = 3 WHERE position = 4;"
                           "UPDATE event SET position = 4 WHERE position = -1;"
                           "UPDATE body SET position = -1 WHERE position = 3;"
                           "UPDATE body SET position = 3 WHERE position = 4;"
                           "UPDATE body SET position = 4 WHERE position = -1")
                  .intact());
  CHECK_FALSE(verify_after(path, "DELETE FROM event; DELETE FROM body").intact());
}

TEST_CASE("every bit of a stored body is covered", "[audit]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  fill(path);
  const auto copy = folder / "copy.db";
  std::filesystem::copy_file(path, copy);
  Db db(copy, Access::write, std::chrono::milliseconds{0});
  const auto json = *db.text("SELECT json FROM body WHERE position = 5");
  const auto store = test::open_store(copy, Mode::read);
  for (std::size_t bit = 0; bit < json.size() * 8;
       bit += static_cast<std::size_t>(test::thorough(3, 1))) {
    auto flipped = json;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    db.run("UPDATE body SET json = CAST(? AS TEXT) WHERE position = 5",
           std::span(reinterpret_cast<const std::uint8_t*>(flipped.data()), flipped.size()));
    const auto result = verify_log(store);
    REQUIRE_FALSE(result.intact());
    CHECK(result.faults.front().number == 6);
  }
  db.run("UPDATE body SET json = ? WHERE position = 5", json);
  REQUIRE(verify_log(store).intact());
  for (int byte = 0; byte < 16; ++byte) {
    auto salt = db.query("SELECT salt FROM body WHERE position = 5");
    REQUIRE(salt.step());
    auto bytes = salt.hash128(0);
    bytes[static_cast<std::size_t>(byte)] ^= static_cast<std::uint8_t>(1 << (byte % 8));
    db.run("UPDATE body SET salt = ? WHERE position = 5", bytes);
    CHECK_FALSE(verify_log(store).intact());
    bytes[static_cast<std::size_t>(byte)] ^= static_cast<std::uint8_t>(1 << (byte % 8));
    db.run("UPDATE body SET salt = ? WHERE position = 5", bytes);
  }
}

TEST_CASE("edited projections are found by folding anew", "[audit]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  fill(path);
  {
    Db db(path, Access::write, std::chrono::milliseconds{0});
    db.script("UPDATE hold SET matter = 'nothing to see' WHERE scope = 'incident/'");
  }
  const auto store = test::open_store(path, Mode::read);
  CHECK(verify_log(store).intact());
  CHECK(differing_projections(store) == std::vector<std::string>{"hold"});
}

TEST_CASE("tiles are kept and checked", "[audit]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  {
    auto store = test::open_store(path);
    Transaction tx(store, "ada", "many", std::nullopt);
    for (int i = 0; i < 600; ++i)
      tx.append({.kind = "note.added", .subject = "note/" + std::to_string(i)});
    tx.commit();
  }
  CHECK(verify_after(path, "").intact());
  CHECK_FALSE(verify_after(path, "UPDATE tile SET hash = zeroblob(32) WHERE number = 1").intact());
  CHECK_FALSE(verify_after(path, "DELETE FROM tile WHERE number = 0").intact());
  CHECK_FALSE(verify_after(path, "DELETE FROM local WHERE name = 'frontier'").intact());
}
