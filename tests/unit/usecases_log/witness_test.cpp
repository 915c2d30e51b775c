// A log that is shorter, or another one, than somebody saw it is named by whoever looks next.
#include <catch2/catch.hpp>
#include <fstream>

#include "store/private_file.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/audit.hpp"
#include "usecases/log/sync.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::TempFolder;
using Kind = Contradiction::Kind;

namespace {

/// Ada writes, Bob reads it and says so under his signature; each has a key of their own.
struct Team {
  TempFolder folder;
  std::filesystem::path remote = test::made_folder(folder / "remote");
  Session ada = open_session(folder, "ada");
  Session bob = open_session(folder, "bob");

  Team() {
    audit_checkpoint(ada, {key_of("ada"), true});
    audit_checkpoint(bob, {key_of("bob"), true});
    for (int i = 0; i < 3; ++i) {
      place_hold(ada);
      exchange(ada, "ada");
    }
    exchange(bob, "bob");
  }

  std::filesystem::path key_of(const std::string& name) const { return folder / (name + ".key"); }
  SyncReport exchange(Session& session, const std::string& name) const {
    return sync_directory(session, remote, {.key_file = key_of(name)});
  }
  std::filesystem::path segments_of(const Session& session) const {
    return remote / session.store().replica().to_string();
  }
  /// The newest segment of the replica, with its bodies.
  void cut_tail(const Session& session) const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(segments_of(session)))
      files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (std::size_t i = files.size() - 2; i < files.size(); ++i) std::filesystem::remove(files[i]);
  }
};

}  // namespace

TEST_CASE("a tail that was cut off is named to a newcomer, by what another saw", "[sync]") {
  Team team;
  CHECK(team.exchange(team.ada, "ada").contradictions.empty());
  team.cut_tail(team.ada);
  auto cy = open_session(team.folder, "cy");
  const auto report = sync_directory(cy, team.remote);
  std::size_t proven = 0;
  for (const auto& one : report.contradictions) {
    CHECK(one.kind == Kind::cut_off);
    CHECK(one.replica == team.ada.store().replica().to_string());
    CHECK(one.seen > one.found);
    CHECK(to_string(one).find("its tail was cut off") != std::string::npos);
    // Ada's key was published in an event that is there, and so was Bob's.
    proven += one.proven() ? 1 : 0;
  }
  CHECK(proven == 2);
  CHECK_FALSE(audit_verify(cy, {.against = team.remote}).intact());

  // Bob still has what is gone there: it is put back, and said.
  const auto healed = team.exchange(team.bob, "bob");
  CHECK(healed.sent() > 0);
  REQUIRE_FALSE(healed.contradictions.empty());
  for (const auto& one : healed.contradictions) CHECK(one.kind == Kind::lost_there);
  CHECK(sync_directory(cy, team.remote).contradictions.empty());
  CHECK(audit_verify(cy, {.against = team.remote}).intact());
}

TEST_CASE("a replica that was rewritten is named, also to whoever never saw the first version",
          "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  const SyncOptions as_bob{.key_file = folder / "bob.key"};
  const auto db = folder / "ada" / "nines.db";
  const auto write_hold = [&](const std::string& matter) {
    auto ada = open_session(folder, "ada");
    place_hold(ada, matter);
    return ada.store().replica();
  };
  const auto replica = write_hold("first");
  const auto before = test::read_text(db);
  write_hold("as it was");
  {
    auto ada = open_session(folder, "ada");
    sync_directory(ada, remote);
  }
  auto bob = open_session(folder, "bob");
  audit_checkpoint(bob, {folder / "bob.key", true});
  sync_directory(bob, remote, as_bob);

  test::write_text(db, before);  // in place: the file, and so the replica, stays the same
  CHECK(write_hold("as it should have been") == replica);
  std::filesystem::remove_all(remote / replica.to_string());
  {
    auto ada = open_session(folder, "ada");
    CHECK(sync_directory(ada, remote).sent() > 0);
  }

  auto cy = open_session(folder, "cy");
  const auto report = sync_directory(cy, remote);
  const auto named = std::count_if(
      report.contradictions.begin(), report.contradictions.end(), [&](const Contradiction& one) {
        return one.kind == Kind::rewritten && one.replica == replica.to_string() &&
               one.witness == bob.store().replica().to_string() && one.proven();
      });
  CHECK(named == 1);
  CHECK_FALSE(audit_verify(cy, {.against = remote}).intact());
  CHECK(test::error_of([&] { sync_directory(bob, remote, as_bob); }).code() == "FORK");
  CHECK_FALSE(audit_verify(bob, {.against = remote}).intact());
}

TEST_CASE("a statement that nobody signed, or in a stranger's hand, proves nothing", "[sync]") {
  Team team;
  TempFolder other;
  auto dee = open_session(other, "dee");
  for (int i = 0; i < 9; ++i) place_hold(dee);
  // Dee, whom nobody here knows, claims to have seen more of a replica than there is.
  const auto checkpoint = audit_checkpoint(dee, {other / "dee.key", false});
  auto text = checkpoint.text;
  const auto head = text.find("head ");
  text.replace(head + 5, 36, team.ada.store().replica().to_string());
  test::write_text(team.remote / "statements" / (dee.store().replica().to_string() + ".checkpoint"),
                   text);
  const auto report = team.exchange(team.bob, "bob");
  REQUIRE(report.contradictions.size() == 1);
  CHECK(report.contradictions.front().signature == SignatureState::none);
  CHECK_FALSE(report.contradictions.front().proven());
  const auto audit = audit_verify(team.bob, {.against = team.remote});
  CHECK(audit.intact());
  CHECK(audit.unproven.size() == 1);
}

TEST_CASE("a store that was rolled back is told by its own statement, which it leaves", "[sync]") {
  Team team;
  const auto db = team.folder / "cy" / "nines.db";
  {
    auto cy = open_session(team.folder, "cy");
    audit_checkpoint(cy, {team.key_of("cy"), true});
    team.exchange(cy, "cy");
  }
  std::filesystem::copy_file(db, team.folder / "backup.db");
  {
    auto cy = open_session(team.folder, "cy");
    place_hold(cy);
    team.exchange(cy, "cy");
    team.cut_tail(cy);
  }
  for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(db.string() + suffix);
  test::write_text(db, test::read_text(team.folder / "backup.db"));
  for (int i = 0; i < 2; ++i) {
    auto cy = open_session(team.folder, "cy");
    const auto report = team.exchange(cy, "cy");
    CHECK(std::any_of(report.contradictions.begin(), report.contradictions.end(),
                      [](const auto& one) { return one.kind == Kind::cut_off && one.proven(); }));
  }
}
