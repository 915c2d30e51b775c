// Random commands over every aggregate: tables equal their rebuild, undo restores, exchange is a
// fixed point.
#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

#include "store/as_of.hpp"
#include "store/parts.hpp"
#include "store/past_base.hpp"
#include "store/verify.hpp"
#include "support/property.hpp"
#include "support/thorough.hpp"
#include "unit/usecases_log/driver.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::Driver;
using nines::test::open_session;
using nines::test::TempFolder;

namespace {

/// The projections without the log's own book-keeping, which only ever grows.
std::string state_of(const Session& session) {
  std::istringstream lines(test::dump_projections(session.store().db()));
  std::string state;
  bool keep = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("== "))
      keep = line != "== undone" && line != "== actor" && line != "== replica";
    if (keep) state += line + "\n";
  }
  return state;
}

/// What each store saw at the place is its own, and so is the place's name.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "remote.json" ||
        entry.path().extension() == ".checkpoint")
      continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files[std::filesystem::relative(entry.path(), folder).string()] = text.str();
  }
  return files;
}

using Codes = std::vector<std::uint16_t>;

constexpr std::uint64_t kSmall = 4;  ///< events that are worth a base here
constexpr auto kNever = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TEST_CASE("after any commands the tables are what a new fold of the log gives", "[sequence]") {
  test::holds(
      [](const Codes& codes) {
        TempFolder folder;
        auto session = open_session(folder, "ada");
        Driver driver(session);
        for (const auto code : codes) driver.run(code);
        RC_ASSERT(store::differing_projections(session.store()).empty());
        RC_ASSERT(store::verify_log(session.store()).intact());
      },
      test::thorough(30, 1000));
}

TEST_CASE("the past reads the same from a saved base and from the first event on", "[sequence]") {
  test::holds(
      [](const Codes& codes, const Codes& times) {
        TempFolder folder;
        std::filesystem::create_directories(folder / "remote");
        std::vector<Session> sessions;
        for (const char* name : {"ada", "bob"}) sessions.push_back(open_session(folder, name));
        const auto path = sessions[0].store().path();
        const auto start = test::test_time();
        for (std::size_t i = 0; i < codes.size(); ++i) {
          auto& session = sessions[codes[i] / 64 % 2];
          if (codes[i] % 6 == 0)
            sync_directory(session, folder / "remote");
          else
            Driver(session).run(static_cast<std::uint16_t>(codes[i] / 6));
          // In between, so that bases grow old, and events come that undo or precede what they
          // hold.
          if (i % 3 == 2) store::replay_beside(path, test::test_time(), kSmall);
        }
        const auto length = (test::test_time() - start).count() + 2;
        std::vector<std::pair<Instant, std::string>> answers;
        for (std::size_t i = 0; i < std::min<std::size_t>(times.size(), 6); ++i) {
          const auto at = start + Micros{length * times[i] / 65'536};
          auto based = store::replay_beside(path, at, kSmall);
          answers.emplace_back(at, test::dump_projections(based));
        }
        store::drop_bases(path);
        for (const auto& [at, answer] : answers) {
          auto whole = store::replay_beside(path, at, kNever);
          RC_ASSERT(test::dump_projections(whole) == answer);
        }
      },
      test::thorough(8, 500));
}

TEST_CASE("undo n times restores the state before, and redo n times the state after",
          "[sequence]") {
  test::holds(
      [](const Codes& before, const Codes& codes) {
        TempFolder folder;
        auto session = open_session(folder, "ada");
        Driver driver(session);
        for (const auto code : before) driver.run(code);
        const auto start = state_of(session);
        std::vector<std::string> states;
        int done = 0;
        for (const auto code : codes) {
          if (!Driver::is_plain(code)) continue;
          const auto events = session.store().db().integer("SELECT count(*) FROM event");
          driver.run(code);
          if (session.store().db().integer("SELECT count(*) FROM event") != events) ++done;
        }
        const auto end = state_of(session);
        for (int i = 0; i < done; ++i) undo(session, std::nullopt, false);
        RC_ASSERT(state_of(session) == start);
        for (int i = 0; i < done; ++i) redo(session, std::nullopt, false);
        RC_ASSERT(state_of(session) == end);
      },
      test::thorough(20, 1000));
}

TEST_CASE("exported into an empty store and exported again, nothing changes any more",
          "[sequence]") {
  test::holds(
      [](const Codes& codes) {
        TempFolder folder;
        for (const char* remote : {"r1", "r2", "r3"})
          std::filesystem::create_directories(folder / remote);
        auto a = open_session(folder, "ada");
        Driver driver(a);
        for (const auto code : codes) driver.run(code);
        sync_directory(a, folder / "r1");
        auto b = open_session(folder, "bob");
        sync_directory(b, folder / "r1");
        sync_directory(b, folder / "r2");
        auto c = open_session(folder, "cy");
        sync_directory(c, folder / "r2");
        sync_directory(c, folder / "r3");
        RC_ASSERT(files_of(folder / "r2") == files_of(folder / "r3"));
        RC_ASSERT(test::dump_projections(c.store().db()) == test::dump_projections(a.store().db()));
      },
      test::thorough(10, 300));
}

TEST_CASE("three replicas that write and sync at random converge over every aggregate",
          "[sequence]") {
  test::holds(
      [](const Codes& codes) {
        TempFolder folder;
        std::filesystem::create_directories(folder / "remote");
        std::vector<Session> sessions;
        for (const char* name : {"ada", "bob", "cy"})
          sessions.push_back(open_session(folder, name));
        for (const auto code : codes) {
          auto& session = sessions[code / 64 % 3];
          if (code % 5 == 0)
            sync_directory(session, folder / "remote");
          else
            Driver(session).run(static_cast<std::uint16_t>(code / 5));
        }
        for (int i = 0; i < 2; ++i)
          for (auto& session : sessions) sync_directory(session, folder / "remote");
        const auto dump = test::dump_projections(sessions[0].store().db());
        RC_ASSERT(test::dump_projections(sessions[1].store().db()) == dump);
        RC_ASSERT(test::dump_projections(sessions[2].store().db()) == dump);
        for (auto& session : sessions)
          RC_ASSERT(store::verify_parts(session.store()).faults.empty());
        RC_ASSERT(store::differing_projections(sessions[1].store()).empty());
      },
      test::thorough(15, 300));
}
