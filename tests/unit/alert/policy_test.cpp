// Burn-rate policies: the factors of every table, reach, times to fire and clear, duration texts.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "domain/alert/slo_windows.hpp"

namespace nines::alert {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> factors(const WindowTable& table) {
  std::vector<std::string> texts;
  for (const WindowPair& pair : table.pairs)
    texts.push_back(fmt::format("{}", burn_factor(pair, table.period)));
  return texts;
}

TEST_CASE("factors are Sloth's to the last digit") {
  using Texts = std::vector<std::string>;
  CHECK(factors(standard_table(30 * 24h)) == Texts{"14.4", "6", "3", "1"});
  CHECK(factors(standard_table(28 * 24h)) ==
        Texts{"13.44", "5.6000000000000005", "2.8000000000000003", "0.9333333333333333"});
  WindowTable week = standard_table(7 * 24h);
  week.pairs[0].budget_percent = Decimal(8, 0);
  week.pairs[1].budget_percent = Decimal(125, 1);
  week.pairs[2].budget_percent = Decimal(20, 0);
  week.pairs[3].budget_percent = Decimal(42, 0);
  CHECK(factors(week) == Texts{"13.44", "3.5", "1.4000000000000001", "0.98"});
  CHECK(exact_burn_factor(week.pairs[2], week.period)->to_string() == "1.4");
  CHECK(exact_burn_factor(standard_table(28 * 24h).pairs[1], 28 * 24h)->to_string() == "5.6");
  CHECK_FALSE(exact_burn_factor(standard_table(28 * 24h).pairs[3], 28 * 24h));
}

TEST_CASE("only 28 and 30 days are built in") {
  const auto tables = built_in_tables();
  CHECK(find_table(tables, 28 * 24h) != nullptr);
  CHECK(find_table(tables, 30 * 24h) != nullptr);
  CHECK(find_table(tables, 7 * 24h) == nullptr);
  CHECK(windows_of(tables[1]) == std::vector<Millis>{5min, 30min, 1h, 2h, 6h, 24h, 72h});
}

TEST_CASE("a policy pages, then opens a ticket") {
  const Policy policy = policy_of(standard_table(30 * 24h));
  REQUIRE(policy.alerts.size() == 2);
  CHECK(policy.alerts[0].severity == "page");
  CHECK(policy.alerts[0].any_of[1] == Condition{6, 30min, 6h});
  CHECK(policy.alerts[1].severity == "ticket");
  CHECK_FALSE(policy.low_traffic.asks());
  CHECK_FALSE(policy.absent_after);
}

TEST_CASE("which limits can be reached, and how few events make one error fire") {
  CHECK(reachable(14.4, 0.05));
  CHECK_FALSE(reachable(14.4, 0.07));
  CHECK_FALSE(reachable(2, 0.5));
  CHECK(events_for_one_error(14.4, 0.01) == 7);
  CHECK(events_for_one_error(14.4, 0.001) == 70);
  CHECK(events_for_one_error(14.4, 0.0001) == 695);
  CHECK(events_for_one_error(6, 0.001) == 167);
  CHECK(events_for_one_error(3, 0.01) == 34);
  CHECK(events_for_one_error(1, 0.001) == 1000);
  CHECK_FALSE(events_for_one_error(14.4, 0));
}

TEST_CASE("a full outage of a 99.9 % target is seen within the minutes of the workbook") {
  const Condition page{14.4, 5min, 1h};
  CHECK(time_to_detect(page, 0.001, 1) == Millis(51'840));
  CHECK(time_to_detect({6, 30min, 6h}, 0.001, 1) == Millis(129'600));
  CHECK(time_to_detect({1, 6h, 72h}, 0.001, 1) == Millis(259'200));
  CHECK_FALSE(time_to_detect(page, 0.001, 0.0144));
  CHECK(time_to_clear(page, 0.001, 1) == Millis(295'680));
  CHECK(time_to_clear({14.4, 0min, 1h}, 0.001, 0.144) == Millis(3'240'000));
}

TEST_CASE("durations are written as Prometheus writes them") {
  CHECK(prometheus_text(5min) == "5m");
  CHECK(prometheus_text(24h) == "1d");
  CHECK(prometheus_text(72h) == "3d");
  CHECK(prometheus_text(7 * 24h) == "1w");
  CHECK(prometheus_text(14 * 24h) == "2w");
  CHECK(prometheus_text(28 * 24h) == "4w");
  CHECK(prometheus_text(30 * 24h) == "30d");
  CHECK(prometheus_text(365 * 24h) == "1y");
  CHECK(prometheus_text(90min) == "1h30m");
  CHECK(prometheus_text(1500ms) == "1s500ms");
  CHECK(prometheus_text(0ms) == "0s");
}

TEST_CASE("an SLO names windows of its own in one line") {
  const auto pairs = pairs_from("ticket 10% 3d/6h, page 2% 1h/5m,page 5 % 6h/30m");
  REQUIRE(pairs);
  REQUIRE(pairs->size() == 3);
  CHECK((*pairs)[0] == WindowPair{Severity::page, Speed::quick, Decimal(2, 0), 5min, 1h});
  CHECK((*pairs)[1] == WindowPair{Severity::page, Speed::slow, Decimal(5, 0), 30min, 6h});
  CHECK((*pairs)[2] == WindowPair{Severity::ticket, Speed::quick, Decimal(10, 0), 6h, 72h});
  for (const char* wrong :
       {"", "page", "page 2%", "page 2% 1h", "page 2% 5m/1h", "page 2% 1h/1h", "page 0% 1h/5m",
        "page 101% 1h/5m", "page -2% 1h/5m", "pager 2% 1h/5m", "page x% 1h/5m", "page 2% 1h/5x",
        "page 2% 1h/0s", "page 2% 1h/5m extra", "page 2% 1h/5m,", "page 2% 900d/5m",
        "page 2% 1h/1500ms"}) {
    CAPTURE(wrong);
    CHECK_FALSE(pairs_from(wrong));
  }
}

TEST_CASE("the windows of an SLO are its own, else the catalogue's, else the usual") {
  slo::Slo slo;
  const std::vector<WindowTable> catalogue{
      {30 * 24h, {{Severity::page, Speed::quick, Decimal(3, 0), 10min, 2h}}}};
  CHECK(table_for(slo, {}) == standard_table(30 * 24h));
  CHECK(table_for(slo, catalogue) == catalogue[0]);
  slo.annotations["nines.dev/alert-windows"] = "page 5% 6h/30m";
  CHECK(has_own_windows(slo));
  CHECK(table_for(slo, catalogue).pairs ==
        std::vector<WindowPair>{{Severity::page, Speed::quick, Decimal(5, 0), 30min, 6h}});
  slo.annotations["nines.dev/alert-windows"] = "page 5% 30m/6h";
  CHECK_FALSE(has_own_windows(slo));
  CHECK(table_for(slo, catalogue) == catalogue[0]);
}

}  // namespace
}  // namespace nines::alert
