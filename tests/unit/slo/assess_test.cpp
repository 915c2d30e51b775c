// Whole assessments: windows over stored minutes, staleness, outlook, composites.
#include "domain/slo/assess.hpp"

#include <catch2/catch.hpp>

#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"
#include "unit/slo/shorthand.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::percent;
using test::utc;

namespace {

Slo simple(const char* target, Length length = {30, Unit::day}) {
  Slo slo;
  slo.name = "checkout";
  slo.service = "shop";
  slo.indicator = Indicator{};
  slo.window.length = length;
  Objective objective;
  objective.id = "main";
  objective.target = percent(target);
  slo.objectives = {objective};
  return slo;
}

std::vector<Assessment> run(const Slo& slo, const FakeReader& reader, Instant when) {
  return assess(slo, reader, [](const Objective&) { return FakeReader::id(); }, {when, utc, {}});
}

Slo composite(BudgetingMethod method) {
  Slo slo = simple("99");
  slo.indicator.reset();
  slo.method = method;
  slo.objectives[0].id = "0";
  slo.objectives[0].weight = Decimal(6, 1);
  slo.objectives[0].slice_target = percent("95");
  slo.objectives.push_back(slo.objectives[0]);
  slo.objectives[1].id = "1";
  slo.objectives[1].target = percent("99.9");
  slo.objectives[1].weight = Decimal(4, 1);
  return slo;
}

Assessment run_composite(const Slo& slo, const FakeReader& reader, Instant when) {
  const auto all = assess(
      slo, reader,
      [](const Objective& o) { return FakeReader::id(static_cast<std::uint8_t>(o.id[0] - '0')); },
      {when, utc, {}});
  REQUIRE(all.size() == 1);
  return all[0];
}

}  // namespace

TEST_CASE("a month of measurements is judged whole", "[slo]") {
  FakeReader reader;
  const auto end = at("2026-11-01T00:00:00Z");
  const auto to = epoch_minute(end);
  reader.fill(to - 43'200, to, 1000, 1000);
  for (int i = 1; i <= 100; ++i) reader.put(to - i * 60, 700, 1000);
  const auto a = run(simple("99.9"), reader, end)[0];
  CHECK(a.verdict == Verdict::met);
  CHECK(a.counted.total == 43'200'000);
  CHECK(a.budget.allowed == 43'200);
  CHECK(a.budget.remaining == 13'200);
  CHECK(*a.budget.share == Approx(13.2 / 43.2));
  // 30 000 bad of 43.2 million looks decided, but all of them fell into five of thirty days.
  CHECK(a.inference.evidence == Evidence::undecided);
  REQUIRE(a.inference.clustering);
  CHECK(a.inference.clustering->blocks == 30);
  CHECK(a.inference.clustering->effective < 10'000);
  CHECK(a.settled);
  CHECK(a.freshness.age == Micros{0});
  CHECK_FALSE(a.freshness.stale);
  CHECK(*a.burns[2].rate == Approx(5.0));
  REQUIRE(a.outlook.forecast);
  CHECK(a.outlook.forecast->at == end + days{1});
  CHECK(a.outlook.forecast->bad == Approx(30'000 + 7'200));
  CHECK(a.outlook.exhaustion.kind == Exhaustion::Kind::at);
  // Burn 5 of the last day, 13.2/43.2 of 30 days left.
  const auto left = a.outlook.exhaustion.when - end;
  CHECK(std::chrono::duration_cast<hours>(left).count() == 44);
}

TEST_CASE("data that ends long before the question is stale, and still answered", "[slo]") {
  FakeReader reader;
  const auto to = epoch_minute(at("2026-11-01T00:00:00Z"));
  reader.fill(to - 1440, to, 10, 10);
  const auto late = run(simple("99"), reader, at("2026-11-02T00:00:00Z"))[0];
  CHECK(late.freshness.stale);
  CHECK(late.freshness.age == Micros{days{1}});
  CHECK(late.verdict == Verdict::met);
  CHECK_FALSE(late.settled);
  CHECK_FALSE(late.burns[0].rate);
  const auto far = run(simple("99"), reader, at("2027-11-02T00:00:00Z"))[0];
  CHECK(far.verdict == Verdict::no_data);
  CHECK(far.sli_reason == "the data ends before this window");
  auto patient = simple("99");
  patient.annotations["nines.dev/max-age"] = "2d";
  CHECK_FALSE(run(patient, reader, at("2026-11-02T00:00:00Z"))[0].freshness.stale);
}

TEST_CASE("part-way through a calendar month both readings of the budget are given", "[slo]") {
  FakeReader reader;
  auto slo = simple("99", {1, Unit::month});
  slo.window.rolling = false;
  slo.window.anchor = "2026-01-01 00:00:00";
  slo.window.zone = "UTC";
  const auto from = epoch_minute(at("2026-11-01T00:00:00Z"));
  reader.fill(from, from + 10 * 1440, 995, 1000);
  const auto a = run(slo, reader, at("2026-11-11T00:00:00Z"))[0];
  CHECK(a.window->to == at("2026-12-01T00:00:00Z"));
  CHECK(*a.budget.share == Approx(0.5));
  REQUIRE(a.outlook.forecast);
  CHECK(a.outlook.forecast->total == Approx(43'200'000));
  CHECK(*a.outlook.forecast->share_now == Approx(1 - 0.5 / 3));
  CHECK(*a.outlook.forecast->share == Approx(0.5));
  CHECK(a.outlook.forecast->meets);
  CHECK_FALSE(a.outlook.exhaustion.within_window);
  slo.window.anchor = "2027-01-01 00:00:00";
  CHECK(run(slo, reader, at("2026-11-11T00:00:00Z"))[0].verdict == Verdict::not_started);
}

TEST_CASE("a slice that is not over yet is not counted", "[slo]") {
  FakeReader reader;
  auto slo = simple("99", {7, Unit::day});
  slo.method = BudgetingMethod::timeslices;
  slo.objectives[0].slice_target = percent("90");
  slo.objectives[0].slice_window = Length{1, Unit::hour};
  const auto now = at("2026-11-11T10:37:00Z");
  const auto hour = epoch_minute(at("2026-11-11T10:00:00Z"));
  reader.fill(hour - 600, hour, 10, 10);
  reader.fill(hour, hour + 37, 0, 10);
  const auto a = run(slo, reader, now)[0];
  CHECK(*a.counted_to == at("2026-11-11T10:00:00Z"));
  CHECK(a.counted.good == 10);
  CHECK(a.counted.total == 10);
  CHECK(a.verdict == Verdict::met);
}

TEST_CASE("a composite of events adds shares of budgets", "[slo]") {
  FakeReader reader;
  const auto end = at("2026-11-01T00:00:00Z");
  const auto to = epoch_minute(end);
  reader.put(to - 10, 99'000, 100'000, true, 0);  // all of its budget at 99 %
  reader.put(to - 10, 100'000, 100'000, true, 1);
  const auto slo = composite(BudgetingMethod::occurrences);
  const auto a = run_composite(slo, reader, end);
  CHECK_FALSE(a.sli);
  CHECK_FALSE(a.sli_reason.empty());
  CHECK(a.weights == Decimal(1, 0));
  CHECK(*a.budget.share == Approx(0.4));
  CHECK(a.verdict == Verdict::met);
  REQUIRE(a.members.size() == 2);
  CHECK(*a.members[0].consumed == Approx(1.0));
  reader.put(to - 10, 99'900, 100'000, true, 1);  // 0.6 + 0.4 = exactly all
  CHECK(run_composite(slo, reader, end).verdict == Verdict::met);
  reader.put(to - 10, 99'899, 100'000, true, 1);
  CHECK(run_composite(slo, reader, end).verdict == Verdict::missed);
}

TEST_CASE("members at 95 percent make a composite of 90 by ratios", "[slo]") {
  FakeReader reader;
  const auto end = at("2026-11-01T00:00:00Z");
  const auto to = epoch_minute(end);
  for (std::uint8_t s : {0, 1}) reader.fill(to - 100, to, 95, 100, s);
  auto slo = composite(BudgetingMethod::ratio_timeslices);
  slo.objectives[0].weight = slo.objectives[1].weight = Decimal(1, 0);
  const auto a = run_composite(slo, reader, end);
  CHECK(*a.sli == Approx(0.9));
  CHECK(a.target == percent("99.9"));
  CHECK(a.verdict == Verdict::missed);
  slo.annotations["nines.dev/composite-target"] = "0.85";
  CHECK(run_composite(slo, reader, end).verdict == Verdict::met);
}

TEST_CASE("a slice that is bad for one member is bad for the composite", "[slo]") {
  FakeReader reader;
  const auto end = at("2026-11-01T00:00:00Z");
  const auto to = epoch_minute(end);
  for (std::uint8_t s : {0, 1}) reader.fill(to - 100, to, 100, 100, s);
  reader.put(to - 1, 0, 100, true, 0);
  reader.put(to - 1, 0, 100, true, 1);
  reader.put(to - 5, 0, 100, true, 1);
  const auto a = run_composite(composite(BudgetingMethod::timeslices), reader, end);
  CHECK(a.counted.good == 98);
  CHECK(a.counted.total == 100);
  CHECK(a.notes.size() == 1);  // weights are ignored
}

TEST_CASE("an objective without a series says so and is not judged", "[slo]") {
  FakeReader reader;
  const auto all = assess(simple("99"), reader, [](const Objective&) { return std::nullopt; },
                          {at("2026-11-01T00:00:00Z"), utc, {}});
  CHECK(all[0].verdict == Verdict::no_data);
  CHECK(all[0].freshness.stale);
  CHECK(all[0].sli_reason == "no measurements are stored for this indicator");
  CHECK(all[0].outlook.exhaustion.kind == Exhaustion::Kind::unknown);
}

TEST_CASE("an assessment does not depend on when time began", "[slo]") {
  nines::test::holds([] {
    const auto shift = *rc::gen::inRange<std::int64_t>(0, 20'000) * 60;
    FakeReader here, there;
    const auto base = epoch_minute(at("2026-11-01T00:00:00Z"));
    const auto rows = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 2'880), rc::gen::inRange(0, 30)));
    for (const auto& [back, bad] : rows) {
      here.put(base - back, 30 - static_cast<unsigned>(bad), 30);
      there.put(base - back + shift, 30 - static_cast<unsigned>(bad), 30);
    }
    auto slo = simple("90", {2, Unit::day});
    slo.method = *rc::gen::element(BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                                   BudgetingMethod::ratio_timeslices);
    slo.objectives[0].slice_target = percent("80");
    slo.objectives[0].slice_window = Length{1, Unit::hour};
    const auto a = run(slo, here, Instant{minutes{base}})[0];
    const auto b = run(slo, there, Instant{minutes{base + shift}})[0];
    RC_ASSERT(a.counted.total == b.counted.total);
    RC_ASSERT(a.counted.good == b.counted.good);
    RC_ASSERT(a.sli == b.sli);
    RC_ASSERT(a.verdict == b.verdict);
    RC_ASSERT(a.budget.share == b.budget.share);
    for (std::size_t i = 0; i < a.burns.size(); ++i) RC_ASSERT(a.burns[i].rate == b.burns[i].rate);
  });
}

TEST_CASE("before measuring began nothing is missing", "[slo]") {
  FakeReader reader;
  const auto end = at("2026-11-01T00:00:00Z");
  const auto to = epoch_minute(end);
  auto slo = simple("99");
  slo.missing = MissingData::bad;
  for (auto method : {BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                      BudgetingMethod::ratio_timeslices}) {
    slo.method = method;
    slo.objectives[0].slice_target = percent("90");
    slo.objectives[0].slice_window = Length{5, Unit::minute};
    CHECK(run(slo, FakeReader{}, end)[0].verdict == Verdict::no_data);
  }
  reader.fill(to - 1440, to - 10, 10, 10);
  slo.method = BudgetingMethod::timeslices;
  const auto a = run(slo, reader, end)[0];
  CHECK(a.counted.total == 288);  // one day of slices, not thirty
  CHECK(a.counted.good == 286);
  CHECK(a.counted.imputed == 2);
  CHECK(a.counted.expected == 8'640);
}
