// Identifiers: their shape, their order, their text.
#include "base/uid.hpp"

#include <set>

#include "support/property.hpp"

using namespace nines;

TEST_CASE("a uid is a UUIDv7 of RFC 9562") {
  SeededEntropy entropy(7);
  const auto uid = Uid::make(parse_rfc3339("2022-02-22T19:22:22Z").value(), entropy);
  const auto text = uid.to_string();
  REQUIRE(text.size() == 36);
  CHECK(text.substr(0, 13) == "017f22e2-79b0");  // the example of RFC 9562, appendix A.6
  CHECK(text[14] == '7');
  CHECK(std::string_view("89ab").find(text[19]) != std::string_view::npos);
  CHECK(Uid::parse(text) == uid);
}

TEST_CASE("uids sort by time and the same seed gives the same uids") {
  SeededEntropy one(1);
  SeededEntropy same(1);
  Uid before{};
  std::set<std::string> seen;
  for (int ms = 0; ms < 1000; ++ms) {
    const auto uid = Uid::make(from_epoch_micros(1'700'000'000'000'000 + ms * 1000), one);
    CHECK(uid > before);
    CHECK(uid == Uid::make(from_epoch_micros(1'700'000'000'000'000 + ms * 1000), same));
    CHECK(seen.insert(uid.suffix(8)).second);
    before = uid;
  }
}

TEST_CASE("only the canonical form and bare hex are read") {
  CHECK(Uid::parse("01939e2c-7c00-7abc-8def-0123456789ab").has_value());
  CHECK(Uid::parse("01939E2C7C007ABC8DEF0123456789AB").has_value());
  for (const auto* bad :
       {"", "01939e2c", "01939e2c-7c00-7abc-8def-0123456789a",
        "01939e2c-7c00-7abc-8def-0123456789abc", "01939e2c+7c00-7abc-8def-0123456789ab",
        "0-939e2c7c007abc8def0123456789ab", "{01939e2c-7c00-7abc-8def-0123456789ab}"})
    CHECK_FALSE(Uid::parse(bad).has_value());
}

TEST_CASE("suffixes are sayable and grow from the left") {
  SeededEntropy entropy(3);
  const auto uid = Uid::make({}, entropy);
  const auto all = uid.suffix(11);
  CHECK(all.size() == 11);
  CHECK(uid.suffix(99) == all);
  for (int n = 0; n <= 11; ++n) CHECK(uid.suffix(n) == all.substr(0, static_cast<std::size_t>(n)));
  CHECK(all.find_first_of("ILOU") == std::string::npos);
}
