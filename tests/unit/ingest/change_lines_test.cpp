// Changes as JSON lines: every bad line is named, none is half read.
#include "ingest/change_lines.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace nines;

TEST_CASE("good lines become changes, of kind deploy by default", "[ingest]") {
  std::istringstream in(
      "{\"service\":\"checkout\",\"start\":\"2026-11-23T09:14:00+01:00\",\"version\":\"v1\"}\n\n"
      "{\"service\":\"search\",\"kind\":\"flag\",\"start\":\"2026-11-23T09:00:00Z\",\"end\":\"2026-"
      "11-23T10:00:00Z\"}");
  const auto read = ingest::read_change_lines(in, "x.jsonl");
  CHECK(read.findings.empty());
  REQUIRE(read.changes.size() == 2);
  CHECK(read.changes[0].kind == catalog::ChangeKind::deploy);
  CHECK(format_utc(read.changes[0].start) == "2026-11-23T08:14:00Z");
  CHECK(read.changes[1].kind == catalog::ChangeKind::flag);
}

TEST_CASE("each bad line is named with what would be right", "[ingest]") {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "BAD_JSON"},
      {"[]", "WRONG_TYPE"},
      {"{\"service\":\"a\"}", "MISSING_FIELD"},
      {"{\"service\":1,\"start\":\"2026-11-23T09:14:00Z\"}", "WRONG_TYPE"},
      {"{\"servcie\":\"a\",\"start\":\"2026-11-23T09:14:00Z\"}", "UNKNOWN_FIELD"},
      {"{\"service\":\"a\",\"start\":\"yesterday\"}", "BAD_VALUE"},
      {"{\"service\":\"a\",\"kind\":\"oops\",\"start\":\"2026-11-23T09:14:00Z\"}", "BAD_VALUE"},
      {"{\"service\":\"a\",\"start\":\"2026-11-23T09:14:00Z\",\"end\":\"2026-11-22T09:14:00Z\"}",
       "BAD_VALUE"}};
  for (const auto& [line, code] : cases) {
    std::istringstream in(std::string("\n") + line + "\n");
    const auto read = ingest::read_change_lines(in, "x.jsonl");
    INFO(line);
    REQUIRE(read.findings.size() == 1);
    CHECK(read.findings[0].code == code);
    CHECK(read.findings[0].span.line == 2);
    CHECK_FALSE(read.findings[0].hint.empty());
    CHECK(read.changes.empty());
  }
}
