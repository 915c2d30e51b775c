// Exact decimals and ratios: parsing, comparison, and budgets in whole units.
#include "base/decimal.hpp"

#include <catch2/catch.hpp>

using nines::Decimal;
using nines::Ratio;

TEST_CASE("a decimal keeps the digits that were written", "[base]") {
  CHECK(Decimal::parse("99.9")->to_string() == "99.9");
  CHECK(Decimal::parse("99.950")->to_string() == "99.95");
  CHECK(Decimal::parse("-0.05")->to_string() == "-0.05");
  CHECK(Decimal::parse("1e12")->to_string() == "1000000000000");
  CHECK(Decimal::parse("1e-3")->to_string() == "0.001");
  for (const char* bad :
       {"", ".", "nan", "inf", "1.2.3", "0x10", "1e99", "99999999999999999999", "1 "})
    CHECK_FALSE(Decimal::parse(bad).has_value());
}

TEST_CASE("99.9 percent is 999 of 1000 exactly", "[base]") {
  const auto target = *Ratio::percent(*Decimal::parse("99.9"));
  CHECK(target.num() == 999);
  CHECK(target.den() == 1000);
  CHECK(target.met_by(999, 1000));
  CHECK_FALSE(target.met_by(998, 1000));
  CHECK(target.complement().floor_of(10'080) == 10);
  CHECK(target.percent_text() == "99.9");
  CHECK(Ratio::percent(*Decimal::parse("50"))->percent_text() == "50");
  CHECK_FALSE(Ratio::percent(*Decimal::parse("100.1")).has_value());
}
