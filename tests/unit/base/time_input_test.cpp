// The whole grammar of typed times, in several zones, with every time_refusal.
#include "base/time_input.hpp"

#include "base/error.hpp"
#include "support/property.hpp"

using namespace nines;
using Catch::Contains;

namespace {

/// Monday, 09:26 in Paris.
const Instant kNow = parse_rfc3339("2026-11-23T08:26:00Z").value();

TimeInputRules rules(const char* zone = "UTC", Instant now = kNow) {
  TimeInputRules r;
  r.now = now;
  r.zone = Zone::find(zone).value();
  return r;
}

std::string read(const char* text, const TimeInputRules& r) {
  return format_utc(parse_time_input(text, r).at);
}

Error time_refusal(const std::string& text, const TimeInputRules& r = rules()) {
  try {
    parse_time_input(text, r);
  } catch (const Error& e) {
    return e;
  }
  FAIL("accepted: " << text);
  return Error(ExitCode::bug, "");
}

}  // namespace

TEST_CASE("every form in three zones") {
  struct Case {
    const char *text, *utc, *paris, *new_york;
  };
  // Now is 08:26 UTC, 09:26 in Paris, 03:26 in New York, a Monday in all three.
  const auto c = GENERATE(values<Case>({
      {"now", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z"},
      {"NOW", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z"},
      {"@0", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"@1700000000", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20Z"},
      {"@1700000000.25", "2023-11-14T22:13:20.25Z", "2023-11-14T22:13:20.25Z",
       "2023-11-14T22:13:20.25Z"},
      {"10m ago", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z"},
      {"-10m", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z"},
      {"1h30m", "2026-11-23T06:56:00Z", "2026-11-23T06:56:00Z", "2026-11-23T06:56:00Z"},
      {"1h30m ago", "2026-11-23T06:56:00Z", "2026-11-23T06:56:00Z", "2026-11-23T06:56:00Z"},
      {"-1h30m15s", "2026-11-23T06:55:45Z", "2026-11-23T06:55:45Z", "2026-11-23T06:55:45Z"},
      {"0s ago", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z", "2026-11-23T08:26:00Z"},
      {"30d ago", "2026-10-24T08:26:00Z", "2026-10-24T08:26:00Z", "2026-10-24T08:26:00Z"},
      {"2w ago", "2026-11-09T08:26:00Z", "2026-11-09T08:26:00Z", "2026-11-09T08:26:00Z"},
      {"1mo ago", "2026-10-23T08:26:00Z", "2026-10-23T07:26:00Z", "2026-10-23T07:26:00Z"},
      {"1q ago", "2026-08-23T08:26:00Z", "2026-08-23T07:26:00Z", "2026-08-23T07:26:00Z"},
      {"08:00", "2026-11-23T08:00:00Z", "2026-11-23T07:00:00Z", "2026-11-22T13:00:00Z"},
      {"08:26", "2026-11-23T08:26:00Z", "2026-11-23T07:26:00Z", "2026-11-22T13:26:00Z"},
      {"09:14", "2026-11-22T09:14:00Z", "2026-11-23T08:14:00Z", "2026-11-22T14:14:00Z"},
      {"09:14:30", "2026-11-22T09:14:30Z", "2026-11-23T08:14:30Z", "2026-11-22T14:14:30Z"},
      {"09:14:30.5", "2026-11-22T09:14:30.5Z", "2026-11-23T08:14:30.5Z", "2026-11-22T14:14:30.5Z"},
      {"today 00:00", "2026-11-23T00:00:00Z", "2026-11-22T23:00:00Z", "2026-11-23T05:00:00Z"},
      {"today", "2026-11-23T00:00:00Z", "2026-11-22T23:00:00Z", "2026-11-23T05:00:00Z"},
      {"yesterday", "2026-11-22T00:00:00Z", "2026-11-21T23:00:00Z", "2026-11-22T05:00:00Z"},
      {"yesterday 22:00", "2026-11-22T22:00:00Z", "2026-11-22T21:00:00Z", "2026-11-23T03:00:00Z"},
      {"Yesterday  22:00", "2026-11-22T22:00:00Z", "2026-11-22T21:00:00Z", "2026-11-23T03:00:00Z"},
      {"mon 14:00", "2026-11-16T14:00:00Z", "2026-11-16T13:00:00Z", "2026-11-16T19:00:00Z"},
      {"mon 01:00", "2026-11-23T01:00:00Z", "2026-11-23T00:00:00Z", "2026-11-23T06:00:00Z"},
      {"monday", "2026-11-23T00:00:00Z", "2026-11-22T23:00:00Z", "2026-11-23T05:00:00Z"},
      {"tue 14:00", "2026-11-17T14:00:00Z", "2026-11-17T13:00:00Z", "2026-11-17T19:00:00Z"},
      {"Sunday 23:59", "2026-11-22T23:59:00Z", "2026-11-22T22:59:00Z", "2026-11-23T04:59:00Z"},
      {"2026-11-23 02:14", "2026-11-23T02:14:00Z", "2026-11-23T01:14:00Z", "2026-11-23T07:14:00Z"},
      {"2026-11-23T02:14", "2026-11-23T02:14:00Z", "2026-11-23T01:14:00Z", "2026-11-23T07:14:00Z"},
      {"2026-07-01 12:00:05", "2026-07-01T12:00:05Z", "2026-07-01T10:00:05Z",
       "2026-07-01T16:00:05Z"},
      {"2026-07-01", "2026-07-01T00:00:00Z", "2026-06-30T22:00:00Z", "2026-07-01T04:00:00Z"},
      {"2026-07", "2026-07-01T00:00:00Z", "2026-06-30T22:00:00Z", "2026-07-01T04:00:00Z"},
      {"2026-W01", "2025-12-29T00:00:00Z", "2025-12-28T23:00:00Z", "2025-12-29T05:00:00Z"},
      {"2026-w47", "2026-11-16T00:00:00Z", "2026-11-15T23:00:00Z", "2026-11-16T05:00:00Z"},
      {"2020-W53", "2020-12-28T00:00:00Z", "2020-12-27T23:00:00Z", "2020-12-28T05:00:00Z"},
      {"2026-Q4", "2026-10-01T00:00:00Z", "2026-09-30T22:00:00Z", "2026-10-01T04:00:00Z"},
      {"2026-q1", "2026-01-01T00:00:00Z", "2025-12-31T23:00:00Z", "2026-01-01T05:00:00Z"},
      {"2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z",
       "2026-11-23T08:14:00Z"},
      {"2026-11-23 08:14Z", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z"},
      {"2026-11-23T09:14:00.123456789+01:00", "2026-11-23T08:14:00.123456Z",
       "2026-11-23T08:14:00.123456Z", "2026-11-23T08:14:00.123456Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "2017-01-01T00:00:00Z",
       "2017-01-01T00:00:00Z"},
      {"09:14+01:00", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z"},
      {"09:14 Europe/Paris", "2026-11-23T08:14:00Z", "2026-11-23T08:14:00Z",
       "2026-11-23T08:14:00Z"},
      {"03:00 -05:00", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z"},
      {"2026-W47 America/New_York", "2026-11-16T05:00:00Z", "2026-11-16T05:00:00Z",
       "2026-11-16T05:00:00Z"},
      {"yesterday 22:00 UTC", "2026-11-22T22:00:00Z", "2026-11-22T22:00:00Z",
       "2026-11-22T22:00:00Z"},
      {"  10m  ago  ", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z", "2026-11-23T08:16:00Z"},
  }));
  CAPTURE(c.text);
  CHECK(read(c.text, rules("UTC")) == c.utc);
  CHECK(read(c.text, rules("Europe/Paris")) == c.paris);
  CHECK(read(c.text, rules("America/New_York")) == c.new_york);
}

TEST_CASE("what is not understood is refused with what would be") {
  const auto* text = GENERATE(
      "", " ", "soon", "later", "noon", "tomorow", "5 minutes ago", "10m  before", "10 m ago", "-",
      "@", "@-5", "@1e9", "@12x", "@1700000000000", "9:14", "25:00", "09:60", "09:14:61",
      "09:14:60", "0914", "09:14am", "24:00", "2026-11-23 9:14", "23.11.2026", "11/23/2026",
      "2026/11/23", "2026-02-30", "2026-13-01", "2026-13", "2026-00", "2026-Q5", "2026-Q0",
      "2026-W54", "2025-W53", "2026-W00", "2026-W7", "26-11-23", "2026-11-23T", "2026-11-23T09",
      "2026-11-23T09:14:", "2026-11-23T09:14:00.Z", "now now", "ago", "10m ago ago", "-10m ago",
      "--10m", "+10m", "1h30", "99999999999999999999d", "mon tue", "yesterday today", "last mon",
      "now-5m", "mo", "1mo2d", "１０:１４", "09:14 of", "09:14;", "2026-11-23 09:14 09:15", "null",
      "2026-11-23Z");
  CAPTURE(text);
  const auto e = time_refusal(text);
  CHECK(e.kind() == ExitCode::usage);
  CHECK(e.code() == "INVALID_TIME");
  CHECK_FALSE(e.hint().empty());
  CHECK(std::string(e.what()).find(text) != std::string::npos);
}

TEST_CASE("unknown zones are named, with the nearest") {
  const auto e = time_refusal("09:14 Europe/Pariss");
  CHECK(e.code() == "UNKNOWN_ZONE");
  CHECK(e.hint() == "did you mean 'Europe/Paris'?");
  CHECK(time_refusal("09:14 CEST").code() == "UNKNOWN_ZONE");
  CHECK(time_refusal("09:14 +25:00").code() == "UNKNOWN_ZONE");
}

TEST_CASE("the future needs to be allowed") {
  auto r = rules();
  for (const auto* text : {"tomorrow 10:00", "2026-11-23 08:26:01", "2030-01-01", "2026-12"}) {
    CAPTURE(text);
    r.allow_future = false;
    const auto e = time_refusal(text, r);
    CHECK(e.code() == "TIME_IN_FUTURE");
    CHECK_THAT(e.hint(), Contains("--allow-future"));
    r.allow_future = true;
    CHECK(parse_time_input(text, r).at > kNow);
  }
  CHECK(time_refusal("1960-01-01").code() == "INVALID_TIME");
}

TEST_CASE("a skipped local time is refused with both candidates, and fold chooses") {
  auto r = rules("Europe/Paris", parse_rfc3339("2026-03-29T10:00:00Z").value());
  const auto e = time_refusal("2026-03-29 02:30", r);
  CHECK(e.code() == "TIME_IN_GAP");
  CHECK_THAT(e.hint(),
             Contains("2026-03-29T01:30:00+01:00") && Contains("2026-03-29T03:30:00+02:00"));
  CHECK(time_refusal("02:30", r).code() == "TIME_IN_GAP");
  CHECK(time_refusal("sun 02:30", r).code() == "TIME_IN_GAP");
  r.fold = TimeInputRules::Fold::earlier;
  CHECK(read("2026-03-29 02:30", r) == "2026-03-29T00:30:00Z");
  r.fold = TimeInputRules::Fold::later;
  CHECK(read("2026-03-29 02:30", r) == "2026-03-29T01:30:00Z");
}

TEST_CASE("a repeated local time is refused with both candidates, and fold chooses") {
  auto r = rules("America/New_York", parse_rfc3339("2026-11-01T12:00:00Z").value());
  const auto e = time_refusal("01:15", r);
  CHECK(e.code() == "TIME_AMBIGUOUS");
  CHECK_THAT(e.hint(),
             Contains("2026-11-01T01:15:00-04:00") && Contains("2026-11-01T01:15:00-05:00"));
  CHECK(read("01:15-04:00", r) == "2026-11-01T05:15:00Z");
  r.fold = TimeInputRules::Fold::earlier;
  CHECK(read("01:15", r) == "2026-11-01T05:15:00Z");
  r.fold = TimeInputRules::Fold::later;
  CHECK(read("01:15", r) == "2026-11-01T06:15:00Z");
}

TEST_CASE("a day whose midnight was skipped begins at its first instant") {
  const auto r = rules("Africa/Cairo");
  CHECK(read("2026-04-24", r) == "2026-04-23T22:00:00Z");
  CHECK(time_refusal("2026-04-24 00:30", r).code() == "TIME_IN_GAP");
}

TEST_CASE("a calendar month back from its last day stays in the month") {
  CHECK(read("1mo ago", rules("UTC", parse_rfc3339("2026-03-31T12:00:00Z").value())) ==
        "2026-02-28T12:00:00Z");
}

TEST_CASE("precision says how much was typed") {
  const auto precision = [](const char* text) { return parse_time_input(text, rules()).precision; };
  CHECK(precision("08:14") == Precision::minute);
  CHECK(precision("08:14:05") == Precision::exact);
  CHECK(precision("5m ago") == Precision::minute);
  CHECK(precision("5s ago") == Precision::exact);
  CHECK(precision("2026-W47") == Precision::about);
  CHECK(precision("now") == Precision::exact);
}

TEST_CASE("the echo shows what was understood") {
  const auto echo = [](const char* text, const TimeInputRules& r) {
    return echo_time(text, parse_time_input(text, r), r);
  };
  CHECK(echo("09:14", rules("Europe/Paris")) == "09:14 -> 2026-11-23T09:14:00+01:00 (12m ago)");
  CHECK(echo("now", rules()) == "now -> 2026-11-23T08:26:00+00:00 (now)");
  CHECK(echo("09:14 Asia/Tokyo", rules()) ==
        "09:14 Asia/Tokyo -> 2026-11-23T09:14:00+09:00 (8h12m ago)");
  auto r = rules();
  r.allow_future = true;
  CHECK(echo("tomorrow 08:26", r) == "tomorrow 08:26 -> 2026-11-24T08:26:00+00:00 (in 1d)");
}

TEST_CASE("any printed instant reads back, and random text never crashes") {
  test::holds(
      [](std::uint32_t second, std::string noise) {
        const auto r = rules("Europe/Paris", parse_rfc3339("2106-12-31T00:00:00Z").value());
        const Instant t = Instant{} + std::chrono::seconds{second};
        RC_ASSERT(parse_time_input(format_utc(t), r).at == t);
        RC_ASSERT(parse_time_input(format_in(r.zone, t), r).at == t);
        try {
          parse_time_input(noise, r);
        } catch (const Error& e) {
          RC_ASSERT(e.kind() == ExitCode::usage);
        }
      },
      1000);
}
