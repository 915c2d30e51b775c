// What a document excludes counts as if it had never been; everything else counts as before.
#include <catch2/catch.hpp>

#include "domain/slo/assess.hpp"
#include "domain/slo/ledger.hpp"
#include "domain/slo/slices.hpp"
#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;
using std::chrono::minutes;

namespace {

Instant at_minute(std::int64_t minute) { return Instant{minutes{minute}}; }

/// An availability of one week that is planned to stop from 1000 to 1100, and is down until 1110.
Slo planned(const char* policy) {
  Slo slo;
  slo.name = "checkout";
  slo.service = "shop";
  slo.indicator = Indicator{};
  slo.window.length = {7, Unit::day};
  slo.objectives.emplace_back();
  slo.objectives[0].id = "main";
  slo.objectives[0].target = *Ratio::percent(*Decimal::parse("99.5"));
  if (policy != nullptr) slo.annotations["nines.dev/maintenance"] = policy;
  return slo;
}

Assessment judged_stops(const Slo& slo, const FakeReader& reader, std::vector<PlannedStop> stops) {
  AssessOptions options;
  options.at = at_minute(10'080);
  options.stops = [stops = std::move(stops)](const Objective&, const Period& period) {
    auto found = stops;
    std::erase_if(found, [&](const PlannedStop& stop) {
      return stop.when.to <= period.from || stop.when.from >= period.to;
    });
    return found;
  };
  return assess(
      slo, reader, [](const Objective&) { return FakeReader::id(); }, options)[0];
}

FakeReader week() {
  FakeReader reader;
  reader.fill(0, 10'080, 10, 10);
  reader.fill(1'000, 1'110, 0, 10);
  return reader;
}

}  // namespace

TEST_CASE("planned work counts unless the document excludes it; both figures are told", "[slo]") {
  const auto reader = week();
  const std::vector<PlannedStop> stops = {{{at_minute(1'000), at_minute(1'100)}, "MNT-1", true}};
  const auto counted = judged_stops(planned(nullptr), reader, stops);
  CHECK(counted.verdict == Verdict::missed);
  REQUIRE(counted.maintenance);
  CHECK_FALSE(counted.maintenance->excluded);
  CHECK(counted.maintenance->minutes == 100);
  CHECK(counted.maintenance->counting->bad == 1'100);
  CHECK(counted.maintenance->without->bad == 100);
  CHECK(counted.maintenance->without->total == 99'800);
  CHECK(counted.maintenance->without->verdict == Verdict::met);

  const auto excluded = judged_stops(planned("exclude"), reader, stops);
  CHECK(excluded.verdict == Verdict::met);
  CHECK(excluded.counted.total == 99'800);
  CHECK(excluded.counted.expected == 9'980);
  CHECK(excluded.counted.coverage() == 1);
  CHECK(excluded.maintenance->excluded);
  CHECK(excluded.maintenance->counting->verdict == Verdict::missed);
  CHECK(excluded.budget.whole == Micros{minutes{9'980}} / 200);
  CHECK_FALSE(judged_stops(planned("exclude"), reader, {}).maintenance);
}

TEST_CASE("what was announced after it began always counts", "[slo]") {
  const auto reader = week();
  const auto late = judged_stops(planned("exclude"), reader,
                                 {{{at_minute(1'000), at_minute(1'100)}, "MNT-2", false}});
  CHECK(late.verdict == Verdict::missed);
  REQUIRE(late.maintenance);
  CHECK(late.maintenance->late == std::vector<std::string>{"MNT-2"});
  CHECK_FALSE(late.maintenance->without);
}

TEST_CASE("a minute that maintenance touches is left out whole; spans are joined", "[slo]") {
  using std::chrono::seconds;
  const auto spans =
      excludable({{{at_minute(10) + seconds{30}, at_minute(12) + seconds{1}}, "a", true},
                  {{at_minute(13), at_minute(20)}, "b", true},
                  {{at_minute(2), at_minute(4)}, "c", true},
                  {{at_minute(5), at_minute(6)}, "d", false}});
  CHECK(spans == std::vector<MinuteSpan>{{2, 4}, {10, 20}});
}

TEST_CASE("slices are left out when all of them is, else judged by the rest", "[slo]") {
  FakeReader reader;
  reader.fill(0, 30, 10, 10);
  reader.fill(8, 15, 0, 10);
  Measure m{reader, FakeReader::id(), BudgetingMethod::timeslices};
  m.slice = minutes{5};
  m.slice_target = *Ratio::percent(*Decimal::parse("90"));
  m.missing = MissingData::bad;
  m.excluded = {{8, 15}};
  const auto facts = slice_facts(m, 0, 32);
  REQUIRE(facts.size() == 7);
  CHECK(facts[1].state == SliceState::good);
  CHECK(facts[2].state == SliceState::excluded);
  CHECK(facts[6].state == SliceState::bad);
  CHECK(facts[6].imputed);
  const auto t = tally(m, 0, 32);
  CHECK(t.expected == 6);
  CHECK(t.total == 6);
  CHECK(t.good == 5);
  m.excluded = {{8, 15}, {29, 40}};
  CHECK(tally(m, 0, 32).expected == 5);
}

TEST_CASE("excluding is the same as the minutes never having been", "[slo]") {
  nines::test::holds([] {
    FakeReader all, rest;
    std::vector<MinuteSpan> spans;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
      const auto from = *rc::gen::inRange<std::int64_t>(-20, 320);
      spans.push_back({from, from + *rc::gen::inRange<std::int64_t>(0, 60)});
    }
    spans = normalised(std::move(spans));
    const auto out = [&](std::int64_t minute) {
      return std::any_of(spans.begin(), spans.end(),
                         [&](const MinuteSpan& s) { return s.from <= minute && minute < s.to; });
    };
    for (std::int64_t minute = 0; minute < 300; ++minute) {
      const auto total = *rc::gen::inRange(0, 8);
      if (total == 7) continue;  // not observed
      const auto good = static_cast<std::uint64_t>(*rc::gen::inRange(0, total + 1));
      all.put(minute, good, static_cast<std::uint64_t>(total));
      if (!out(minute)) rest.put(minute, good, static_cast<std::uint64_t>(total));
    }
    Measure m{all, FakeReader::id()}, plain{rest, FakeReader::id()};
    m.method = plain.method =
        *rc::gen::element(BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                          BudgetingMethod::ratio_timeslices);
    m.slice = plain.slice = minutes{*rc::gen::inRange(1, 30)};
    m.slice_target = plain.slice_target = *Ratio::percent(*Decimal::parse("60"));
    m.excluded = spans;
    const auto a = tally(m, 0, 300), b = tally(plain, 0, 300);
    RC_ASSERT(a.good == b.good);
    RC_ASSERT(a.total == b.total);
    RC_ASSERT(a.events == b.events);
    RC_ASSERT(a.known == b.known);
    RC_ASSERT(a.good_units() == b.good_units());
    std::int64_t gone = 0;
    for (std::int64_t minute = 0; minute < 300; ++minute) gone += out(minute) ? 1 : 0;
    RC_ASSERT(excluded_minutes(m, 0, 300) == gone);
    if (!m.in_slices()) RC_ASSERT(a.expected == static_cast<std::uint64_t>(300 - gone));
    m.missing = *rc::gen::element(MissingData::exclude, MissingData::good, MissingData::bad);
    m.measured_from = *rc::gen::inRange<std::int64_t>(-10, 300);
    const auto filled = tally(m, 0, 300);
    const auto ledger = make_ledger(m, hour_edges(0, 300), {});
    RC_ASSERT(ledger.balances());
    RC_ASSERT(std::abs(ledger.lost - filled.bad_units()) < 1e-6);
    if (m.method != BudgetingMethod::ratio_timeslices) RC_ASSERT(ledger.total == filled.total);
  });
}
