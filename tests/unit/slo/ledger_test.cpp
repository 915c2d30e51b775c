// The ledger balances, whatever overlaps whatever.
#include "domain/slo/ledger.hpp"

#include <catch2/catch.hpp>

#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;
using std::chrono::minutes;

namespace {

Period span(std::int64_t from, std::int64_t to) {
  return {Instant{minutes{from}}, Instant{minutes{to}}};
}

std::uint64_t bad_of(const Ledger& ledger, CauseClass cause, std::string_view subject = "") {
  for (const auto& account : ledger.accounts)
    if (account.cause == cause && account.subject == subject) return account.bad;
  return 0;
}

}  // namespace

TEST_CASE("bad events go to what was going on, by class and then evenly", "[slo]") {
  FakeReader reader;
  reader.put(10, 90, 100);  // nothing known
  reader.put(70, 93, 100);  // two changes
  reader.put(80, 95, 100);  // a change within maintenance
  const Measure measure{reader, FakeReader::id()};
  const auto edges = hour_edges(0, 120);
  const auto ledger = make_ledger(measure, edges,
                                  {{span(60, 90), "CHG-2", "", CauseClass::change},
                                   {span(65, 75), "CHG-1", "", CauseClass::change},
                                   {span(78, 82), "MNT-1", "", CauseClass::maintenance}});
  CHECK(ledger.bad == 22);
  CHECK(ledger.balances());
  CHECK(bad_of(ledger, CauseClass::unexplained) == 10);
  CHECK(bad_of(ledger, CauseClass::change, "CHG-2") == 4);
  CHECK(bad_of(ledger, CauseClass::change, "CHG-1") == 3);
  CHECK(bad_of(ledger, CauseClass::maintenance, "MNT-1") == 5);
  CHECK(ledger.accounts.back().cause == CauseClass::unexplained);
  REQUIRE(ledger.rows.size() == 2);
  CHECK(ledger.rows[0].bad == 10);
  CHECK(ledger.rows[1].total == 200);
}

TEST_CASE("days are those of the zone, 23 hours long in spring", "[slo]") {
  const auto paris = *Zone::find("Europe/Paris");
  const auto from = epoch_minute(*parse_rfc3339("2026-03-28T00:00:00+01:00"));
  const auto to = epoch_minute(*parse_rfc3339("2026-03-31T00:00:00+02:00"));
  const auto edges = day_edges(from, to, paris);
  REQUIRE(edges.size() == 4);
  CHECK(edges[1] - edges[0] == 1440);
  CHECK(edges[2] - edges[1] == 1380);
  CHECK(hour_edges(61, 240) == std::vector<std::int64_t>{61, 120, 180, 240});
}

TEST_CASE("the ledger balances with the count it explains", "[slo]") {
  nines::test::holds([] {
    FakeReader reader;
    const auto rows = *rc::gen::container<std::vector<std::pair<int, std::pair<int, int>>>>(
        rc::gen::pair(rc::gen::inRange(-200, 400),
                      rc::gen::pair(rc::gen::inRange(0, 9), rc::gen::inRange(0, 9))));
    for (const auto& [minute, counts] : rows)
      reader.put(minute, static_cast<unsigned>(counts.first),
                 static_cast<unsigned>(counts.first + counts.second));
    std::vector<Attribution> known;
    const auto causes = *rc::gen::container<std::vector<std::pair<int, std::pair<int, int>>>>(
        rc::gen::pair(rc::gen::inRange(-250, 400),
                      rc::gen::pair(rc::gen::inRange(0, 120), rc::gen::inRange(0, 4))));
    for (const auto& [from, rest] : causes)
      known.push_back({span(from, from + rest.first), "S" + std::to_string(known.size() % 5), "",
                       static_cast<CauseClass>(rest.second)});
    Measure measure{reader, FakeReader::id()};
    measure.method = *rc::gen::element(BudgetingMethod::occurrences, BudgetingMethod::timeslices);
    measure.missing = *rc::gen::element(MissingData::exclude, MissingData::good, MissingData::bad);
    measure.slice = minutes{*rc::gen::inRange(1, 50)};
    measure.slice_target = *Ratio::percent(*Decimal::parse("60"));
    if (const auto extent = reader.extent(FakeReader::id()))
      measure.measured_from = extent->begin - *rc::gen::inRange(0, 100);
    const auto counted = tally(measure, -200, 400);
    for (const auto& edges : {hour_edges(-200, 400), day_edges(-200, 400, Zone::utc())}) {
      const auto ledger = make_ledger(measure, edges, known);
      RC_ASSERT(ledger.balances());
      RC_ASSERT(ledger.bad == counted.total - counted.good);
      RC_ASSERT(ledger.total == counted.total);
    }
  });
}
