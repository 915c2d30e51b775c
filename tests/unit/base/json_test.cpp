// JSON: strict reading, ordered writing, the canonical form that is hashed.
#include "base/json.hpp"

#include <limits>
#include <sstream>

#include "base/json_members.hpp"
#include "base/text.hpp"
#include "support/property.hpp"

using namespace nines;

namespace {

Error refusal(std::string_view text) {
  try {
    Json::parse(text, "input.json");
  } catch (const Error& e) {
    return e;
  }
  FAIL("accepted: " << text);
  return Error(ExitCode::bug, "");
}

rc::Gen<std::string> any_text() { return rc::gen::string<std::string>(); }

/// Values without floating point numbers, a few levels deep.
Json any_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return Json();
    case 1:
      return Json(*rc::gen::arbitrary<bool>());
    case 2:
      return Json(static_cast<long long>(*rc::gen::arbitrary<std::int64_t>()));
    case 3: {
      const auto text = *any_text();
      return Json(is_valid_utf8(text) ? text : escape_controls(text));
    }
    case 4: {
      Json list = Json::array();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list.push(any_value(depth - 1));
      return list;
    }
    default: {
      Json object = Json::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        object.set("k" + std::to_string(*rc::gen::inRange(0, 50)), any_value(depth - 1));
      return object;
    }
  }
}

}  // namespace

TEST_CASE("members keep their order, and the canonical form sorts them") {
  const auto value = Json::parse(R"({"b":1,"a":[true,null,"x"],"é":{"z":0,"y":-5}})");
  CHECK(value.dump() == R"({"b":1,"a":[true,null,"x"],"é":{"z":0,"y":-5}})");
  CHECK(value.canonical() == R"({"a":[true,null,"x"],"b":1,"é":{"y":-5,"z":0}})");
  CHECK(value.pretty() ==
        "{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null,\n    \"x\"\n  ],\n"
        "  \"é\": {\n    \"z\": 0,\n    \"y\": -5\n  }\n}");
  CHECK(Json::object().pretty() == "{}");
  CHECK(Json::array().dump() == "[]");
}

TEST_CASE("members are found, set, and defaulted") {
  Json value;
  value.set("name", "checkout").set("n", 3).set("name", "pay");
  CHECK(value.text("name") == "pay");
  CHECK(value.integer("n") == 3);
  CHECK(value.text("n", "none") == "none");
  CHECK(value.integer("missing", -1) == -1);
  CHECK(value.boolean("missing", true));
  CHECK(value.find("missing") == nullptr);
  CHECK(Json(5).find("x") == nullptr);
}

TEST_CASE("numbers stay what they are") {
  CHECK(Json::parse("9223372036854775807").as_int() == std::numeric_limits<std::int64_t>::max());
  CHECK(Json::parse("-9223372036854775808").as_int() == std::numeric_limits<std::int64_t>::min());
  CHECK(Json::parse("9223372036854775808").is_double());
  CHECK(Json::parse("1.0").is_double());
  CHECK(Json::parse("0.1").dump() == "0.1");
  CHECK(Json(18446744073709551615ULL).is_double());
  CHECK(Json(std::numeric_limits<double>::infinity()).dump() == "null");
  CHECK(Json(std::numeric_limits<double>::quiet_NaN()).dump() == "null");
}

TEST_CASE("nesting is refused past 64 levels, at once") {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(Json::parse(deep).is_array());
  CHECK_THAT(refusal("[" + deep + "]").what(), Catch::Contains("64 levels"));
  CHECK_THAT(refusal(std::string(10'000'000, '[')).what(), Catch::Contains("64 levels"));
  std::string objects;
  for (int i = 0; i < 100; ++i) objects += "{\"a\":";
  CHECK_THAT(refusal(objects).what(), Catch::Contains("64 levels"));
}

TEST_CASE("broken text is refused with its place") {
  const auto e = refusal("{\n  \"é\": 1,\n  \"b\": ?\n}");
  CHECK(e.kind() == ExitCode::bad_data);
  CHECK(e.code() == "INVALID_JSON");
  CHECK(to_string(e.place()) == "input.json:3:8");
  for (const auto* bad : {"",
                          " ",
                          "{",
                          "[1,]",
                          "{\"a\":1,}",
                          "nul",
                          "NaN",
                          "Infinity",
                          "01",
                          "1.",
                          ".5",
                          "+1",
                          "'a'",
                          "{a:1}",
                          "[1] 2",
                          "\"\x01\"",
                          "\"\\x\"",
                          "\"\\ud800\"",
                          "\"\xff\"",
                          "\"\xc0\x80\"",
                          "\xef\xbb\xbf",
                          "// c\n1",
                          "\"a\nb\""})
    CHECK(refusal(bad).kind() == ExitCode::bad_data);
}

TEST_CASE("duplicate keys are refused, equal names in other objects are not") {
  CHECK_THAT(refusal(R"({"a":1,"b":{"a":2},"a":3})").what(), Catch::Contains("duplicate key 'a'"));
  CHECK(Json::parse(R"({"a":{"a":{"a":1}}})").dump() == R"({"a":{"a":{"a":1}}})");
}

TEST_CASE("bad UTF-8 is replaced when written") {
  CHECK(Json("a\xff").dump() == "\"a\xef\xbf\xbd\"");
  CHECK(Json("\x1b\n").dump() == "\"\\u001b\\n\"");
}

TEST_CASE("written values read back equal") {
  test::holds([] {
    const auto value = any_value(4);
    RC_ASSERT(Json::parse(value.dump()) == value);
    RC_ASSERT(Json::parse(value.pretty()) == value);
    RC_ASSERT(Json::parse(value.canonical()).canonical() == value.canonical());
  });
}

TEST_CASE("data too large for one text is written like any other") {
  Json list = Json::array();
  for (int i = 0; i < 5000; ++i)
    list.push(Json::object({{"name", "svc-" + std::to_string(i)}, {"sli", i / 7.0}, {"n", -i}}));
  const Json note("a \"quoted\" note");
  std::ostringstream out;
  write_pretty(out, {{"note", &note}, {"data", &list}});
  CHECK(out.str() == Json::object({{"note", note}, {"data", list}}).pretty());
}

TEST_CASE("numbers are written so that they read back the same") {
  for (const double d : {0.1, 1.0, -2.5, 1e15, 1e16, 1e-7, 123456789.125, 5e-324, 1.7e308})
    CHECK(Json::parse(Json(d).dump()).as_double() == d);
  CHECK(Json(1.0).dump() == "1.0");
  CHECK(Json(std::numeric_limits<double>::infinity()).dump() == "null");
  CHECK(Json(std::numeric_limits<long long>::min()).dump() == "-9223372036854775808");
}
