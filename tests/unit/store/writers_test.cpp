// Many processes write at once: nobody sees a lock, nothing is lost or doubled.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/verify.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

constexpr int kWriters = 16;
constexpr int kCommits = 12;

/// Exit status of the child: 0 when each of its commits came back.
int write_all(const std::filesystem::path& path, int writer) {
  try {
    auto options = test::store_options(path, Mode::write);
    options.busy_timeout = std::chrono::milliseconds{60'000};
    Store store(options);
    for (int i = 0; i < kCommits; ++i) {
      Transaction tx(store, "writer " + std::to_string(writer), "test", std::nullopt);
      tx.append({.kind = "note.added",
                 .subject = "note/" + std::to_string(writer) + "-" + std::to_string(i)});
      tx.commit();
    }
    return 0;
  } catch (const Error&) {
    return 1;
  }
}

}  // namespace

TEST_CASE("sixteen writers in as many processes", "[store]") {
  TempFolder folder;
  const auto path = folder / "nines.db";
  { auto store = test::open_store(path); }
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    const auto pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) _exit(write_all(path, writer));
    children.push_back(pid);
  }
  for (const auto pid : children) {
    int status = -1;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  const auto store = test::open_store(path, Mode::read);
  CHECK(store.db().integer("SELECT count(DISTINCT subject) FROM event WHERE kind = 'note.added'") ==
        kWriters * kCommits);
  CHECK(event_count(store.db()) == kWriters * (kCommits + 1));
  CHECK(verify_log(store).intact());
  // The order of arrival is the order of the clock.
  CHECK_FALSE(
      store.db().integer("SELECT 1 FROM event a JOIN event b ON b.position = a.position + 1 "
                         "WHERE (b.hlc, b.hlc_counter) <= (a.hlc, a.hlc_counter)"));
}
