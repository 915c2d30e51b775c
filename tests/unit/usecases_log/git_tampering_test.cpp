// What people do to a git remote behind our back: refs that are rewound, replaced, filled by
// others.
#include <catch2/catch.hpp>

#include "unit/usecases_log/git_fixture.hpp"
#include "usecases/log/audit.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::BareRemote;
using nines::test::dump;
using nines::test::error_of;
using nines::test::git;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::TempFolder;
namespace fs = std::filesystem;

namespace {

/// A ref set to other files: "<mode> <type> <id>\t<name>" lines.
void force_files(const BareRemote& hub, const std::string& ref, const std::string& lines) {
  const auto file = hub.path / "lines";
  test::write_text(file, lines);
  const auto script =
      "tree=$(git mktree <lines) && commit=$(git -c user.name=m -c user.email=m "
      "commit-tree -m x $tree) && git update-ref " +
      ref + " $commit";
  ProcessRequest request;
  request.argv = {"sh", "-c", script};
  request.env = allowed_environment(own_environment());
  request.folder = hub.path;
  request.timeout = std::chrono::minutes{1};
  REQUIRE(run_process(request).exit_code == 0);
}

}  // namespace

TEST_CASE("a ref that was rewound or deleted is named, and what it held is put back", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  for (int i = 0; i < 2; ++i) {
    place_hold(a);
    hub.sync(a);
  }
  hub.sync(b);
  const auto ref = hub.ref_of(a);
  git(hub.path, {"update-ref", ref, ref + "~1"});
  CHECK_FALSE(audit_verify(b, {.place = hub.place()}).intact());
  auto report = hub.sync(b);
  CHECK(report.rewritten == std::vector{a.store().replica().to_string()});
  CHECK(report.sent() == 1);
  CHECK_FALSE(report.contradictions.empty());
  CHECK(audit_verify(b, {.place = hub.place()}).intact());
  CHECK(hub.sync(b).rewritten.empty());

  git(hub.path, {"update-ref", "-d", ref});
  report = hub.sync(b);
  CHECK(report.rewritten.size() == 1);
  CHECK(report.sent() == 3);
  auto c = open_session(folder, "cy");
  CHECK(hub.sync(c).received() == 3);
  CHECK(dump(c) == dump(a));
}

TEST_CASE("a copy that wrote under its original's name is refused over git too", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  place_hold(a);
  const auto clone_db = test::made_folder(folder / "clone") / "nines.db";
  a.store().db().script("PRAGMA wal_checkpoint(TRUNCATE)");
  fs::copy_file(folder / "ada" / "nines.db", clone_db);
  {
    store::Db db(clone_db, store::Access::write, std::chrono::milliseconds{0});
    const auto mark = store::file_mark(clone_db);
    db.run("UPDATE local SET value = ? WHERE name = 'mark'",
           std::span(reinterpret_cast<const std::uint8_t*>(mark.data()), mark.size()));
  }
  auto clone = open_session(folder, "clone");
  place_hold(a);
  place_hold(clone);
  hub.sync(a);
  CHECK(error_of([&] { hub.sync(clone); }).code() == "FORK");
  CHECK_FALSE(audit_verify(clone, {.place = hub.place()}).intact());
}

TEST_CASE("a replica that was rewritten is named over git, also to whoever never saw the first",
          "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  const SyncOptions as_bob{.key_file = folder / "bob.key"};
  const auto db = folder / "ada" / "nines.db";
  const auto write_hold = [&](const std::string& matter) {
    auto ada = open_session(folder, "ada");
    place_hold(ada, matter);
    return ada.store().replica().to_string();
  };
  const auto replica = write_hold("first");
  const auto before = test::read_text(db);
  write_hold("as it was");
  {
    auto ada = open_session(folder, "ada");
    hub.sync(ada);
  }
  auto bob = open_session(folder, "bob");
  audit_checkpoint(bob, {folder / "bob.key", true});
  hub.sync(bob, as_bob);

  test::write_text(db, before);  // in place: the file, and so the replica, stays the same
  CHECK(write_hold("as it should have been") == replica);
  for (const auto* kind : {"replicas/", "keys/"})
    git(hub.path, {"update-ref", "-d", std::string("refs/nines/") + kind + replica});
  {
    auto ada = open_session(folder, "ada");
    CHECK(hub.sync(ada).sent() > 0);
  }
  auto cy = open_session(folder, "cy");
  const auto named = [&](const SyncReport& report) {
    return std::any_of(report.contradictions.begin(), report.contradictions.end(),
                       [&](const Contradiction& one) {
                         return one.kind == Contradiction::Kind::rewritten &&
                                one.replica == replica && one.proven();
                       });
  };
  CHECK(named(hub.sync(cy)));
  CHECK_FALSE(audit_verify(cy, {.place = hub.place()}).intact());
  CHECK(error_of([&] { hub.sync(bob, as_bob); }).code() == "FORK");
  CHECK_FALSE(audit_verify(bob, {.place = hub.place()}).intact());
}

TEST_CASE("what others put into a ref is not trusted", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  place_hold(a);
  hub.sync(a);
  const auto ref = hub.ref_of(a);
  const auto good = hub.commit_of(ref);
  const auto tree = git(hub.path, {"ls-tree", ref + ":0"});
  test::write_text(hub.path / "lines", "anything");
  const auto blob = git(hub.path, {"hash-object", "-w", "--no-filters", "lines"});
  const auto put = [&](std::string files) {
    // mktree takes no folders in names, so the inner tree is made first.
    force_files(hub, "refs/x", files);
    const auto inner = git(hub.path, {"rev-parse", "refs/x^{tree}"});
    force_files(hub, ref, "040000 tree " + inner.substr(0, 40) + "\t0\n");
  };
  const auto swapped = [&](const std::string& from, const std::string& to) {
    auto text = tree;
    text.replace(text.rfind(from), from.size(), to);
    return text;
  };
  auto b = open_session(folder, "bob");
  put(swapped("100644 blob", "120000 blob"));  // a link in the place of a segment
  CHECK(error_of([&] { hub.sync(b); }).code() == "SEGMENT_DAMAGED");
  const auto last = tree.substr(tree.rfind("blob ") + 5, 40);
  put(swapped(last, blob.substr(0, 40)));  // another text under its name
  CHECK(error_of([&] { hub.sync(b); }).kind() == ExitCode::bad_data);
  put(tree + "100644 blob " + last + "\t..evil\n100755 blob " + last + "\tREADME\n");
  CHECK(hub.sync(b).received() == 2);  // other names are none of ours
  CHECK(hub.sync(a).rewritten.size() == 1);
  git(hub.path, {"update-ref", ref, blob.substr(0, 40)});  // no commit at all
  CHECK(error_of([&] { hub.sync(b); }).code() == "SEGMENT_DAMAGED");
  git(hub.path, {"update-ref", ref, good});
  CHECK(hub.sync(a).rewritten.size() == 1);
}
