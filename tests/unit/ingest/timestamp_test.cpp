// Times of raw files: every format, every way to fail, clock changes, and years that are not
// written.
#include <catch2/catch.hpp>

#include "ingest/time_field.hpp"
#include "ingest/timestamp.hpp"
#include "support/property.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

TimeFormat layout(std::string_view text) {
  auto compiled = TimeLayout::compile(text);
  INFO(text << ": " << compiled.error);
  REQUIRE(compiled.layout);
  TimeFormat format;
  format.kind = TimeFormat::Kind::layout;
  format.layout = std::move(compiled.layout);
  return format;
}

TimeFormat kind(TimeFormat::Kind k, std::int64_t ticks = 1) {
  TimeFormat format;
  format.kind = k;
  format.ticks_per_second = ticks;
  return format;
}

/// The instant in UTC, or the description of the problem.
std::string read(const TimeFormat& format, std::string_view text) {
  TimeParser parser(format);
  std::int64_t micros = 0;
  const TimeProblem problem = parser.parse(text, micros);
  if (problem != TimeProblem::none) return std::string(describe(problem));
  return format_utc(from_epoch_micros(micros));
}

}  // namespace

TEST_CASE("times of raw files are read in every stated format") {
  using Kind = TimeFormat::Kind;
  struct TimeCase {
    TimeFormat format;
    const char* text;
    const char* expected;
  };
  const TimeCase rows[] = {
      {kind(Kind::epoch), "1692608400", "2023-08-21T09:00:00Z"},
      {kind(Kind::epoch), "1692608400.0", "2023-08-21T09:00:00Z"},
      {kind(Kind::epoch), "1692608400.1234567", "2023-08-21T09:00:00.123456Z"},
      {kind(Kind::epoch, 1'000), "1692608400250", "2023-08-21T09:00:00.25Z"},
      {kind(Kind::epoch, 1'000'000'000), "1692608400250999999", "2023-08-21T09:00:00.250999Z"},
      {kind(Kind::clf), "[17/May/2015:10:05:03 +0000]", "2015-05-17T10:05:03Z"},
      {kind(Kind::clf), "17/May/2015:10:05:03 +0200", "2015-05-17T08:05:03Z"},
      {kind(Kind::rfc3339), "2026-11-23T09:14:00.5+01:00", "2026-11-23T08:14:00.5Z"},
      {kind(Kind::iso8601), "2026-11-23 09:14:00,25", "2026-11-23T09:14:00.25Z"},
      {layout("%Y%m%d-%H:%M:%S:%L"), "20171224-1:2:35:7", "2017-12-24T01:02:35.007Z"},
      {layout("%d.%m.%y %H.%M"), "23.11.26 09.14", "2026-11-23T09:14:00Z"},
      {layout("%Y-%j %H:%M:%S"), "2024-366 23:59:60", "2025-01-01T00:00:00Z"},
      {layout("%a, %d %B %Y %T %z"), "Mon, 23 november 2026 09:14:00 -0530",
       "2026-11-23T14:44:00Z"},
      {layout("%m/%d/%Y %I:%M:%S %p"), "11/23/2026 12:01:02 AM", "2026-11-23T00:01:02Z"},
      {layout("%F %T.%f %Z"), "2026-11-23 09:14:00.000001 GMT", "2026-11-23T09:14:00.000001Z"},
      {layout("100%% %s"), "100% 1692608400", "2023-08-21T09:00:00Z"},
  };
  for (const TimeCase& row : rows) {
    INFO(row.text);
    CHECK(read(row.format, row.text) == row.expected);
  }
}

TEST_CASE("what is no time says why") {
  using Kind = TimeFormat::Kind;
  const std::string malformed(describe(TimeProblem::malformed));
  const std::string range(describe(TimeProblem::out_of_range));
  for (const char* text : {"", "-", "abc", "16926084x0", "1.", ".5", "1e9", "99999999999999999999"})
    CHECK(read(kind(Kind::epoch), text) == malformed);
  CHECK(read(kind(Kind::epoch), "1692608400000") == range);
  CHECK(read(kind(Kind::epoch), "-5") == range);
  for (const char* text :
       {"", "17/May/2015", "17/Mai/2015:10:05:03 +0000", "17/May/2015:10:05:03 +00",
        "17/May/2015:10:05:03+0000", "17/May/2015:10:65:03 +0000", "17/May/2015:10:05:61 +0000",
        "17-May-2015:10:05:03 +0000"})
    CHECK(read(kind(Kind::clf), text) == malformed);
  CHECK(read(kind(Kind::clf), "31/Feb/2015:10:05:03 +0000") ==
        describe(TimeProblem::impossible_date));
  CHECK(read(kind(Kind::rfc3339), "2026-11-23T09:14:00") == describe(TimeProblem::no_offset));
  CHECK(read(kind(Kind::rfc3339), "2026-11-23T09:14Z") == malformed);
  CHECK(read(kind(Kind::rfc3339), "2026-02-29T09:14:00Z") ==
        describe(TimeProblem::impossible_date));
  CHECK(read(layout("%Y-%j %H:%M"), "2025-366 00:00") == describe(TimeProblem::impossible_date));
  CHECK(read(layout("%Y-%m-%d %H:%M"), "2026-11-23 09:14:00") == malformed);
  CHECK(read(layout("%Y-%m-%d %H:%M"), "1969-12-31 23:59") == range);
}

TEST_CASE("layouts that name no point in time are refused") {
  for (const char* text : {"%Y-%m-%d", "%H:%M", "%Y %H:%M", "%Y-%m-%d %H", "%Q", "%Y-%m-%d %H:%M %",
                           "%Y %Y-%m-%d %H:%M", "%Y-%m-%d %I:%M"}) {
    INFO(text);
    CHECK_FALSE(TimeLayout::compile(text).layout);
    CHECK_FALSE(TimeLayout::compile(text).error.empty());
  }
}

TEST_CASE("a clock change is refused or resolved by the stated rule, never guessed") {
  TimeFormat format = layout("%Y-%m-%d %H:%M:%S");
  format.zone = *Zone::find("Europe/Paris");
  CHECK(read(format, "2026-07-01 12:00:00") == "2026-07-01T10:00:00Z");
  CHECK(read(format, "2026-03-29 02:30:00") == describe(TimeProblem::gap));
  CHECK(read(format, "2026-10-25 02:30:00") == describe(TimeProblem::overlap));
  format.ambiguous = Ambiguous::earlier;
  CHECK(read(format, "2026-10-25 02:30:00") == "2026-10-25T00:30:00Z");
  format.ambiguous = Ambiguous::later;
  CHECK(read(format, "2026-10-25 02:30:00") == "2026-10-25T01:30:00Z");
}

TEST_CASE("a year that is not written follows the stated rule") {
  TimeFormat format = layout("%b %e %H:%M:%S");
  format.year = 2024;
  CHECK(read(format, "Feb 29 10:00:00") == "2024-02-29T10:00:00Z");
  CHECK(read(format, "Dec  3 10:00:00") == "2024-12-03T10:00:00Z");
  format.year = 2023;
  CHECK(read(format, "Feb 29 10:00:00") == describe(TimeProblem::impossible_date));
  format.year.reset();
  using namespace std::chrono;
  format.latest = sys_days{year{2026} / 2 / 10};
  CHECK(read(format, "Feb 10 23:00:00") == "2026-02-10T23:00:00Z");
  CHECK(read(format, "Feb 11 00:00:00") == "2025-02-11T00:00:00Z");
  CHECK(read(format, "Dec 31 00:00:00") == "2025-12-31T00:00:00Z");
}

TEST_CASE("the remembered minute never changes an answer") {
  // One parser for a shuffled run of texts against a fresh parser for each.
  const std::pair<TimeFormat, std::vector<std::string>> runs[] = {
      {kind(TimeFormat::Kind::clf),
       {"17/May/2015:10:05:03 +0000", "17/May/2015:10:05:59 +0000", "17/May/2015:10:05:03 +0100",
        "17/May/2015:10:06:03 +0000", "17/May/2015:10:05:99 +0000", "18/May/2015:10:05:03 +0000",
        "bad"}},
      {kind(TimeFormat::Kind::iso8601),
       {"2026-11-23T09:14:00Z", "2026-11-23T09:14:59.9Z", "2026-11-23T09:14:00",
        "2026-11-23T09:14:00+01:00", "2026-11-23T09:15:00Z", "2026-11-23T09:14:0xZ",
        "2026-11-23T09:14:00.Z"}},
  };
  for (const auto& [format, texts] : runs) {
    TimeParser parser(format);
    test::holds([&] {
      const auto& text = texts[*rc::gen::inRange<std::size_t>(0, texts.size())];
      std::int64_t a = 0, b = 0;
      TimeParser fresh(format);
      const auto problem = parser.parse(text, a);
      RC_ASSERT(problem == fresh.parse(text, b));
      if (problem == TimeProblem::none) RC_ASSERT(a == b);
    });
  }
}

TEST_CASE("printed instants are read back") {
  test::holds([] {
    const auto seconds = *rc::gen::inRange<std::int64_t>(0, 7'258'118'400);
    const Instant at = from_epoch_micros(seconds * 1'000'000);
    const std::string text = format_utc(at);
    RC_ASSERT(read(kind(TimeFormat::Kind::rfc3339), text) == text);
    RC_ASSERT(read(layout("%Y-%m-%dT%H:%M:%SZ"), text) == text);
    RC_ASSERT(read(kind(TimeFormat::Kind::epoch), std::to_string(seconds)) == text);
  });
}

TEST_CASE("minutes of epoch numbers agree with the slow way") {
  TimeSpec spec;
  spec.kind = TimeKind::milliseconds;
  TimeField field(spec, "UTC");
  test::holds([&] {
    const auto ms = *rc::gen::inRange<std::int64_t>(0, 7'258'118'400'000);
    std::string text = std::to_string(ms) + std::string(16, '\0');
    std::int64_t minute = 0;
    RC_ASSERT(field.minute(std::string_view(text).substr(0, text.size() - 16), minute));
    RC_ASSERT(minute == ms / 60'000);
  });
  std::int64_t minute = 0;
  std::string wrong = "9999999999999999" + std::string(16, '\0');
  CHECK_FALSE(field.minute(std::string_view(wrong).substr(0, 16), minute));
  CHECK(field.problem() == describe(TimeProblem::out_of_range));
}
