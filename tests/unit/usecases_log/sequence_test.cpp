// Random commands over every aggregate: tables equal their rebuild, undo restores, exchange is a
// fixed point.
#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

#include "base/compress.hpp"
#include "domain/catalog/change.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/totals.hpp"
#include "store/as_of.hpp"
#include "store/changes.hpp"
#include "store/definitions.hpp"
#include "store/import.hpp"
#include "store/maintenance.hpp"
#include "store/numbers.hpp"
#include "store/parts.hpp"
#include "store/past_base.hpp"
#include "store/verify.hpp"
#include "support/property.hpp"
#include "support/thorough.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::open_session;
using nines::test::TempFolder;

namespace {

/// What a number says to do, over few enough subjects that commands meet.
class Driver {
 public:
  explicit Driver(Session& session) : session_(session) {}

  void run(std::uint16_t code) {
    const auto key = std::to_string(code / 16 % 3);
    try {
      switch (code % 11) {
        case 0:
        case 1:
          apply(key, std::to_string(code));
          break;
        case 2:
          commit({store::definition_retired("SLO", key)});
          break;
        case 3:
          change(key, code);
          break;
        case 4:
          hold();
          break;
        case 5:
          release(code);
          break;
        case 6:
          batch(key, code);
          break;
        case 7:
        case 8:
          import(key, code);
          break;
        case 9:
          undo(session_, std::nullopt, false);
          break;
        default:
          redo(session_, std::nullopt, false);
          break;
      }
    } catch (const Error&) {
      // Nothing to undo or redo, or a later change lies on top: all of them leave things as they
      // were.
    }
  }

 private:
  log::NewEvent definition(const std::string& key, const std::string& target) {
    store::NewDefinition d{
        .kind = "SLO", .name = key, .api_version = "openslo/v1", .path = "a.yaml", .document = {}};
    d.document.set("kind", "SLO").set("target", target);
    return store::definition_applied(d);
  }
  void apply(const std::string& key, const std::string& target) {
    commit({definition(key, target)});
  }
  void commit(const std::vector<log::NewEvent>& events) {
    store::Transaction tx(session_.store(), session_.options().actor, "test", "because");
    for (const auto& event : events) tx.append(event);
    tx.commit();
  }
  void change(const std::string& key, std::uint16_t code) {
    catalog::Change c;
    c.service = "checkout";
    c.system = "ci";
    c.reference = key;
    c.uid = catalog::change_uid(c.system, c.reference);
    c.version = std::to_string(code);
    c.start = from_epoch_micros(1'795'000'000'000'000 + code);
    store::Transaction tx(session_.store(), session_.options().actor, "rca changes add",
                          std::nullopt);
    if (store::find_change(session_.store(), c.uid))
      tx.append(store::change_amended(c));
    else
      tx.append(store::change_recorded(c, store::take_number(session_.store().db(), "CHG")));
    tx.commit();
  }
  void hold() {
    store::Transaction tx(session_.store(), session_.options().actor, "hold add", std::nullopt);
    store::place_hold(tx, session_.store(), "Acme v. us", "incident/");
    tx.commit();
  }
  void release(std::uint16_t code) {
    const auto holds = store::read_holds(session_.store());
    if (holds.empty()) return;
    store::Transaction tx(session_.store(), session_.options().actor, "hold release", std::nullopt);
    store::release_hold(tx, holds[code / 16 % holds.size()].uid);
    tx.commit();
  }
  /// An import of a few minutes of one or two days, for two services; times may be anybody's.
  void import(const std::string& key, std::uint16_t code) {
    store::ImportStage stage(session_.store());
    store::ImportRecord record;
    record.uid = stage.begin_run();
    record.source = "web-" + key;
    record.origin = code / 64 % 4 == 0 ? "host-" + std::to_string(code / 256 % 2) : "";
    record.rules = {{record.source, {}, "status < 500", "true", {}, {}}};
    const int day = 20'000 + code / 16 % 4;
    record.first = day * std::int64_t{1440} + code / 32 % 1300;
    const int days = 1 + code / 128 % 2;
    for (int i = 0; i < days; ++i)
      for (const auto* service : {"shop", "cart"})
        stage.add({part(record, service, day + i, static_cast<int>(record.first % 1440), code)});
    record.last = record.first + (days - 1) * 1440 + kMinutes - 1;
    stage.end_run(std::to_string(code));
    record.segments_hash = to_hex(xxh3_128(std::to_string(code)));
    record.rows = record.parts = stage.parts();
    record.part_bytes = stage.bytes();
    record.manifest = stage.manifest();
    store::Transaction tx(session_.store(), session_.options().actor, "slo import", std::nullopt);
    stage.announced();
    tx.append(store::measurement_imported(record));
    tx.commit();
  }
  static store::NewPart part(const store::ImportRecord& record, const std::string& service, int day,
                             int minute, std::uint16_t code) {
    series::DayPart counts;
    for (int m = minute; m < minute + kMinutes; ++m)
      counts.minutes[static_cast<std::size_t>(m)] = {code % 7U, code % 7U + 1U};
    const series::ActiveMinutes active(counts);
    store::NewPart part;
    part.key = record.rules[0];
    part.key.service = service;
    part.day = day;
    part.codec = series::kPartCodec;
    std::string bytes;
    series::encode(bytes, counts, active);
    Compressor().compress(bytes, part.frame);
    part.hash = sha256(part.frame);
    part.hours = series::encode(series::hour_sums(counts, active));
    part.first_minute = minute;
    part.last_minute = minute + kMinutes - 1;
    return part;
  }
  void batch(const std::string& key, std::uint16_t code) {
    commit({definition(key, std::to_string(code)), definition(key + "x", "0.9"),
            definition(key, "0.5")});
  }

  static constexpr int kMinutes = 9;
  Session& session_;
};

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
          if (code % 11 >= 9) continue;  // plain commands only
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
