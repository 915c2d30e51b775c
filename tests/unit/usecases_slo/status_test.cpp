// Status and budget over a catalogue and measurements in memory.
#include "usecases/slo/status.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "domain/slo/counting.hpp"
#include "unit/slo/fake_reader.hpp"
#include "usecases/slo/budget.hpp"

using namespace nines;
using namespace nines::usecases;

namespace {

Instant at(std::string_view text) { return *parse_rfc3339(text); }

/// A reader that answers for one series only, whatever its key.
struct OneSeries final : series::Reader {
  test::FakeReader rows;
  std::optional<series::Extent> extent(const series::SeriesId&) const override {
    return rows.extent(test::FakeReader::id());
  }
  series::Counts sum(const series::SeriesId&, std::int64_t from, std::int64_t to) const override {
    return rows.sum(test::FakeReader::id(), from, to);
  }
  std::vector<series::MinuteCount> minutes(const series::SeriesId&, std::int64_t from,
                                           std::int64_t to) const override {
    return rows.minutes(test::FakeReader::id(), from, to);
  }
};

Catalogue shop() {
  Catalogue catalogue;
  slo::Slo slo;
  slo.name = "checkout";
  slo.service = "shop";
  slo.window.length = {7, slo::Unit::day};
  slo::Indicator indicator;
  indicator.first.ref = "web";
  indicator.first.type = "file";
  indicator.first.spec = Json::object({{"where", "status < 500"}});
  slo.indicator = indicator;
  slo::Objective objective;
  objective.id = "main";
  objective.target = *Ratio::percent(*Decimal::parse("99"));
  slo.objectives = {objective};
  catalogue.slos.push_back(slo);
  slo::DataSource web;
  web.name = "web";
  web.type = "file";
  web.connection = Json::object({{"format", "csv"}});
  catalogue.sources.emplace("web", web);
  return catalogue;
}

}  // namespace

TEST_CASE("a status names source, age and the end of the data", "[usecases]") {
  OneSeries reader;
  const auto end = epoch_minute(at("2026-11-01T00:00:00Z"));
  reader.rows.fill(end - 10'080, end, 99, 100);
  const auto catalogue = shop();
  const auto late = judge_all(catalogue, reader, {}, at("2026-12-01T00:00:00Z"));
  REQUIRE(late.rows.size() == 1);
  CHECK(late.rows[0].source == "web");
  CHECK(late.rows[0].assessment.verdict == slo::Verdict::no_data);
  CHECK(late.rows[0].assessment.sli_reason == "the data ends before this window (source 'web')");

  StatusQuery last;
  last.at_last = true;
  last.trend = 7;
  const auto status = judge_all(catalogue, reader, last, at("2026-12-01T00:00:00Z"));
  const auto& a = status.rows[0].assessment;
  CHECK(a.verdict == slo::Verdict::met);
  CHECK(a.settled);
  CHECK(a.freshness.stale);  // the judgement is of then, the data is still a month old
  CHECK(a.freshness.age == Micros{std::chrono::days{30}});
  CHECK(status.rows[0].trend.size() == 7);
  CHECK(*status.rows[0].trend[3] == Approx(1.0));
}

TEST_CASE("names that are no SLO are refused with a suggestion", "[usecases]") {
  const OneSeries reader;
  StatusQuery query;
  query.names = {"chekout"};
  try {
    judge_all(shop(), reader, query, at("2026-12-01T00:00:00Z"));
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::not_found);
    CHECK(e.hint().find("checkout") != std::string::npos);
  }
}

TEST_CASE("an indicator or source that is not applied is said, not thrown", "[usecases]") {
  const OneSeries reader;
  auto catalogue = shop();
  catalogue.sources.clear();
  const auto status = judge_all(catalogue, reader, {}, at("2026-12-01T00:00:00Z"));
  CHECK(status.rows[0].assessment.sli_reason == "its source 'web' is not applied");
  catalogue.slos[0].indicator.reset();
  catalogue.slos[0].indicator_ref = "gone";
  CHECK(
      judge_all(catalogue, reader, {}, at("2026-12-01T00:00:00Z")).rows[0].assessment.sli_reason ==
      "its indicator 'gone' is not applied");
}

TEST_CASE("the budget's ledger adds up to the verdict's count", "[usecases]") {
  OneSeries reader;
  const auto end = epoch_minute(at("2026-11-01T00:00:00Z"));
  reader.rows.fill(end - 10'080, end, 100, 100);
  reader.rows.fill(end - 300, end - 240, 50, 100);
  BudgetQuery query;
  query.name = "checkout";
  query.at_last = true;
  query.change_tail = Micros{0};
  Surroundings around;
  around.changes.emplace_back();
  around.changes[0].name = "CHG-1";
  around.changes[0].service = "shop";
  around.changes[0].start = Instant{std::chrono::minutes{end - 300}};
  around.changes[0].end = Instant{std::chrono::minutes{end - 269}};
  const auto report = make_budget_report(shop(), reader, around, query, at("2026-12-01T00:00:00Z"));
  const auto& ledger = report.spending.ledger;
  CHECK(report.spending.balances());
  CHECK(ledger.bad == 3'000);
  CHECK(ledger.bad == report.assessment.counted.total - report.assessment.counted.good);
  REQUIRE(ledger.accounts.size() == 2);
  CHECK(ledger.accounts[0].subject == "CHG-1");
  CHECK(ledger.accounts[0].bad == 31 * 50);
  CHECK(ledger.rows.size() == 7);
  CHECK(report.spending.whole == Approx(3'000.0 / 10'080));
  CHECK(report.whole_budget == Approx(10'080));
  CHECK(*report.left.front() == 1.0);
  CHECK(*report.left.back() == Approx(1 - 3'000.0 / 10'080));
  query.objective = "other";
  CHECK_THROWS_AS(make_budget_report(shop(), reader, {}, query, at("2026-12-01T00:00:00Z")), Error);
}
