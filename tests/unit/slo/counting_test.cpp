// Indicators to series: equal meanings share a series, different ones never do.
#include "domain/slo/counting.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::slo;

namespace {

MetricSource metric(const char* where) {
  MetricSource m;
  m.ref = "web";
  m.type = "file";
  m.spec = Json::object({{"where", where}});
  return m;
}

DataSource web(Json service) {
  DataSource source;
  source.name = "web";
  source.type = "file";
  source.connection = Json::object({{"format", "csv"}});
  if (!service.is_null()) source.connection.set("service", std::move(service));
  return source;
}

Slo shop(Indicator::Kind kind, const char* first, const char* total) {
  Slo slo;
  slo.service = "checkout";
  slo.indicator = Indicator{"", kind, metric(first), std::nullopt};
  if (total != nullptr) slo.indicator->total = metric(total);
  slo.objectives.emplace_back();
  return slo;
}

Counting count(const Slo& slo, const DataSource& source) {
  const auto found = counting_of(slo, slo.objectives[0], source);
  INFO(found.problem);
  REQUIRE(found.counting);
  return *found.counting;
}

}  // namespace

TEST_CASE("two spellings of one indicator share a series", "[slo]") {
  const auto a = count(shop(Indicator::Kind::good_total, "status<500", "true"), web({}));
  const auto b = count(shop(Indicator::Kind::good_total, "( status < 500 )", "true"), web({}));
  CHECK(series::id_of(a.key) == series::id_of(b.key));
  const auto c = count(shop(Indicator::Kind::good_total, "status < 400", "true"), web({}));
  CHECK(series::id_of(a.key) != series::id_of(c.key));
  const auto bad = count(shop(Indicator::Kind::bad_total, "status < 500", "true"), web({}));
  CHECK(bad.good == series::Predicate::negation(a.good));
}

TEST_CASE("the service is the source's, or the SLO's where a column tells", "[slo]") {
  const auto slo = shop(Indicator::Kind::good_total, "status < 500", "true");
  CHECK(count(slo, web({})).key.service == "web");
  CHECK(count(slo, web("portal")).key.service == "portal");
  CHECK(count(slo, web(Json::object({{"column", "svc"}}))).key.service == "checkout");
}

TEST_CASE("thresholds of different objectives are different series", "[slo]") {
  auto slo = shop(Indicator::Kind::threshold, "true", nullptr);
  slo.indicator->first.spec.set("value", "latency_ms");
  CHECK_FALSE(counting_of(slo, slo.objectives[0], web({})).counting);
  slo.objectives[0].op = Comparison::lte;
  slo.objectives[0].value = Decimal(300, 0);
  CHECK(count(slo, web({})).key.value == "latency_ms <= 300");
}

TEST_CASE("what cannot be counted says why", "[slo]") {
  CHECK(counting_of(shop(Indicator::Kind::good_total, "status <", "true"), Objective{}, web({}))
            .problem.find("where") == 0);
  auto sums = shop(Indicator::Kind::good_total, "true", "true");
  sums.indicator->first.spec.set("sum", "ok");
  CHECK(counting_of(sums, Objective{}, web({})).problem.find("'sum'") == 0);
  sums.indicator->total->spec.set("sum", "all");
  CHECK(count(sums, web({})).key.predicate == "true sum(ok)");
  auto prometheus = web({});
  prometheus.type = "Prometheus";
  CHECK_FALSE(counting_of(sums, Objective{}, prometheus).counting);
  Slo unresolved;
  CHECK_FALSE(counting_of(unresolved, Objective{}, web({})).counting);
}
