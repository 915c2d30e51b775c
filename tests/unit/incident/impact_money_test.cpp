// Money lost, low and high, and the thresholds that it passes.
#include "domain/incident/impact_money.hpp"

#include <catch2/catch.hpp>

#include "unit/incident/shorthand.hpp"

using namespace nines;
using namespace nines::incident;
using test::d;

namespace {

TransactionValue value_of(const char* amount, const char* low, const char* high) {
  return {d(amount), "EUR", "finance, 2026", d(low), d(high), "shop team", {}};
}

}  // namespace

TEST_CASE("failed x value x what does not come back", "[money]") {
  // 1,000 x 42.50 = 42,500; 30 % to 50 % come back: 21,250 to 29,750 are lost.
  const auto money = lost_revenue(1000, true, value_of("42.50", "0.3", "0.5"));
  CHECK(money.low == d("21250"));
  CHECK(money.high == d("29750"));
  CHECK(money.text() == "21,250 to 29,750 EUR");
  CHECK(lost_revenue(1000, true, value_of("42.50", "0", "0")).text() == "42,500 EUR");
  CHECK(lost_revenue(0, true, value_of("42.50", "0.3", "0.5")).text() == "0 EUR");
  // 7 x 0.333 = 2.331: cut to cents, never rounded up.
  CHECK(lost_revenue(7, true, value_of("0.333", "0", "0")).low == d("2.33"));
}

TEST_CASE("while data is missing there is no upper bound", "[money]") {
  const auto money = lost_revenue(1000, false, value_of("42.50", "0.3", "0.5"));
  CHECK(money.low == d("21250"));
  CHECK_FALSE(money.high);
  CHECK(money.text() == "at least 21,250 EUR");
}

TEST_CASE("an amount that does not fit is not known, and says why", "[money]") {
  const auto money = lost_revenue(9'000'000'000'000'000'000U, true, value_of("1000000", "0", "0"));
  CHECK_FALSE(money.known());
  CHECK(money.why_not == "the amount is too large");
}

TEST_CASE("minutes of full outage cost what a bad minute costs", "[money]") {
  const auto money = cost_of_minutes(d("12.5"), true, {d("800"), "EUR", "board"});
  CHECK(money.text() == "10,000 EUR");
  CHECK(money.method == "12.5 minutes of full outage x 800 EUR (board)");
}

TEST_CASE("amounts of one currency add up, of two they do not", "[money]") {
  const auto a = cost_of_minutes(d("1.5"), true, {d("10"), "EUR", "x"});
  const auto b = cost_of_minutes(d("2"), false, {d("10"), "EUR", "x"});
  const auto c = cost_of_minutes(d("2"), true, {d("10"), "USD", "x"});
  CHECK(sum({a, a}).text() == "30 EUR");
  CHECK(sum({a, b}).text() == "at least 35 EUR");
  CHECK(sum({a, c}).why_not == "amounts in EUR and USD cannot be added");
  CHECK_FALSE(sum({}).known());
}

TEST_CASE("a threshold is passed by what is known at least; unknown passes nothing", "[money]") {
  AssessPolicy policy;
  policy.thresholds = {{"money", Threshold::Of::lost_revenue, d("10000"), "executives", {}},
                       {"many", Threshold::Of::failed, d("500"), "communications", {}},
                       {"reach", Threshold::Of::reach, d("100"), "communications", {}},
                       {"long", Threshold::Of::minutes, d("60"), "executives", {}}};
  CHECK(passed(policy, {}).empty());
  const auto fired = passed(policy, {d("10000"), d("499"), std::nullopt, d("61")});
  REQUIRE(fired.size() == 2);
  CHECK(fired[0].name == "money");
  CHECK(fired[1].name == "long");
}
