// Times, durations and milestones as people write them: a table of each, with answers by hand.
#include <catch2/catch.hpp>

#include "domain/incident/told.hpp"
#include "domain/incident/working_time.hpp"
#include "domain/incident/written_duration.hpp"
#include "domain/incident/written_time.hpp"

using namespace nines::incident;
using namespace std::chrono_literals;
using nines::Instant;
using nines::Micros;

namespace {

/// "2026-11-23 09:14 UTC": what was read, in one form; "-" where nothing was.
std::string shown(const std::optional<WrittenTime>& time) {
  if (!time) return "-";
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string out;
  if (time->date)
    out += (time->date->year ? std::to_string(*time->date->year) : "????") + "-" +
           two(static_cast<int>(time->date->month)) + "-" + two(static_cast<int>(time->date->day));
  if (time->clock) {
    out += (out.empty() ? "" : " ") + two(time->clock->hour) + ":" + two(time->clock->minute);
    if (time->clock->second) out += ":" + two(*time->clock->second);
  }
  return out + (time->zone.empty() ? "" : " " + time->zone);
}

Instant at(const char* text) { return *nines::parse_rfc3339(text); }

}  // namespace

TEST_CASE("times are read as written", "[incident]") {
  const struct {
    const char* text;
    const char* expected;
  } cases[] = {
      {"2023-07-25 14:05", "2023-07-25 14:05"},
      {"2023-07-25T14:05:09.25Z", "2023-07-25 14:05:09 Z"},
      {"2023-07-25T14:05:09+02:00", "2023-07-25 14:05:09 +02:00"},
      {"2023/07/25 2:05 pm", "2023-07-25 14:05"},
      {"07-15-2026 16:24", "2026-07-15 16:24"},
      {"15/07/2026 16:24", "2026-07-15 16:24"},
      {"07-05-2026 16:24", "-"},  // the fifth of July or the seventh of May
      {"November 12th 10:17pm UTC", "???\?-11-12 22:17 UTC"},
      {"Nov 12, 2025 at 10:17 p.m. UTC", "2025-11-12 22:17 UTC"},
      {"15 July 2026 17:09", "2026-07-15 17:09"},
      {"Wednesday, 15 July 2026", "2026-07-15"},
      {"November 15, 6:20 AM UTC", "???\?-11-15 06:20 UTC"},
      {"16:58 UTC", "16:58 UTC"},
      {"16:30 US/Pacific", "16:30 US/Pacific"},
      {"12:00 am", "00:00"},
      {"12:30pm", "12:30"},
      {"9pm", "21:00"},
      {"16:02 on November 11, 2025", "2025-11-11 16:02"},
      {"24:10", "-"},
      {"7:5", "-"},
      {"2023-02-30 10:00", "-"},
      {"1.270.0", "-"},
      {"may 5 be enough", "-"},
      {"11.50", "-"},
      {"1600", "-"},
      {"", "-"},
  };
  for (const auto& one : cases) {
    INFO(one.text);
    CHECK(shown(read_time(one.text)) == one.expected);
  }
}

TEST_CASE("times are found in prose, and nothing else is", "[incident]") {
  const std::string text =
      "From November 11, 4:02 PM UTC to November 14, 3:02 PM UTC at src/main.rs:119:5 in v1.270.0";
  const auto found = find_times(text);
  REQUIRE(found.size() == 2);
  CHECK(shown(found[0]) == "???\?-11-11 16:02 UTC");
  CHECK(text.substr(found[1].begin, found[1].end - found[1].begin) == "November 14, 3:02 PM UTC");
  CHECK(find_times("around 14:59 or so").at(0).about);
  CHECK_FALSE(find_times("until 14:59").at(0).about);
}

TEST_CASE("clock times that cannot be read are seen as such", "[incident]") {
  for (const auto* text : {"11.50", "14.43", "1600", "(Time TBC)", "TBC", "11h50"})
    CHECK(unreadable_clock(text) > 0);
  for (const auto* text : {"", "rollback", "(see below)", "11.50.2", "16000", "v1.4"})
    CHECK(unreadable_clock(text) == 0);
}

TEST_CASE("durations are read as written", "[incident]") {
  using Claim = WrittenDuration::Claim;
  const struct {
    const char* text;
    Micros length;
    Claim claim;
  } cases[] = {
      {"5h 8m", 5h + 8min, Claim::exact},
      {"0h 15m", 15min, Claim::exact},
      {"14 hours, 55 minutes", 14h + 55min, Claim::exact},
      {"5 hours and 26 minutes", 5h + 26min, Claim::exact},
      {"1h30m", 1h + 30min, Claim::exact},
      {"2 days", 48h, Claim::exact},
      {"1.5 hours", 90min, Claim::exact},
      {"a day and a half", 36h, Claim::words},
      {"two and a half hours", 150min, Claim::words},
      {"half an hour", 30min, Claim::words},
      {"an hour", 1h, Claim::words},
      {"almost two hours", 2h, Claim::less},
      {"roughly a day and a half", 36h, Claim::about},
      {"about 20 minutes", 20min, Claim::about},
      {"over 5 hours", 5h, Claim::more},
      {"4+ hour", 4h, Claim::more},
      {"up to 45 minutes", 45min, Claim::at_most},
  };
  for (const auto& one : cases) {
    INFO(one.text);
    const auto found = find_durations(one.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].length == one.length);
    CHECK(found[0].claim == one.claim);
    CHECK(found[0].begin == 0);
  }
  CHECK(find_durations("10 minutes to 2 days").size() == 2);
  for (const auto* text : {"", "version 1.270.0", "305 teams", "a service", "m4.large", "10:45 am"})
    CHECK(find_durations(text).empty());
}

TEST_CASE("what was stated agrees with what was measured, by how it was said", "[incident]") {
  const auto stated = [](const char* text) { return find_durations(text).at(0); };
  CHECK(agrees(stated("11m"), 11min));
  CHECK_FALSE(agrees(stated("11m"), 9min));
  CHECK(agrees(stated("2 hours"), 2h + 20min));
  CHECK_FALSE(agrees(stated("almost two hours"), 14min));
  CHECK(agrees(stated("almost two hours"), 1h + 50min));
  CHECK_FALSE(agrees(stated("a day and a half"), 30h + 15min));
  CHECK(agrees(stated("a day and a half"), 34h));
  CHECK(agrees(stated("over 5 hours"), 5h + 26min));
}

TEST_CASE("labels and lines name milestones, and only where they say nothing else", "[incident]") {
  const struct {
    const char* text;
    const char* milestone;  ///< empty: none
  } cases[] = {
      {"First detected", "detected"},
      {"Fault occurs", "impact_started"},
      {"Fault detected", "detected"},
      {"Incident declared", "declared"},
      {"Incident declared as resolved", "resolved"},
      {"Repaired", "recovered"},
      {"Resolved", "resolved"},
      {"Incident closed, post-mortem phase begins", "closed"},
      {"Reverts deployed, issue mitigated. SDK version 1.270.1 released", "mitigated"},
      {"[Formal incident declared retroactively](https://chat.example.org/p17)", "declared"},
      {"Service fully restored", "recovered"},
      {"rollback started", ""},
      {"Cooling capacity restored", ""},
      {"Rollback fails due to configuration issues", ""},
      {"Support engineer notices two similar customer reports", ""},
      {"users could not be detected", ""},
  };
  for (const auto& one : cases) {
    INFO(one.text);
    CHECK(milestone_told(one.text).value_or("") == one.milestone);
  }
}

TEST_CASE("claims are found with what they lie between", "[incident]") {
  const auto total = find_claims("The issue lasted 5 hours and 26 minutes, affecting 305 teams.");
  REQUIRE(total.size() == 1);
  CHECK(total[0].total);
  const auto span =
      find_claims("From confirmation (15:25) to mitigation (16:11) was only 46 minutes");
  REQUIRE(span.size() == 1);
  CHECK((span[0].from && span[0].to));
  const auto after = find_claims(
      "We should declare as soon as we confirm it (around 14:59), not almost two hours after "
      "mitigation.");
  REQUIRE(after.size() == 1);
  CHECK(after[0].after == "mitigated");
  CHECK(after[0].subject == "declared");
  const auto until = find_claims(
      "The cause was not identified until November 12th 10:17pm UTC, a day and a half after the "
      "issue arose.");
  REQUIRE(until.size() == 1);
  CHECK(until[0].after == "impact_started");
  CHECK(until[0].to.has_value());
  for (const auto* text : {"delays ranging from 10 minutes to up to 2 days",
                           "keeping the most recent 4 hours of data on local disk",
                           "reduces the timeout from 1s to 300ms", "pods within 45 minutes"})
    CHECK(find_claims(text).empty());
}

TEST_CASE("time within support hours is counted by local days", "[incident]") {
  const auto utc = nines::Zone::utc();
  // Tuesday 13:30 to Wednesday 16:16, 10:00 to 17:00: 3h30m and 6h16m.
  CHECK(time_within({600, 1020, false}, at("2020-08-04T13:30:00Z"), at("2020-08-05T16:16:00Z"),
                    utc) == 9h + 46min);
  // Friday 16:00 to Monday 11:00: the weekend counts only where it does.
  CHECK(time_within({600, 1020, false}, at("2020-08-07T16:00:00Z"), at("2020-08-10T11:00:00Z"),
                    utc) == 2h);
  CHECK(time_within({600, 1020, true}, at("2020-08-07T16:00:00Z"), at("2020-08-10T11:00:00Z"),
                    utc) == 16h);
  CHECK(fitting_convention(at("2021-09-30T17:26:00Z"), at("2021-10-01T10:29:00Z"), 5h + 3min, utc)
            .find("12h") != std::string::npos);
  CHECK(fitting_convention(at("2021-09-30T17:26:00Z"), at("2021-09-30T18:29:00Z"), 3min, utc)
            .empty());
}
