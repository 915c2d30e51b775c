// Budgets, burn rates and evidence against the worked figures of the field's literature.
#include "domain/slo/budget.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "domain/slo/verdict.hpp"
#include "support/property.hpp"
#include "unit/slo/fake_reader.hpp"
#include "unit/slo/shorthand.hpp"

using namespace nines;
using namespace nines::slo;
using nines::test::FakeReader;
using std::chrono::days;
using std::chrono::minutes;
using test::percent;

namespace {

Tally events(std::uint64_t good, std::uint64_t total) {
  Tally t;
  t.good = good;
  t.total = t.events = total;
  t.known = t.expected = 1;
  return t;
}

double minutes_of(Micros d) { return static_cast<double>(d.count()) / 6e7; }

}  // namespace

TEST_CASE("the time budget of a month in minutes", "[slo]") {
  struct Row {
    int days;
    const char* target;
    double minutes;
  };
  for (const auto& row :
       {Row{30, "99", 432}, Row{30, "99.5", 216}, Row{30, "99.9", 43.2}, Row{30, "99.95", 21.6},
        Row{30, "99.99", 4.32}, Row{28, "99.9", 40.32}, Row{29, "99.99", 4.176},
        Row{31, "99.999", 0.4464}, Row{31, "99.95", 22.32}}) {
    const auto budget = budget_of(events(1, 1), percent(row.target), days{row.days});
    CHECK(minutes_of(budget.whole) == Approx(row.minutes));
    CHECK(budget.time_left == budget.whole);
  }
}

TEST_CASE("a budget in events is whole, and negative when overspent", "[slo]") {
  const auto spent = budget_of(events(9'985, 10'000), percent("99.9"), days{30});
  CHECK(spent.allowed == 10);
  CHECK(spent.bad == 15);
  CHECK(spent.remaining == -5);
  CHECK(*spent.share == Approx(-0.5));
  CHECK(minutes_of(*spent.time_left) == Approx(-21.6));
  const auto low = budget_of(events(999, 999), percent("99.9"), days{30});
  CHECK(low.allowed == 0);
  CHECK(low.remaining == 0);
  CHECK(*low.share == 1.0);
}

TEST_CASE("a target of 100 percent has no budget and no burn rate", "[slo]") {
  const auto budget = budget_of(events(99, 100), percent("100"), days{30});
  CHECK(budget.none);
  CHECK_FALSE(budget.share);
  CHECK(budget.remaining == -1);
  CHECK_FALSE(burn_rate(events(99, 100), percent("100")));
  CHECK_FALSE(burn_rate(events(0, 0), percent("99")));
  CHECK(judge(events(99, 100), percent("100")) == Verdict::missed);
  CHECK(judge(events(100, 100), percent("100")) == Verdict::met);
}

TEST_CASE("a burn of 14.4 for an hour spends two percent of a month", "[slo]") {
  FakeReader reader;
  const std::int64_t end = 30 * 1440;
  reader.fill(end - 60, end, 10'000 - 144, 10'000);
  const Measure measure{reader, FakeReader::id()};
  const auto burns = burn_rates(measure, percent("99.9"), end, days{30});
  REQUIRE(burns.size() == 7);
  const auto& hour = burns[2];
  CHECK(hour.window == minutes{60});
  CHECK(*hour.rate == Approx(14.4));
  CHECK(*hour.spends == Approx(0.02));
  CHECK(*burns[0].rate == Approx(14.4));
  // From a full budget it would last P / b = 2.08 days.
  CHECK(30 / *hour.rate == Approx(2.0833).epsilon(1e-3));
  CHECK(*burns[4].rate == Approx(14.4));  // six hours hold the same events: no traffic before
}

TEST_CASE("windows shorter than a slice have no burn rate", "[slo]") {
  FakeReader reader;
  reader.fill(0, 6000, 1, 2);
  const Measure measure{
      reader,      FakeReader::id(), BudgetingMethod::timeslices, MissingData::exclude,
      minutes{60}, percent("90")};
  const auto burns = burn_rates(measure, percent("99"), 6000, days{7});
  CHECK_FALSE(burns[0].rate);
  CHECK_FALSE(burns[1].rate);
  CHECK(*burns[2].rate == Approx(100));
}

TEST_CASE("intervals of the literature", "[slo]") {
  struct Row {
    std::uint64_t bad, total;
    double low, high;
  };
  for (const auto& row : {Row{0, 100, 96.301, 100}, Row{0, 1000, 99.617, 100},
                          Row{1, 1000, 99.436, 99.982}, Row{0, 10'000, 99.962, 100},
                          Row{10, 10'000, 99.816, 99.946}, Row{100, 100'000, 99.878, 99.918}}) {
    const auto answer =
        infer(events(row.total - row.bad, row.total), percent("99"), IntervalMethod::wilson);
    CHECK(answer.sli.low * 100 == Approx(row.low).margin(6e-4));
    CHECK(answer.sli.high * 100 == Approx(row.high).margin(6e-4));
  }
}

TEST_CASE("verdict and evidence are two answers", "[slo]") {
  const auto few = events(100, 100);
  CHECK(judge(few, percent("99.9")) == Verdict::met);
  const auto answer = infer(few, percent("99.9"), IntervalMethod::wilson);
  CHECK(answer.evidence == Evidence::undecided);
  REQUIRE(answer.units_needed);
  CHECK(*answer.units_needed > 3'600);
  CHECK(*answer.units_needed < 3'900);
  const auto decided = events(100 + *answer.units_needed, 100 + *answer.units_needed);
  CHECK(infer(decided, percent("99.9"), IntervalMethod::wilson).evidence == Evidence::supported);
  CHECK(infer(events(9'900, 10'000), percent("99.9"), IntervalMethod::clopper_pearson).evidence ==
        Evidence::refuted);
  CHECK_FALSE(infer(events(999, 1'000), percent("99.9"), IntervalMethod::wilson).units_needed);
  CHECK(infer(events(50, 50), percent("100"), IntervalMethod::wilson).evidence ==
        Evidence::undecided);
  CHECK(infer(events(0, 0), percent("99"), IntervalMethod::wilson).evidence == Evidence::undecided);
  CHECK(judge(events(0, 0), percent("99")) == Verdict::no_data);
}

TEST_CASE("imputed units are no evidence", "[slo]") {
  auto t = events(100'000, 100'000);
  t.imputed = 99'990;
  t.missing = MissingData::good;
  CHECK(infer(t, percent("99"), IntervalMethod::wilson).evidence == Evidence::undecided);
}

TEST_CASE("the number of events said to be needed does decide", "[slo]") {
  nines::test::holds([] {
    const auto total = *rc::gen::inRange<std::uint64_t>(50, 5'000);
    const auto bad = *rc::gen::inRange<std::uint64_t>(0, total / 10);
    const auto target = percent(*rc::gen::element<const char*>("90", "95", "99", "99.9"));
    const auto answer = infer(events(total - bad, total), target, IntervalMethod::wilson);
    if (answer.evidence != Evidence::undecided || !answer.units_needed) return;
    // Carry on at the same rate, with a little room for whole events.
    const auto factor =
        1.02 * static_cast<double>(total + *answer.units_needed) / static_cast<double>(total);
    const auto n = static_cast<std::uint64_t>(std::ceil(static_cast<double>(total) * factor));
    const auto k = static_cast<double>(bad) * factor;
    const bool above = target.met_by(total - bad, total);
    const auto whole = static_cast<std::uint64_t>(above ? std::floor(k) : std::ceil(k));
    RC_ASSERT(infer(events(n - whole, n), target, IntervalMethod::wilson).evidence ==
              (above ? Evidence::supported : Evidence::refuted));
  });
}
