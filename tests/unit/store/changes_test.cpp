// Changes and maintenance in the log: numbers, amendments, undo by refolding, machines that agree.
#include "store/changes.hpp"

#include <catch2/catch.hpp>

#include "store/maintenance.hpp"
#include "store/numbers.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using nines::test::TempFolder;

namespace {

Instant at(std::string_view text) { return *parse_rfc3339(text); }

catalog::Change deploy(const char* reference, const char* start) {
  catalog::Change c;
  c.service = "checkout";
  c.system = "ci";
  c.reference = reference;
  c.uid = catalog::change_uid(c.system, c.reference);
  c.start = at(start);
  return c;
}

void record(store::Store& s, const catalog::Change& change) {
  store::Transaction tx(s, "ada", "rca changes add", std::nullopt);
  tx.append(store::change_recorded(change, store::take_number(s.db(), "CHG")));
  tx.commit();
}

}  // namespace

TEST_CASE("changes are listed by service and time, under short names", "[store]") {
  TempFolder folder;
  auto s = test::open_store(folder / "nines.db");
  record(s, deploy("run/1", "2026-11-01T10:00:00Z"));
  record(s, deploy("run/2", "2026-11-02T10:00:00Z"));
  auto other = deploy("run/3", "2026-11-03T10:00:00Z");
  other.service = "search";
  other.end = at("2026-11-05T00:00:00Z");
  record(s, other);
  const auto all = store::changes(s);
  REQUIRE(all.size() == 3);
  CHECK(all[0].name == "CHG-1");
  CHECK(store::changes(s, {"search", std::nullopt, std::nullopt}).size() == 1);
  CHECK(store::changes(s, {std::nullopt, at("2026-11-04T00:00:00Z"), std::nullopt}).size() == 1);
  CHECK(store::changes(s, {std::nullopt, std::nullopt, at("2026-11-02T10:00:00Z")}).size() == 1);
  CHECK(store::get_numbered(s, "CHG", "chg-2").uid == all[1].uid);
}

TEST_CASE("an amended change keeps its number", "[store]") {
  TempFolder folder;
  auto s = test::open_store(folder / "nines.db");
  auto change = deploy("run/1", "2026-11-01T10:00:00Z");
  record(s, change);
  record(s, change);  // as a second machine would: the same record
  change.end = at("2026-11-01T10:05:00Z");
  store::Transaction tx(s, "ada", "rca changes import", std::nullopt);
  tx.append(store::change_amended(change));
  tx.commit();
  const auto all = store::changes(s);
  REQUIRE(all.size() == 1);
  CHECK(all[0].name == "CHG-1");
  CHECK(all[0].end == change.end);
  CHECK(store::find_change(s, change.uid)->reference == "run/1");
}

TEST_CASE("maintenance is announced, and cancelled from a time on", "[store]") {
  TempFolder folder;
  auto s = test::open_store(folder / "nines.db");
  catalog::Maintenance m;
  m.uid.bytes[0] = 7;
  m.start = at("2026-11-01T02:00:00Z");
  m.end = at("2026-11-01T04:00:00Z");
  m.services = {"checkout"};
  m.every = catalog::Recurrence{1, "week", "2026-11-01 02:00:00", "UTC", std::nullopt};
  store::Transaction tx(s, "ada", "slo maintenance add", std::nullopt);
  tx.append(store::maintenance_announced(m, store::take_number(s.db(), "MNT")));
  tx.append(store::maintenance_cancelled(m, at("2026-12-01T00:00:00Z")));
  tx.commit();
  const auto all = store::maintenance(s);
  REQUIRE(all.size() == 1);
  CHECK(all[0].name == "MNT-1");
  CHECK(all[0].every == m.every);
  CHECK(all[0].cancelled_from == at("2026-12-01T00:00:00Z"));
}
