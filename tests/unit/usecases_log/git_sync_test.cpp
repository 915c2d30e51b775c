// Exchange over a real git remote: any order, any interruption, and people who rewrite refs.
#include <catch2/catch.hpp>
#include <random>

#include "store/folder_lock.hpp"
#include "store/rebuild.hpp"
#include "store/verify.hpp"
#include "unit/usecases_log/git_fixture.hpp"
#include "usecases/log/erase.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::BareRemote;
using nines::test::dump;
using nines::test::error_of;
using nines::test::git;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::release_hold;
using nines::test::TempFolder;
namespace fs = std::filesystem;

namespace {

void set_hook(const BareRemote& hub, const std::string& script) {
  const auto file = test::made_folder(hub.path / "hooks") / "pre-receive";
  test::write_text(file, "#!/bin/sh\n" + script);
  fs::permissions(file, fs::perms::owner_all);
}

std::size_t files_in_ref(const BareRemote& hub, const std::string& ref) {
  const auto text = git(hub.path, {"ls-tree", "-r", "--name-only", ref});
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("two stores that wrote apart meet over git, and syncing again pushes nothing", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  const auto shared = place_hold(a);
  place_hold(a);
  undo(a, std::nullopt, false);
  place_hold(b);
  CHECK(hub.sync(a, {.dry_run = true}).sent() == 4);
  CHECK(git(hub.path, {"for-each-ref"}).empty());  // a dry run leaves nothing
  const auto first = hub.sync(a);
  CHECK(first.first_contact);
  CHECK(first.sent() == 4);
  const auto report = hub.sync(b);
  CHECK(report.received() == 4);
  CHECK(report.clashes.size() == 2);
  release_hold(b, shared);
  hub.sync(b);
  hub.sync(a);
  CHECK(dump(a) == dump(b));
  const auto refs = git(hub.path, {"for-each-ref"});
  for (auto* session : {&a, &b, &a}) {
    const auto again = hub.sync(*session);
    CHECK(again.received() + again.sent() == 0);
    CHECK(again.rewritten.empty());
  }
  CHECK(git(hub.path, {"for-each-ref"}) == refs);
  for (auto* session : {&a, &b}) CHECK(store::verify_log(session->store()).intact());
  git(hub.path, {"fsck", "--strict"});
}

TEST_CASE("three replicas that sync over git in random order converge", "[git]") {
  std::mt19937 random(20261129);
  for (int round = 0; round < 2; ++round) {
    TempFolder folder;
    const BareRemote hub(folder);
    std::vector<Session> sessions;
    for (const char* name : {"ada", "bob", "cy"}) sessions.push_back(open_session(folder, name));
    std::vector<Uid> holds;
    for (int step = 0; step < 40; ++step) {
      auto& session = sessions[random() % 3];
      const auto what = random() % 8;
      if (what < 4) {
        holds.push_back(place_hold(session, "m" + std::to_string(step)));
      } else if (what < 6 && !holds.empty()) {
        release_hold(session, holds[random() % holds.size()]);
      } else if (what == 6) {
        // The network is cut: nothing is lost, and nothing half there.
        fs::rename(hub.path, folder / "away");
        CHECK(error_of([&] { hub.sync(session); }).kind() != ExitCode::bug);
        fs::rename(folder / "away", hub.path);
      } else {
        hub.sync(session);
      }
    }
    for (int i = 0; i < 2; ++i)
      for (auto& session : sessions) hub.sync(session);
    CHECK(dump(sessions[0]) == dump(sessions[1]));
    CHECK(dump(sessions[1]) == dump(sessions[2]));
    for (auto& session : sessions) {
      CHECK(store::differing_projections(session.store()).empty());
      CHECK(store::verify_log(session.store()).intact());
    }
  }
}

TEST_CASE("a remote out of reach is said with what waits for it, and nothing is lost", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  CHECK(error_of([&] {
          sync_place(a, sync_place_from("git:" + (folder / "nowhere").string(), "/"));
        }).code() == "NO_REMOTE");
  place_hold(a);
  hub.sync(a);
  place_hold(a);
  fs::rename(hub.path, folder / "away");
  const auto error = error_of([&] { hub.sync(a); });
  CHECK(error.code() == "REMOTE_UNREACHABLE");
  CHECK(error.kind() == ExitCode::busy);
  REQUIRE(error.notes().size() == 1);
  CHECK(error.notes().front().starts_with("1 event not delivered there, the first recorded 20"));
  fs::rename(folder / "away", hub.path);
  CHECK(hub.sync(a).sent() == 1);

  // Another repository at the same address is not the one that was known.
  fs::rename(hub.path, folder / "away");
  const BareRemote other(folder);
  CHECK(error_of([&] { hub.sync(a); }).code() == "OTHER_REMOTE");
  CHECK(git(hub.path, {"for-each-ref"}).empty());
}

TEST_CASE("a remote that refuses, or dies in the middle of a push, takes nothing by half",
          "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  hub.sync(a);
  const auto before = git(hub.path, {"for-each-ref"});
  place_hold(a);
  set_hook(hub, "echo 'only on Tuesdays' >&2; exit 1\n");
  const auto refused = error_of([&] { hub.sync(a); });
  CHECK(refused.code() == "REMOTE_REFUSED");
  CHECK(std::string(refused.what()).find("only on Tuesdays") != std::string::npos);
  CHECK(refused.kind() == ExitCode::config);
  set_hook(hub, "kill -9 $PPID; sleep 1\n");
  CHECK(error_of([&] { hub.sync(a); }).code() == "REMOTE_UNREACHABLE");
  CHECK(git(hub.path, {"for-each-ref"}) == before);
  fs::remove(hub.path / "hooks" / "pre-receive");
  CHECK(hub.sync(a).sent() == 2);
  auto b = open_session(folder, "bob");
  CHECK(hub.sync(b).received() == 2);
}

TEST_CASE("somebody who was faster with the same ref is joined, never overwritten", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  place_hold(a);
  hub.sync(a);
  place_hold(a);
  const auto ref = hub.ref_of(a);
  const auto old = hub.commit_of(ref);
  // While this push is under way, another one to the same ref ends.
  set_hook(hub,
           "[ -e moved ] && exit 0; : >moved\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY "
           "GIT_ALTERNATE_OBJECT_DIRECTORIES\ncommit=$(git -c user.name=x -c user.email=x "
           "commit-tree -m other -p " +
               old + " " + old + "^{tree}) && git update-ref " + ref + " $commit\n");
  CHECK(hub.sync(a).sent() == 1);
  CHECK(fs::exists(hub.path / "moved"));
  CHECK(git(hub.path, {"log", "--format=%s", ref}) == "nines sync\nother\nnines sync\n");
  CHECK(hub.sync(a).rewritten.empty());
  auto b = open_session(folder, "bob");
  CHECK(hub.sync(b).received() == 3);
}

TEST_CASE("many small exchanges leave few files, and a newcomer gets all of it", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  for (int i = 0; i < 40; ++i) {
    place_hold(a);
    hub.sync(a);
  }
  CHECK(files_in_ref(hub, hub.ref_of(a)) <= 13);  // one with the statement, and two per segment
  auto b = open_session(folder, "bob");
  CHECK(hub.sync(b).received() == 41);
  CHECK(dump(a) == dump(b));

  // The repository beside the store is a cache: without it, or with locks of a killed git in it.
  fs::remove_all(folder / "ada" / "sync");
  place_hold(a);
  CHECK(hub.sync(a).sent() == 1);
  for (const auto& entry : fs::recursive_directory_iterator(folder / "ada" / "sync"))
    if (entry.path().filename() == "HEAD") test::write_text(entry.path().string() + ".lock", "");
  place_hold(a);
  CHECK(hub.sync(a).sent() == 1);
  CHECK(hub.sync(b).received() == 2);

  // A disk that lost what was in it.
  for (const auto& entry : fs::recursive_directory_iterator(folder / "ada" / "sync"))
    if (entry.is_regular_file() && entry.path().string().find("/objects/") != std::string::npos) {
      fs::permissions(entry.path(), fs::perms::owner_all);
      test::write_text(entry.path(), "");
    }
  place_hold(a);
  CHECK(hub.sync(a).sent() == 1);
  CHECK(hub.sync(b).received() == 1);
}

TEST_CASE("a body that was erased goes from the newest state of the ref", "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  place_hold(a, "Who v. us");
  hub.sync(a);
  auto options = a.options();
  options.because = "request";
  auto reasoned = Session::open(options);
  erase_event(reasoned, "2", false);
  hub.sync(a);
  ProcessRequest request;
  request.argv = {"git", "-C", hub.path.string(), "grep", "-q", "Who v. us", hub.ref_of(a)};
  request.env = allowed_environment(own_environment());
  request.timeout = std::chrono::minutes{1};
  CHECK(run_process(request).exit_code == 1);
  auto b = open_session(folder, "bob");
  CHECK(hub.sync(b).received() == 3);
  CHECK(store::verify_log(b.store()).erased == 1);
}

TEST_CASE("an unattended exchange says nothing and throws nothing, and keeps what is to be said",
          "[git]") {
  TempFolder folder;
  const BareRemote hub(folder);
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  const SyncOptions quickly{.deadline = std::chrono::seconds{30}};
  CHECK_FALSE(sync_standing(a, hub.place()).known);
  place_hold(a);
  hub.sync(a);
  hub.sync(b);
  CHECK(sync_standing(a, hub.place()).undelivered == 0);
  place_hold(a);
  place_hold(b);
  hub.sync(b);
  auto standing = sync_standing(a, hub.place());
  CHECK(standing.undelivered == 1);
  CHECK(standing.since);

  // One that only sends does not receive.
  CHECK(sync_unattended(a, hub.place(), {.deadline = quickly.deadline, .receive = false}));
  standing = sync_standing(a, hub.place());
  CHECK(standing.undelivered == 0);
  CHECK(store::verify_log(a.store()).heads.size() == 1);
  CHECK(hub.sync(b).received() == 1);
  CHECK(sync_unattended(a, hub.place(), quickly));
  CHECK(dump(a) == dump(b));

  place_hold(a);
  fs::rename(hub.path, folder / "away");
  CHECK(sync_unattended(a, hub.place(), quickly));
  standing = sync_standing(a, hub.place());
  CHECK(standing.undelivered == 2);  // and that it knows of what came
  CHECK(standing.failed_at);
  CHECK(standing.problem.find("failed") != std::string::npos);
  fs::rename(folder / "away", hub.path);

  // What was replaced by force is put back at once, and named to the next who looks.
  hub.sync(a);
  git(hub.path, {"update-ref", "-d", hub.ref_of(b)});
  CHECK(sync_unattended(a, hub.place(), quickly));
  CHECK(sync_standing(a, hub.place()).problem.find("by force") != std::string::npos);
  CHECK_FALSE(hub.commit_of(hub.ref_of(b)).empty());
  CHECK(hub.sync(a).rewritten == std::vector{b.store().replica().to_string()});
  CHECK(sync_standing(a, hub.place()).problem.empty());
  CHECK(hub.sync(a).rewritten.empty());

  // While one waits already, another has nothing to do.
  for (const auto& entry : fs::directory_iterator(folder / "ada" / "sync")) {
    const store::FolderLock queue(entry.path() / "queue");
    REQUIRE(queue.held());
    CHECK_FALSE(sync_unattended(a, hub.place(), quickly));
    const store::FolderLock busy(entry.path());
    CHECK(error_of([&] {
            auto options = a.options();
            options.lock_timeout = std::chrono::milliseconds{0};
            auto impatient = Session::open(options);
            hub.sync(impatient);
          }).code() == "SYNC_BUSY");
  }
}
