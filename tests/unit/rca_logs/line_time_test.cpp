// Times at the begin of log lines, each way of writing with the instant worked out by hand.
#include <catch2/catch.hpp>

#include "domain/rca/logs/line_time.hpp"

using namespace nines;

TEST_CASE("every way of writing a time gives its instant", "[rca][logs]") {
  struct Case {
    std::string_view text;
    std::string_view utc;  ///< of dates without a year: in 2026
    std::size_t size;      ///< of the text that is time
  };
  const Case cases[] = {
      {"2015-10-18 18:01:47,978 INFO", "2015-10-18T18:01:47.978Z", 23},
      {"2026-11-23T09:14:00Z x", "2026-11-23T09:14:00Z", 20},
      {"2026-11-23T09:14:00.25+01:00 x", "2026-11-23T08:14:00.25Z", 28},
      {"2005-06-03-15.42.50.675872 R02", "2005-06-03T15:42:50.675872Z", 26},
      {"2024/01/01 00:00:00 [error]", "2024-01-01T00:00:00Z", 19},
      {"20171224-1:2:35:789|Step", "2017-12-24T01:02:35.789Z", 19},
      {"081109 203615 148 INFO", "2008-11-09T20:36:15Z", 13},
      {"17/06/09 20:10:40 INFO", "2017-06-09T20:10:40Z", 17},
      {"03-17 16:13:38.811  1702", "2026-03-17T16:13:38.811Z", 18},
      {"07.26 13:30:49] chrome", "2026-07-26T13:30:49Z", 14},
      {"Dec 10 06:55:46 LabSZ", "2026-12-10T06:55:46Z", 15},
      {"Jul  9 12:16:49 combo", "2026-07-09T12:16:49Z", 15},
      {"Sun Dec 04 04:47:44 2005] [notice]", "2005-12-04T04:47:44Z", 24},
      {"17/May/2015:10:05:03 +0200] \"GET", "2015-05-17T08:05:03Z", 26},
      {"04 Dec 2005 04:47:44 x", "2005-12-04T04:47:44Z", 20},
      {"1117838570 2005.06.03", "2005-06-03T22:42:50Z", 10},
      {"1700000000.5 x", "2023-11-14T22:13:20.5Z", 12},
      {"1700000000123 x", "2023-11-14T22:13:20.123Z", 13},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    const auto time = rca::time_at(c.text);
    REQUIRE(time);
    CHECK(time->size == c.size);
    const auto at = rca::instant_of(*time, 2026);
    REQUIRE(at);
    CHECK(format_utc(*at) == c.utc);
  }
}

TEST_CASE("what is no time is none", "[rca][logs]") {
  for (const std::string_view text :
       {"", "1", "hello", "12 monkeys", "2015-13-45 x", "99:99:99", "1234567 x", "Decade 10 x",
        "0812 2036", "10.251.39.209 x", "Mar", "31/31/31 31:31:31", "9999999999 x"}) {
    INFO(text);
    CHECK_FALSE(rca::time_at(text));
  }
}

TEST_CASE("a time of the day and an impossible date name no instant", "[rca][logs]") {
  const auto clock = rca::time_at("10:23:45.123 x");
  REQUIRE(clock);
  CHECK_FALSE(rca::instant_of(*clock, 2026));
  const auto date = rca::time_at("2026-02-30 10:00:00");
  REQUIRE(date);
  CHECK_FALSE(rca::instant_of(*date, 2026));
}
