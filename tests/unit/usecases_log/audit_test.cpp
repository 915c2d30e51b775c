// The audit as an auditor meets it: checkpoints kept elsewhere, proofs, exports, rollback.
#include "usecases/log/audit.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "domain/log/checkpoint.hpp"
#include "store/event_log.hpp"
#include "store/store_state.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/doctor.hpp"
#include "usecases/log/erase.hpp"
#include "usecases/log/history.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/log/trust.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::read_text;
using nines::test::TempFolder;
using nines::test::write_text;

namespace {

void place(Session& session, int times = 1) {
  for (int i = 0; i < times; ++i) test::place_hold(session);
}

}  // namespace

TEST_CASE("a checkpoint without a key says that it is unsigned, and still finds a rollback",
          "[audit]") {
  TempFolder folder;
  auto session = Session::open(test::session_options(folder / "nines.db"));
  place(session, 3);
  std::filesystem::copy_file(folder / "nines.db", folder / "old.db");
  place(session, 3);
  const auto checkpoint = audit_checkpoint(session, {folder / "config" / "key"});
  CHECK(checkpoint.signer.empty());
  write_text(folder / "cp.txt", checkpoint.text);

  const auto now = audit_verify(session, {.against = folder / "cp.txt"});
  CHECK(now.intact());
  REQUIRE(now.against);
  CHECK(now.against->same_log);
  CHECK(now.against->signature == SignatureState::none);
  place(session, 2);
  CHECK(audit_verify(session, {.against = folder / "cp.txt"}).intact());
}

TEST_CASE("a rolled back file is found by the checkpoint alone", "[audit]") {
  TempFolder folder;
  {
    auto session = Session::open(test::session_options(folder / "nines.db"));
    place(session, 3);
  }
  std::filesystem::copy_file(folder / "nines.db", folder / "old.db");
  {
    auto session = Session::open(test::session_options(folder / "nines.db"));
    place(session, 3);
    write_text(folder / "cp.txt", audit_checkpoint(session, {folder / "key"}).text);
  }
  auto session = Session::open(test::session_options(folder / "old.db"));
  CHECK(audit_verify(session, {}).intact());
  const auto report = audit_verify(session, {.against = folder / "cp.txt"});
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].what.find("rolled back") != std::string::npos);
}

TEST_CASE("a signed checkpoint names its key; a changed one is refused", "[audit]") {
  TempFolder folder;
  const auto key = folder / "config" / "key";
  auto session = Session::open(test::session_options(folder / "nines.db"));
  place(session, 3);
  const auto first = audit_checkpoint(session, {key, true});
  CHECK(first.signer.starts_with("nines/"));
  struct stat info {};
  REQUIRE(stat(key.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);

  write_text(folder / "cp.txt", first.text);
  auto report = audit_verify(session, {.against = folder / "cp.txt"});
  CHECK(report.intact());
  CHECK(report.against->signature == SignatureState::valid);

  const auto second = audit_checkpoint(session, {key, true});  // a rotation
  CHECK(second.signer != first.signer);
  CHECK(audit_verify(session, {.against = folder / "cp.txt"}).against->signature ==
        SignatureState::valid);

  auto bad = first.text;
  bad.replace(bad.find("\n5\n"), 3, "\n4\n");
  write_text(folder / "bad.txt", bad);
  CHECK_FALSE(audit_verify(session, {.against = folder / "bad.txt"}).intact());
  write_text(folder / "junk.txt", "not a checkpoint");
  CHECK_THROWS_AS(audit_verify(session, {.against = folder / "junk.txt"}), Error);
}

TEST_CASE("one event is proven without showing any other", "[audit]") {
  TempFolder folder;
  const auto key = folder / "key";
  auto session = Session::open(test::session_options(folder / "nines.db"));
  place(session, 300);
  audit_checkpoint(session, {key, true});
  const auto proof = audit_prove(session, "17", key);
  CHECK(proof.kind == "hold.placed");
  CHECK(proof.text.size() < 3000);
  write_text(folder / "proof.txt", proof.text);
  auto check = audit_check_proof(session, folder / "proof.txt", key);
  CHECK(check.holds);
  CHECK(check.signature == SignatureState::valid);
  CHECK(check.header.text("kind") == "hold.placed");
  // The body is disclosed by its salt.
  const auto salt = hash128_from_hex(proof.salt);
  REQUIRE(salt);
  CHECK(check.header.text("body") == to_hex(log::body_hash(*salt, proof.body.canonical())));

  auto forged = proof.text;
  forged.replace(forged.find("index 16"), 8, "index 15");
  write_text(folder / "forged.txt", forged);
  CHECK_FALSE(audit_check_proof(session, folder / "forged.txt", key).holds);
  CHECK_THROWS_AS(audit_prove(session, "9999", key), Error);
}

TEST_CASE("an export holds every event and its digests", "[audit]") {
  TempFolder folder;
  auto session = Session::open(test::session_options(folder / "nines.db"));
  place(session, 5);
  const auto result = audit_export(session, folder / "evidence", folder / "key");
  CHECK(result.events == 6);
  for (const auto& [name, hash] : result.files)
    CHECK(to_hex(sha256(read_text(folder / "evidence" / name))) == hash);
  std::istringstream lines(read_text(folder / "evidence" / "events.jsonl"));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto json = Json::parse(line);
    CHECK(to_hex(sha256(json.find("header")->canonical())) == json.text("hash"));
  }
  CHECK(count == 6);
  CHECK_THROWS_AS(audit_export(session, folder / "evidence", folder / "key"), Error);
}

TEST_CASE("a backup verifies, and a restored store goes on as a new replica", "[doctor]") {
  TempFolder folder;
  Uid replica;
  {
    auto session = Session::open(test::session_options(folder / "nines.db"));
    place(session, 5);
    replica = session.store().replica();
    const auto backup = doctor_backup(session, folder / "backup.db");
    CHECK(backup.events == 6);
    CHECK_THROWS_AS(doctor_backup(session, folder / "backup.db"), Error);
    place(session, 1);
  }
  auto options = test::session_options(folder / "restored" / "nines.db");
  CHECK(doctor_restore(options, folder / "backup.db").events == 6);
  CHECK_THROWS_AS(doctor_restore(options, folder / "backup.db"), Error);
  auto session = Session::open(options);
  place(session, 1);
  CHECK(session.store().replica() != replica);
  CHECK(audit_verify(session, {}).intact());
  CHECK(doctor(session, true).worst() == Health::ok);
}

TEST_CASE("doctor finds edited tables, and a rebuild mends them", "[doctor]") {
  TempFolder folder;
  auto session = Session::open(test::session_options(folder / "nines.db"));
  place(session, 5);
  session.store().db().script("UPDATE hold SET matter = 'x'; DROP TABLE number");
  session.store().db().script(
      "CREATE TABLE number (subject TEXT PRIMARY KEY, prefix TEXT NOT NULL, "
      "number INTEGER NOT NULL, uid BLOB NOT NULL) WITHOUT ROWID");
  CHECK(doctor(session, false).worst() == Health::ok);
  CHECK(doctor(session, true).worst() == Health::failed);
  CHECK(doctor_rebuild(session).changed == std::vector<std::string>{"hold", "number"});
  CHECK(doctor(session, true).worst() == Health::ok);
  CHECK(doctor_rebuild(session).changed.empty());
}

TEST_CASE("tables of another version keep nobody from the log, a backup, and what to do",
          "[doctor]") {
  TempFolder folder;
  auto options = test::session_options(folder / "nines.db");
  {
    auto session = Session::open(options);
    place(session, 2);
    session.store().db().script("ALTER TABLE hold ADD COLUMN more TEXT");
    store::set_local_fact(session.store().db(), "tables", "others");
  }
  options.write = options.create = false;
  try {
    Session::open(options).store();
    FAIL("tables of another version were read");
  } catch (const Error& e) {
    CHECK(e.code() == "STORE_TABLES_OTHER");
  }
  {
    options.log_alone = true;
    const auto session = Session::open(options);
    for (const bool full : {false, true}) {
      const auto report = doctor(session, full);
      CHECK(report.worst() == Health::warning);
      CHECK(report.checks.back().name == "tables");
      CHECK(report.checks.back().hint.find("doctor --rebuild") != std::string::npos);
    }
    CHECK(doctor_backup(session, folder / "backup.db").events == 3);
  }
  options.write = true;
  auto session = Session::open(options);
  CHECK(doctor_rebuild(session).changed.empty());
  CHECK(doctor(session, true).worst() == Health::ok);
  CHECK(store::read_holds(session.store()).size() == 2);
}

TEST_CASE("an erased text is nowhere in the file, and the log still verifies", "[audit]") {
  TempFolder folder;
  std::filesystem::create_directories(folder / "remote");
  auto options = test::session_options(folder / "nines.db");
  options.because = "request 2026-114";
  auto session = Session::open(options);
  {
    store::Transaction tx(session.store(), "ada", "hold add", std::nullopt);
    store::place_hold(tx, session.store(), "Zaphod Beeblebrox", "incident/");
    tx.commit();
  }
  sync_directory(session, folder / "remote");
  auto other = Session::open(test::session_options(folder / "other.db"));
  sync_directory(other, folder / "remote");

  CHECK(erase_event(session, "2", true).kind == "hold.placed");
  CHECK(store::read_holds(session.store()).size() == 1);
  erase_event(session, "2", false);
  CHECK(store::read_holds(session.store()).empty());
  CHECK(audit_verify(session, {}).intact());
  CHECK(audit_verify(session, {}).erased == 1);
  // The index of searchable words holds them in lower case.
  const auto is_gone_from = [](const std::filesystem::path& store) {
    for (const auto* suffix : {"", "-wal"})
      for (const auto* word : {"Beeblebrox", "beeblebrox"})
        CHECK(read_text(store.string() + suffix).find(word) == std::string::npos);
  };
  is_gone_from(folder / "nines.db");
  CHECK_THROWS_AS(erase_event(session, "2", false), Error);

  sync_directory(session, folder / "remote");
  sync_directory(other, folder / "remote");
  CHECK(audit_verify(other, {}).intact());
  CHECK(store::read_holds(other.store()).empty());
  is_gone_from(folder / "other.db");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "remote"))
    if (entry.is_regular_file())
      CHECK(read_text(entry.path()).find("Beeblebrox") == std::string::npos);
  auto late = Session::open(test::session_options(folder / "late.db"));
  sync_directory(late, folder / "remote");
  CHECK(audit_verify(late, {}).intact());
}

TEST_CASE("a legal hold beats erasure, and an erasure needs a reason", "[audit]") {
  TempFolder folder;
  auto options = test::session_options(folder / "nines.db");
  auto session = Session::open(options);
  place(session);
  CHECK_THROWS_AS(erase_event(session, "2", false), Error);  // no reason
  options.because = "request";
  auto reasoned = Session::open(options);
  {
    store::Transaction tx(session.store(), "ada", "hold add", std::nullopt);
    store::place_hold(tx, session.store(), "everything about holds", "hold/");
    tx.commit();
  }
  try {
    erase_event(reasoned, "2", false);
    FAIL("erased under a hold");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::needs_approval);
    CHECK(e.code() == "HELD");
  }
}

TEST_CASE("a store from elsewhere is opened only once it is trusted", "[trust]") {
  TempFolder folder;
  auto mine = test::session_options(folder / "mine.db");
  mine.trust_list = folder / "config" / "trusted-stores";
  mine.must_be_trusted = true;
  {
    auto session = Session::open(mine);
    place(session);
  }  // made here: known
  mine.create = false;
  {
    auto session = Session::open(mine);
    place(session);
  }
  {
    auto session = Session::open(test::session_options(folder / "theirs.db"));
    place(session);
  }
  auto theirs = mine;
  theirs.db = folder / "theirs.db";
  auto session = Session::open(theirs);
  try {
    session.store();
    FAIL("opened a store that nobody trusted");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::config);
    CHECK(e.code() == "STORE_NOT_TRUSTED");
  }
  CHECK_FALSE(trust_store(theirs).already);
  CHECK(trust_store(theirs).already);
  CHECK_NOTHROW(session.store());
}
