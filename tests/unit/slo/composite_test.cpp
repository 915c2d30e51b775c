// Composites: exact verdicts, doubt from members without data, forecasts, and who spent what.
#include "domain/slo/composite.hpp"

#include <catch2/catch.hpp>

#include "domain/slo/counting.hpp"
#include "domain/slo/spending.hpp"
#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"
#include "unit/slo/shorthand.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;
using std::chrono::minutes;
using test::percent;

namespace {

constexpr std::int64_t kEnd = 100 * 1440;

Slo journey(BudgetingMethod method, std::vector<const char*> targets,
            std::vector<Decimal> weights) {
  Slo slo;
  slo.name = "journey";
  slo.service = "shop";
  slo.method = method;
  slo.window.length = {7, Unit::day};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    Objective objective;
    objective.id = std::to_string(i);
    objective.display_name = "part " + objective.id;
    objective.target = percent(targets[i]);
    objective.slice_target = percent("90");
    objective.slice_window = Length{5, Unit::minute};
    objective.weight = weights[i];
    slo.objectives.push_back(objective);
  }
  return slo;
}

std::optional<series::SeriesId> series_of(const Objective& o) {
  return FakeReader::id(static_cast<std::uint8_t>(o.id[0] - '0'));
}

Assessment judged(const Slo& slo, const FakeReader& reader) {
  AssessOptions options;
  options.at = Instant{minutes{kEnd}};
  return assess(slo, reader, series_of, options)[0];
}

Spending spent(const Slo& slo, const FakeReader& reader, const Assessment& a,
               std::vector<Attribution> causes) {
  const auto measures = measures_of(slo, reader, series_of, {}, *a.window, false);
  const auto shares = shares_of(slo, measures);
  const auto to = epoch_minute(*a.counted_to);
  const auto budgets = whole_budgets(shares, *a.window, a.rolling, to);
  return spending_of(slo, shares, budgets, hour_edges(epoch_minute(a.window->from), to),
                     [&](const Share&) { return causes; });
}

}  // namespace

TEST_CASE("a composite of ratios is compared exactly", "[slo]") {
  FakeReader reader;  // shortfalls 1/3 and 2/3 of one slice each: 0.3 / 3 + 0.15 x 2 / 3 = 0.2
  reader.put(kEnd - 10, 2, 3, true, 0);
  reader.put(kEnd - 10, 1, 3, true, 1);
  auto slo =
      journey(BudgetingMethod::ratio_timeslices, {"50", "50"}, {Decimal(3, 1), Decimal(15, 2)});
  slo.annotations["nines.dev/composite-target"] = "0.8";
  CHECK(judged(slo, reader).verdict == Verdict::met);
  slo.annotations["nines.dev/composite-target"] = "0.800000000000000001";
  CHECK(judged(slo, reader).verdict == Verdict::missed);
  slo.annotations["nines.dev/composite-target"] = "0.799999999999999999";
  CHECK(judged(slo, reader).verdict == Verdict::met);
}

TEST_CASE("weighted shortfalls agree with one common denominator", "[slo]") {
  nines::test::holds([] {
    std::vector<RatioSum> sums(static_cast<std::size_t>(*rc::gen::inRange(1, 4)));
    std::vector<WeightedMean> means;
    std::int64_t lost = 0;  // in units of 1 / (10 x 120 x 6)
    for (auto& sum : sums) {
      const auto count = *rc::gen::element(1, 2, 3, 6);
      const auto weight = *rc::gen::inRange<std::int64_t>(0, 12);
      std::int64_t missing = 0;
      for (int i = 0; i < count; ++i) {
        const auto d = *rc::gen::element<std::uint64_t>(2, 3, 4, 5, 8);
        const auto n = *rc::gen::inRange<std::uint64_t>(0, d + 1);
        sum.add(n, d);
        missing += static_cast<std::int64_t>((d - n) * (120 / d));
      }
      lost += weight * missing * (6 / count);
      means.push_back({Decimal(weight, 1), &sum});
    }
    const auto allowance = percent(*rc::gen::element("0", "5", "12.5", "25", "50", "90"));
    RC_ASSERT(shortfall_within(means, allowance) ==
              (lost * static_cast<std::int64_t>(allowance.den()) <=
               static_cast<std::int64_t>(allowance.num()) * 7'200));
  });
}

TEST_CASE("a member without data leaves the verdict unsettled", "[slo]") {
  FakeReader reader;
  reader.fill(kEnd - 10'080, kEnd, 100, 100, 0);
  reader.fill(kEnd - 10'080, kEnd, 100, 100, 1);
  for (auto method : {BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                      BudgetingMethod::ratio_timeslices}) {
    const auto both = judged(journey(method, {"99", "99"}, {Decimal(5, 1), Decimal(5, 1)}), reader);
    CHECK(both.verdict == Verdict::met);
    CHECK(both.settled);
    CHECK(both.counted.coverage() == 1);
    const auto three = judged(
        journey(method, {"99", "99", "99"}, {Decimal(5, 1), Decimal(3, 1), Decimal(2, 1)}), reader);
    CHECK(three.verdict == Verdict::met);
    CHECK_FALSE(three.settled);
  }
}

TEST_CASE("small gaps of two members are settled by their sum, not one by one", "[slo]") {
  FakeReader reader;  // 30 of 10 080 minutes missing each: 0.3 % could be bad, twice
  for (std::uint8_t s : {0, 1}) reader.fill(kEnd - 10'050, kEnd, 10, 10, s);
  const auto loose =
      journey(BudgetingMethod::occurrences, {"99", "99"}, {Decimal(1, 0), Decimal(1, 0)});
  CHECK(judged(loose, reader).settled);  // 0.3 + 0.3 of a budget
  const auto tight =
      journey(BudgetingMethod::occurrences, {"99.5", "99.5"}, {Decimal(1, 0), Decimal(1, 0)});
  const auto a = judged(tight, reader);  // 0.6 + 0.6, though each alone is sure
  CHECK(a.members[0].assessment.settled);
  CHECK_FALSE(a.settled);
}

TEST_CASE("forecast and exhaustion of a composite add up by weight", "[slo]") {
  FakeReader reader;
  reader.fill(kEnd - 10'080, kEnd, 1000, 1000, 0);
  reader.fill(kEnd - 10'080, kEnd, 1000, 1000, 1);
  reader.fill(kEnd - 1'440, kEnd, 986, 1000, 0);  // burn 1.4 on the last of seven days
  const auto a = judged(
      journey(BudgetingMethod::occurrences, {"99", "99"}, {Decimal(5, 1), Decimal(5, 1)}), reader);
  REQUIRE(a.outlook.forecast);
  CHECK(*a.budget.share == Approx(0.9));
  CHECK(*a.burns[5].rate == Approx(0.7));
  CHECK(*a.outlook.forecast->share == Approx(0.8));
  CHECK(a.outlook.forecast->meets);
  // A week at this pace spends 0.7 of a week's budget, and then gives as much back as it takes.
  CHECK(a.outlook.exhaustion.kind == Exhaustion::Kind::never);
  CHECK(a.outlook.spent_ahead.back() == Approx(0.7));

  reader.fill(kEnd - 1'440, kEnd, 960, 1000, 0);  // burn 4: 2 of the whole
  const auto fast = judged(
      journey(BudgetingMethod::occurrences, {"99", "99"}, {Decimal(5, 1), Decimal(5, 1)}), reader);
  REQUIRE(fast.outlook.exhaustion.kind == Exhaustion::Kind::at);
  const auto left = fast.outlook.exhaustion.when - *fast.counted_to;
  CHECK(*fast.budget.share == Approx(5. / 7));
  CHECK(std::chrono::duration<double>(left).count() == Approx(7 * 86'400 * (5. / 7) / 2));
}

TEST_CASE("a rolling window gives back what its oldest part had spent", "[slo]") {
  FakeReader reader;
  reader.fill(kEnd - 10'080, kEnd, 1000, 1000, 0);
  const auto week = [&] {
    auto slo = simple("99", {7, Unit::day});
    return run(slo, reader, from_epoch_minute(kEnd))[0].outlook;
  };
  CHECK(week().exhaustion.kind == Exhaustion::Kind::never);

  // 0.93 of the budget is spent; what comes in at 0.35 is less than what falls out of the first
  // days.
  reader.fill(kEnd - 10'080, kEnd - 10'080 + 1'440, 965, 1000, 0);
  reader.fill(kEnd - 8'640, kEnd - 1'440, 995, 1000, 0);
  reader.fill(kEnd - 1'440, kEnd, 9'965, 10'000, 0);
  CHECK(week().exhaustion.kind == Exhaustion::Kind::never);

  // The same budget spent, but late in the window: nothing comes back before it is gone.
  reader.fill(kEnd - 10'080, kEnd - 1'440, 1000, 1000, 0);
  reader.fill(kEnd - 1'440, kEnd, 940, 1000, 0);
  const auto late = week().exhaustion;
  REQUIRE(late.kind == Exhaustion::Kind::at);
  CHECK(late.within_window);
  CHECK(std::chrono::duration<double>(late.when - from_epoch_minute(kEnd)).count() ==
        Approx(7 * 86'400. / 6 * (1 - 6. / 7)));
}

TEST_CASE("the ledger of a composite balances by member, cause and time", "[slo]") {
  nines::test::holds([] {
    FakeReader reader;
    for (std::uint8_t s : {0, 1, 2})
      for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
        const auto total = *rc::gen::inRange<std::uint64_t>(0, 9);
        reader.put(kEnd - *rc::gen::inRange(1, 600), *rc::gen::inRange<std::uint64_t>(0, total + 1),
                   total, true, s);
      }
    auto slo = journey(*rc::gen::element(BudgetingMethod::occurrences, BudgetingMethod::timeslices,
                                         BudgetingMethod::ratio_timeslices),
                       {"90", "99", "95"}, {Decimal(5, 1), Decimal(3, 1), Decimal(2, 1)});
    slo.missing = *rc::gen::element(MissingData::exclude, MissingData::good, MissingData::bad);
    const auto a = judged(slo, reader);
    const Period night{Instant{minutes{kEnd - 300}}, Instant{minutes{kEnd - 100}}};
    const auto all =
        spent(slo, reader, a,
              {{night, "MNT-1", "", CauseClass::maintenance},
               {{night.from, Instant{minutes{kEnd}}}, "CHG-1", "", CauseClass::change}});
    RC_ASSERT(all.balances());
    double by_account = 0, by_row = 0, by_member = 0;
    std::uint64_t bad = 0;
    for (const auto part : all.by_account) by_account += part;
    for (const auto part : all.by_row) by_row += part;
    for (const auto& member : all.members) by_member += member.spent, bad += member.bad;
    RC_ASSERT(std::abs(by_account - all.whole) < 1e-9 * (1 + all.whole));
    RC_ASSERT(std::abs(by_row - all.whole) < 1e-9 * (1 + all.whole));
    if (slo.method == BudgetingMethod::timeslices) {
      RC_ASSERT(bad >= all.ledger.bad);
      RC_ASSERT(all.ledger.bad == a.counted.total - a.counted.good);
    } else {
      RC_ASSERT(std::abs(by_member - all.whole) < 1e-9 * (1 + all.whole));
      RC_ASSERT(bad == all.ledger.bad);
    }
    if (a.budget.share)
      RC_ASSERT(std::abs(1 - all.whole - *a.budget.share) < 1e-6 * (1 + all.whole));
  });
}

TEST_CASE("each indicator may name the service whose rows it counts", "[slo]") {
  DataSource source;
  source.name = "requests";
  source.type = "file";
  source.connection = Json::object({{"service", Json::object({{"column", "service"}})}});
  auto slo = journey(BudgetingMethod::occurrences, {"99", "99"}, {Decimal(5, 1), Decimal(5, 1)});
  for (auto& objective : slo.objectives) {
    objective.indicator = Indicator{};
    objective.indicator->first.spec = Json::object({{"where", "status < 500"}});
    objective.indicator->total = MetricSource{};
  }
  slo.objectives[1].indicator->service = "cart";
  const auto service = [&](std::size_t i) {
    return counting_of(slo, slo.objectives[i], source).counting->key.service;
  };
  CHECK(service(0) == "shop");
  CHECK(service(1) == "cart");
}
