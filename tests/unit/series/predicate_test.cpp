// The predicate language: spelling, mistakes with their place, and evaluation over columns.
#include <catch2/catch.hpp>

#include <array>
#include <random>

#include "domain/series/evaluate.hpp"
#include "domain/series/predicate.hpp"

using namespace nines;
using namespace nines::series;

namespace {

Predicate parsed(std::string_view text) {
  const ParsedPredicate result = parse_predicate(text);
  INFO(text << ": " << result.error.message);
  REQUIRE(result.predicate);
  return *result.predicate;
}

std::vector<int> rows_of(std::string_view text, const std::vector<const char*>& numbers,
                         const std::vector<const char*>& texts) {
  std::vector<std::int64_t> units;
  std::vector<std::int8_t> scales;
  std::vector<std::string_view> values;
  for (const char* n : numbers) {
    const auto d = n ? Decimal::parse(n) : std::nullopt;
    units.push_back(d ? d->units() : 0);
    scales.push_back(d ? static_cast<std::int8_t>(d->scale()) : kMissing);
  }
  for (const char* t : texts) values.push_back(t ? std::string_view(t) : std::string_view());
  Batch batch;
  batch.rows = numbers.size();
  const bool same = !scales.empty() && std::equal(scales.begin() + 1, scales.end(), scales.begin());
  const bool one_scale = same && scales.front() != kMissing;
  batch.numbers = {{units.data(), scales.data(), one_scale ? scales.front() : kMixedScales}};
  batch.texts = {{values.data()}};
  Evaluator evaluator(parsed(text), [](const ColumnUse&) { return std::size_t{0}; });
  std::vector<std::uint8_t> mask(batch.rows);
  evaluator.run(batch, mask.data());
  return {mask.begin(), mask.end()};
}

}  // namespace

TEST_CASE("a predicate has one canonical spelling") {
  const std::pair<const char*, const char*> cases[] = {
      {"status<500", "status < 500"},
      {"  status  <  500.0 ", "status < 500"},
      {"a = 1 AND (b = 2 or c=\"x\")", "a = 1 and (b = 2 or c = \"x\")"},
      {"(a == 1 and b = 2) or c = 3", "a = 1 and b = 2 or c = 3"},
      {"not not true", "not not true"},
      {"not (a=1 or b=2)", "not (a = 1 or b = 2)"},
      {"cs-uri-stem ^= \"/api\"", "cs-uri-stem ^= \"/api\""},
      {"`cs(User-Agent)` =~ \"bot|\\\\d+\"", "`cs(User-Agent)` =~ \"bot|\\\\d+\""},
      {"a = 1 or (b = 2 or c = 3)", "a = 1 or (b = 2 or c = 3)"},
      {"`not` = 1", "`not` = 1"},
      {"true", "true"},
  };
  for (const auto& [text, expected] : cases) {
    CHECK(canonical(parsed(text)) == expected);
    CHECK(parsed(expected) == parsed(canonical(parsed(expected))));
  }
}

TEST_CASE("mistakes name their column and what to write") {
  const struct {
    const char* text;
    int column;
    const char* part;
  } cases[] = {
      {"", 1, "empty"},
      {"status <", 9, "ends"},
      {"status < five", 10, "neither a number"},
      {"status < \"500\"", 10, "compares numbers"},
      {"(status < 500", 1, "never closed"},
      {"status < 500 method = \"GET\"", 14, "unexpected"},
      {"500 > status", 1, "column name"},
      {"path =~ \"(\"", 9, "regular expression"},
      {"path ^= 5", 9, "on text"},
      {"path = \"x", 8, "never closed"},
      {"status ~ 5", 8, "expected a comparison"},
      {"größe < 5 x", 11, "unexpected"},
  };
  for (const auto& c : cases) {
    const ParsedPredicate result = parse_predicate(c.text);
    INFO(c.text << ": " << result.error.message);
    CHECK_FALSE(result.predicate);
    CHECK(result.error.column == c.column);
    CHECK(result.error.message.find(c.part) != std::string::npos);
    CHECK_FALSE(result.error.hint.empty());
  }
  CHECK_FALSE(parse_predicate(std::string(100000, '(')).predicate);
  std::string nots;
  for (int i = 0; i < 5000; ++i) nots += "not ";
  CHECK_FALSE(parse_predicate(nots + "true").predicate);
}

TEST_CASE("rows are compared exactly, and missing values are never good") {
  using V = std::vector<int>;
  CHECK(rows_of("s < 500", {"499", "500", "499.9", nullptr}, {"", "", "", ""}) == V{1, 0, 1, 0});
  CHECK(rows_of("s < 499.5", {"499", "500", "-1"}, {"", "", ""}) == V{1, 0, 1});
  CHECK(rows_of("s > -0.5", {"-1", "0", "1"}, {"", "", ""}) == V{0, 1, 1});
  CHECK(rows_of("s = 0.1", {"0.1", "0.10", "1"}, {"", "", ""}) == V{1, 1, 0});
  CHECK(rows_of("s != 0.5", {"1", "2"}, {"", ""}) == V{1, 1});
  CHECK(rows_of("s != 1", {"1", nullptr}, {"", ""}) == V{0, 0});
  CHECK(rows_of("p ^= \"/api\"", {"1", "1", "1"}, {"/api/x", "/", nullptr}) == V{1, 0, 0});
  CHECK(rows_of("p =~ \"^/v[0-9]+/\"", {"1", "1"}, {"/v12/x", "/vx/"}) == V{1, 0});
  CHECK(rows_of("p !~ \"bot\"", {"1", "1", "1"}, {"robot", "man", nullptr}) == V{0, 1, 0});
  CHECK(rows_of("not s < 5 or (p = \"a\" and true)", {"4", "5", "4"}, {"a", "b", "b"}) ==
        V{1, 1, 0});
  CHECK(rows_of("false or s >= 1e2", {"100", "99.999999"}, {"", ""}) == V{1, 0});
}

TEST_CASE("a column compares as its numbers do, of one scale or of many") {
  constexpr std::array kCompares{Compare::lt, Compare::le, Compare::gt,
                                 Compare::ge, Compare::eq, Compare::ne};
  std::mt19937_64 random(7);
  const auto number = [&](int digits) {
    std::int64_t limit = 1;
    for (int i = 0; i < digits; ++i) limit *= 10;
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * limit)) - limit;
  };
  for (int round = 0; round < 6000; ++round) {
    const bool mixed = round % 2 == 0;
    const Decimal limit(number(1 + static_cast<int>(random() % 18)),
                        static_cast<int>(random() % 19));
    std::vector<std::int64_t> units;
    std::vector<std::int8_t> scales;
    const int one_scale = random() % 2 == 0 ? limit.scale() : static_cast<int>(random() % 19);
    for (int i = 0; i < 20; ++i) {
      const int scale = mixed ? static_cast<int>(random() % 20) - 1 : one_scale;
      // The limit itself, its neighbours, and numbers of any size.
      const std::int64_t near = limit.units() + static_cast<int>(random() % 3) - 1;
      const bool close =
          i < 10 && near > -1'000'000'000'000'000'000 && near < 1'000'000'000'000'000'000;
      units.push_back(close ? near : number(1 + static_cast<int>(random() % 18)));
      scales.push_back(static_cast<std::int8_t>(i < 5 && mixed ? limit.scale() : scale));
    }
    const auto of_all = mixed ? kMixedScales : static_cast<std::int8_t>(one_scale);
    for (const Compare op : kCompares) {
      std::vector<std::uint8_t> mask(units.size());
      compare_column({units.data(), scales.data(), of_all}, units.size(), op, limit, mask.data());
      for (std::size_t i = 0; i < units.size(); ++i) {
        if (scales[i] == kMissing) {
          CHECK(mask[i] == 0);
          continue;
        }
        const auto order = Decimal(units[i], scales[i]) <=> limit;
        const bool expected = op == Compare::lt   ? order < 0
                              : op == Compare::le ? order <= 0
                              : op == Compare::gt ? order > 0
                              : op == Compare::ge ? order >= 0
                              : op == Compare::eq ? order == 0
                                                  : order != 0;
        REQUIRE(mask[i] == (expected ? 1 : 0));
      }
    }
  }
}
