// Measurements on their way: two machines answer alike, count nothing twice, and believe no change.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "domain/series/parts_file.hpp"
#include "store/live_runs.hpp"
#include "store/parts.hpp"
#include "store/verify.hpp"
#include "unit/usecases_import/fixture.hpp"
#include "usecases/log/sync.hpp"
#include "usecases/log/undo.hpp"
#include "usecases/slo/status.hpp"

using namespace nines;
using nines::test::csv;
using nines::test::ImportWorld;
using nines::test::TempFolder;
namespace fs = std::filesystem;

namespace {

void define(ImportWorld& world) {
  world.apply("DataSource", "web", test::source_of("web", test::kCsvSource));
  world.apply("SLO", "shop", test::slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
}

struct Team {
  Team() { fs::create_directories(place()); }
  fs::path place() const { return folder / "remote"; }
  usecases::SyncReport sync(ImportWorld& world, bool measurements = true) {
    return usecases::sync_directory(world.session(), place(), {.measurements = measurements});
  }
  TempFolder folder;
};

/// What both machines are asked: sums by day, the extent, the newest minutes.
std::string answers(ImportWorld& world) {
  const auto id = world.series_of("shop");
  const auto reader = store::open_series(world.store());
  const auto extent = reader->extent(id);
  std::ostringstream text;
  if (!extent) return "no data";
  text << extent->begin << ".." << extent->end;
  for (auto at = extent->begin; at < extent->end; at += 1440) {
    const auto sum = reader->sum(id, at, at + 1440);
    text << " " << sum.good << "/" << sum.total << "/" << sum.observed_minutes;
  }
  for (const auto& m : reader->minutes(id, extent->end - 90, extent->end))
    text << " " << m.minute << ":" << m.good << "/" << m.total;
  return text.str();
}

std::string read(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a file of parts survives its encoding, and damage is refused", "[travel]") {
  const series::PartsFile file{
      *Uid::parse("01939e2c-7c00-7abc-8def-0123456789ab"),
      3,
      std::string("\0\n{", 3),
      {{{"web", "shop", "status < 500", "true", "", "region=eu"}, -3, 1, std::string("x\ny\0z", 5)},
       {{"web", "", "true", "true", "latency_ms <= 300", ""}, 20000, 1, ""}}};
  const auto bytes = series::encode(file);
  CHECK(series::decode_parts(bytes) == file);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    CHECK_FALSE(series::decode_parts(bytes.substr(0, cut)));
  CHECK_FALSE(series::decode_parts(bytes + "x"));
}

TEST_CASE("measurements travel with the events, and both machines answer alike", "[travel]") {
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  ada.import(ada.write("a.csv", csv(0, 30'000)), "web");
  CHECK(team.sync(ada).imports_sent == 1);
  CHECK(team.sync(ada).imports_sent == 0);
  const auto report = team.sync(bob);
  CHECK(report.imports_received == 1);
  CHECK(report.imports_elsewhere == 0);
  CHECK(answers(bob) == answers(ada));
  CHECK(bob.sum("shop").total == 10'000);
  CHECK(store::verify_parts(bob.store()).faults.empty());
  CHECK(store::differing_projections(bob.store()).empty());
  CHECK(team.sync(bob).imports_received == 0);

  SECTION("the same file imported there adds nothing, its tail is counted once") {
    bob.import(bob.write("a.csv", csv(0, 30'000)), "web");
    CHECK(bob.sum("shop").total == 10'000);
    bob.import(bob.write("a.csv", csv(0, 33'000)), "web");
    CHECK(bob.sum("shop").total == 11'000);
    team.sync(bob);
    team.sync(ada);
    CHECK(answers(bob) == answers(ada));
  }
  SECTION("undone at one place, it counts nowhere; redone, everywhere") {
    usecases::undo(ada.session(), std::nullopt, false);
    team.sync(ada);
    team.sync(bob);
    CHECK(bob.sum("shop").total == 0);
    usecases::redo(ada.session(), std::nullopt, false);
    team.sync(ada);
    team.sync(bob);
    CHECK(bob.sum("shop").total == 10'000);
    CHECK(answers(bob) == answers(ada));
  }
}

TEST_CASE("without the measurements a machine says where they are", "[travel]") {
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  ada.import(ada.write("a.csv", csv(0, 3000)), "web");
  team.sync(ada, false);
  CHECK_FALSE(fs::exists(team.place() / "measurements"));
  CHECK(team.sync(bob).imports_elsewhere == 1);
  const auto status = usecases::slo_status(bob.session(), {});
  REQUIRE(status.warnings.size() == 1);
  CHECK(status.warnings[0].find("measured on replica " + ada.store().replica().to_string() +
                                ", not here") != std::string::npos);
  team.sync(ada);
  CHECK(team.sync(bob).imports_received == 1);
  CHECK(usecases::slo_status(bob.session(), {}).warnings.empty());
}

TEST_CASE("a machine with little room fetches only the newest measurements, and says so",
          "[travel]") {
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  ada.import(ada.write("a.csv", csv(0, 3000)), "web");
  ada.import(ada.write("a.csv", csv(0, 6000)), "web");  // the second run begins where it ended
  team.sync(ada);
  const Instant between{std::chrono::seconds{1'700'000'000 + 3100 * 7}};
  const auto sync = [&](std::optional<Instant> since) {
    return usecases::sync_directory(bob.session(), team.place(), {.measurements_since = since});
  };
  auto report = sync(between);
  CHECK((report.imports_received == 1 && report.imports_older == 1));
  CHECK(report.imports_elsewhere == 0);
  CHECK(bob.sum("shop").total == 1000);
  const auto status = usecases::slo_status(bob.session(), {});
  REQUIRE(status.warnings.size() == 1);
  CHECK(status.warnings[0].find("not here") != std::string::npos);
  report = sync({});
  CHECK((report.imports_received == 1 && report.imports_older == 0));
  CHECK(answers(bob) == answers(ada));
}

TEST_CASE("what two machines imported before they met counts once, the same everywhere",
          "[travel]") {
  const bool equal = GENERATE(true, false);
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  team.sync(ada);
  team.sync(bob);
  ada.import(ada.write("a.csv", csv(0, 3000)), "web");
  bob.import(bob.write("b.csv", csv(0, equal ? 3000 : 4500)), "web");
  for (int i = 0; i < 2; ++i) {
    team.sync(ada);
    team.sync(bob);
  }
  CHECK(ada.sum("shop").total == 1000);
  CHECK(answers(bob) == answers(ada));
  const auto unread = store::unread_runs(ada.store());
  REQUIRE(unread.size() == 1);
  CHECK(unread[0].here);
  CHECK(unread[0].file.ends_with("b.csv"));
  CHECK(store::differing_projections(ada.store()).empty());
  CHECK(store::differing_projections(bob.store()).empty());

  usecases::undo(ada.session(), std::nullopt, false);  // then the other one counts
  team.sync(ada);
  team.sync(bob);
  CHECK(ada.sum("shop").total == (equal ? 1000U : 1500U));
  CHECK(answers(bob) == answers(ada));
}

TEST_CASE("other hosts of one source add up", "[travel]") {
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  team.sync(ada);
  team.sync(bob);
  ada.import(ada.write("a.csv", csv(0, 3000)), "web", usecases::Overlap::refuse, "host-a");
  bob.import(bob.write("b.csv", csv(0, 3000)), "web", usecases::Overlap::refuse, "host-b");
  team.sync(ada);
  team.sync(bob);
  team.sync(ada);
  CHECK(ada.sum("shop").total == 2000);
  CHECK(answers(bob) == answers(ada));
}

TEST_CASE("damaged measurements are refused wherever they are damaged, and nothing is kept",
          "[travel]") {
  Team team;
  ImportWorld ada("ada"), bob("bob");
  define(ada);
  ada.import(ada.write("a.csv", csv(0, 3000)), "web");
  team.sync(ada);
  team.sync(bob, false);
  const auto file = *fs::directory_iterator(team.place() / "measurements");
  const auto whole = read(file);
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 97 + 1) {
    auto damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    std::ofstream(file.path(), std::ios::binary) << damaged;
    INFO("byte " << at);
    CHECK_THROWS_AS(team.sync(bob), Error);
  }
  CHECK(bob.store().db().integer("SELECT count(*) FROM part") == 0);
  std::ofstream(file.path(), std::ios::binary) << whole;
  CHECK(team.sync(bob).imports_received == 1);
  CHECK(answers(bob) == answers(ada));
}

TEST_CASE("a change to stored measurements is found, named, and not sent on", "[travel]") {
  Team team;
  ImportWorld ada("ada");
  define(ada);
  ada.import(ada.write("a.csv", csv(0, 30'000)), "web");
  const auto parts = store::verify_parts(ada.store());
  CHECK(parts.faults.empty());
  CHECK(parts.parts > 2);
  const char* const edits[] = {
      "UPDATE part SET day = day + 1 WHERE id = 1",
      "UPDATE part SET bytes = (SELECT bytes FROM part WHERE id = 2), hash = (SELECT hash FROM "
      "part WHERE id = 2), hours = (SELECT hours FROM part WHERE id = 2) WHERE id = 1",
      "UPDATE part SET hours = (SELECT hours FROM part WHERE id = 2) WHERE id = 1",
      "UPDATE part SET first = first + 1 WHERE id = 1",
      "UPDATE part SET codec = 1 WHERE id = 1",
      "UPDATE part SET codec = codec + 1 WHERE id = 1",
      "UPDATE part SET bytes = zeroblob(length(bytes)) WHERE id = 1",
      "DELETE FROM part WHERE id = 1",
      "UPDATE series SET service = 'other' WHERE id = 1"};
  for (const auto* edit : edits) {
    auto& db = ada.store().db();
    db.script("SAVEPOINT edit");
    db.script(edit);
    INFO(edit);
    const auto faults = store::verify_parts(ada.store()).faults;
    CHECK(faults.size() == 1);
    try {
      team.sync(ada);
      FAIL("sent");
    } catch (const Error& error) {
      CHECK(error.code() == "STORE_DAMAGED");
    }
    db.script("ROLLBACK TO edit; RELEASE edit");
  }
}
