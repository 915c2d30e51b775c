// What a git remote, which keeps everything, gets to read, and what it can forget.
#include <catch2/catch.hpp>

#include "store/verify.hpp"
#include "unit/usecases_log/git_fixture.hpp"
#include "usecases/log/erase.hpp"
#include "usecases/log/history.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::BareRemote;
using nines::test::dump;
using nines::test::error_of;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::TempFolder;
namespace fs = std::filesystem;

namespace {

/// Whether any object of a repository has the text, what no ref leads to included.
bool is_anywhere(const fs::path& repository, const std::string& text) {
  const auto listed =
      test::git(repository, {"cat-file", "--batch-all-objects", "--batch", "--unordered"});
  return listed.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("names lie at the remote sealed, and are read with their keys by every machine",
          "[git][seal]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "Grace Hopper");
  place_hold(a);
  CHECK(hub.sync(a).sent() == 2);
  CHECK_FALSE(is_anywhere(hub.path, "Hopper"));
  CHECK(is_anywhere(hub.path, "Acme v. us"));
  const auto keys = "refs/nines/keys/" + a.store().replica().to_string();
  CHECK(test::git(hub.path, {"rev-list", "--count", keys}) == "1\n");

  auto b = open_session(folder, "bob");
  CHECK(hub.sync(b).received() == 2);
  CHECK(read_history(b, {.kinds = {"hold.placed"}}).entries.front().actor == "Grace Hopper");
  place_hold(b);
  hub.sync(b);
  hub.sync(a);
  CHECK(dump(a) == dump(b));

  SECTION("a name that is erased is nowhere any more once the remote has tidied itself") {
    const auto key = test::git(hub.path, {"show", keys + ":0.keys"});
    CHECK(is_anywhere(hub.path, key));
    auto options = a.options();
    options.because = "request";
    auto reasoned = Session::open(options);
    erase_event(reasoned, "1", false);
    CHECK(hub.sync(a).kept_in_history == 0);
    // Still without history: the commit with the key is one that nothing leads to.
    CHECK(test::git(hub.path, {"rev-list", "--count", keys}) == "1\n");
    test::git(hub.path, {"gc", "--quiet", "--prune=now"});
    CHECK_FALSE(is_anywhere(hub.path, key));
    auto c = open_session(folder, "cy");
    CHECK(hub.sync(c).received() == 7);
    CHECK(read_history(c, {.kinds = {"hold.placed"}}).entries.back().actor != "Grace Hopper");
    CHECK(store::verify_log(c.store()).intact());
    CHECK(hub.sync(b).received() == 2);
    CHECK(dump(a) == dump(b));
    for (const auto* name : {"Grace Hopper", "bob", "cy"}) {
      const auto own = fs::directory_iterator(folder / name / "sync")->path() / "repository";
      INFO(own);
      CHECK_FALSE(is_anywhere(own, key));
    }
  }
  SECTION("without its key, and without an erasure, a body is missed and the replica waits") {
    test::git(hub.path, {"update-ref", "-d", keys});
    auto c = open_session(folder, "cy");
    CHECK(error_of([&] { hub.sync(c); }).code() == "BODY_MISSING");
  }
  SECTION("what was not confidential goes too, but git keeps it, and sync says so") {
    auto options = a.options();
    options.because = "request";
    auto reasoned = Session::open(options);
    erase_event(reasoned, "2", false);
    CHECK(hub.sync(a).kept_in_history == 1);
    CHECK(hub.sync(a).kept_in_history == 0);
    CHECK(is_anywhere(hub.path, "Acme v. us"));
  }
}

TEST_CASE("machines that seal for one remote at the same time lose no key", "[git][seal]") {
  TempFolder folder;
  const BareRemote hub(folder);
  const auto other = test::made_folder(folder / "other");
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  place_hold(a);
  place_hold(b);
  sync_directory(a, other);
  sync_directory(b, other);
  sync_directory(a, other);
  hub.sync(a);  // both bring both logs to the same place
  hub.sync(b);
  auto as_other = a.options();
  as_other.actor = "eve";
  auto eve = Session::open(as_other);
  place_hold(eve);
  sync_directory(eve, other);
  sync_directory(b, other);
  hub.sync(b);  // b seals for a's log
  hub.sync(eve);
  auto c = open_session(folder, "cy");
  hub.sync(c);
  CHECK(dump(c) == dump(b));
  CHECK(store::verify_log(c.store()).intact());
}
