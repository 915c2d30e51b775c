// Calendar files and the days they say; the expected days are counted by hand from RFC 5545.
#include "calendar/ics_days.hpp"

#include <catch2/catch.hpp>

namespace nines::calendar {
namespace {

using namespace std::chrono;

IcsRequest years(int from, int to, const char* zone = nullptr) {
  IcsRequest request{
      .from = Day{year{from} / January / 1}, .to = Day{year{to} / December / 31}, .zone = {}};
  if (zone != nullptr) request.zone = Zone::find(zone);
  return request;
}

std::string event(const std::vector<std::string>& lines) {
  std::string text = "BEGIN:VEVENT\r\n";
  for (const auto& line : lines) text += line + "\r\n";
  return text + "END:VEVENT\r\n";
}

std::string calendar(const std::string& parts) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + parts + "END:VCALENDAR\r\n";
}

std::string shown(const IcsResult& result) {
  if (result.refusal) return "refused: " + result.refusal->what;
  std::string text;
  for (const auto& one : result.days) {
    text += format_utc(Instant{one.from}).substr(0, 10);
    if (one.to != one.from) text += "/" + format_utc(Instant{one.to}).substr(0, 10);
    text += " ";
  }
  for (const auto& one : result.times)
    text += format_utc(one.from) + "/" + format_utc(one.to) + " ";
  for (const auto& one : result.problems)
    text += "line " + std::to_string(one.line) + ": " + one.what + " ";
  if (!text.empty()) text.pop_back();
  return text;
}

struct Case {
  const char* what;
  std::vector<std::string> lines;
  const char* expected;
};

TEST_CASE("events become the days they say") {
  const std::vector<Case> cases{
      {"one day", {"DTSTART;VALUE=DATE:20261225"}, "2026-12-25"},
      {"the end is not included",
       {"DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227"},
       "2026-12-25/2026-12-26"},
      {"an end that is the start",
       {"DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261225"},
       "2026-12-25"},
      {"three weeks", {"DTSTART;VALUE=DATE:20260803", "DURATION:P3W"}, "2026-08-03/2026-08-23"},
      {"into the years read",
       {"DTSTART;VALUE=DATE:20251231", "DURATION:P2D"},
       "2025-12-31/2026-01-01"},
      {"before them", {"DTSTART;VALUE=DATE:20251231"}, ""},
      {"every year", {"DTSTART;VALUE=DATE:19991225", "RRULE:FREQ=YEARLY"}, "2026-12-25 2027-12-25"},
      {"Thanksgiving",
       {"DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"},
       "2026-11-26 2027-11-25"},
      {"the last Monday of May",
       {"DTSTART;VALUE=DATE:20200525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"},
       "2026-05-25 2027-05-31"},
      {"29 February", {"DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY"}, ""},
      {"a count that ran out",
       {"DTSTART;VALUE=DATE:20241225", "RRULE:FREQ=YEARLY;COUNT=3"},
       "2026-12-25"},
      {"until a day",
       {"DTSTART;VALUE=DATE:20241225", "RRULE:FREQ=YEARLY;UNTIL=20261225"},
       "2026-12-25"},
      {"not in one year",
       {"DTSTART;VALUE=DATE:20241225", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20261225"},
       "2027-12-25"},
      {"moving feasts",
       {"DTSTART;VALUE=DATE:20260406", "RDATE;VALUE=DATE:20270329,20280417"},
       "2026-04-06 2027-03-29"},
      {"half a day in Paris, in winter",
       {"DTSTART;TZID=Europe/Paris:20261224T120000", "DTEND;TZID=Europe/Paris:20261225T000000"},
       "2026-12-24T11:00:00Z/2026-12-24T23:00:00Z"},
      {"each by its own clock",
       {"DTSTART;TZID=Europe/Paris:20260628T120000", "DURATION:PT1H",
        "RRULE:FREQ=MONTHLY;INTERVAL=6;UNTIL=20261228T110000Z"},
       "2026-06-28T10:00:00Z/2026-06-28T11:00:00Z 2026-12-28T11:00:00Z/2026-12-28T12:00:00Z"},
      {"the end of the rule is in UTC",
       {"DTSTART;TZID=Europe/Paris:20260628T120000", "DURATION:PT1H",
        "RRULE:FREQ=MONTHLY;INTERVAL=6;UNTIL=20261228T105959Z"},
       "2026-06-28T10:00:00Z/2026-06-28T11:00:00Z"},
      {"an hour that the clocks jump over",
       {"DTSTART;TZID=Europe/Paris:20260329T023000", "DURATION:PT1H"},
       "2026-03-29T01:00:00Z/2026-03-29T02:00:00Z"},
      {"an occurrence taken out by its instant",
       {"DTSTART;TZID=Europe/Paris:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2",
        "EXDATE:20261201T080000Z"},
       "2026-12-02T08:00:00Z/2026-12-02T09:00:00Z"},
      {"a vendor before the zone",
       {"DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261224T120000",
        "DURATION:PT1H"},
       "2026-12-24T11:00:00Z/2026-12-24T12:00:00Z"},
      {"a zone of Windows",
       {"DTSTART;TZID=Romance Standard Time:20261224T120000", "DURATION:PT1H"},
       "2026-12-24T11:00:00Z/2026-12-24T12:00:00Z"},
      {"cancelled", {"DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"}, ""},
  };
  for (const auto& one : cases) {
    INFO(one.what);
    CHECK(shown(days_of_ics(calendar(event(one.lines)), years(2026, 2027))) == one.expected);
  }
}

TEST_CASE("occurrences told anew replace those of the rule") {
  const auto master = event({"UID:a", "DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY"});
  const auto moved =
      event({"UID:a", "RECURRENCE-ID;VALUE=DATE:20261225", "DTSTART;VALUE=DATE:20261228"});
  const auto gone = event({"UID:a", "RECURRENCE-ID;VALUE=DATE:20271225", "STATUS:CANCELLED",
                           "DTSTART;VALUE=DATE:20271225"});
  CHECK(shown(days_of_ics(calendar(moved + master + gone), years(2026, 2028))) ==
        "2026-12-28 2028-12-25");
}

TEST_CASE("what repeats within a day, for ever, or nowhere is said and left out") {
  const std::vector<Case> cases{
      {"every second",
       {"DTSTART:20260101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"},
       "line 3: it repeats within a day: that is no day off"},
      {"every hour",
       {"DTSTART:20260101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=3"},
       "line 3: it repeats within a day: that is no day off"},
      {"no such zone",
       {"DTSTART;TZID=No/Where:20260101T000000", "DURATION:PT1H"},
       "line 3: its time zone 'No/Where' is unknown"},
      {"no zone at all",
       {"DTSTART:20260101T000000", "DURATION:PT1H"},
       "line 3: its times name no zone"},
      {"backwards",
       {"DTSTART;VALUE=DATE:20260110", "DTEND;VALUE=DATE:20260101"},
       "line 3: it ends before it begins"},
      {"for centuries",
       {"DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:99991231"},
       "line 3: it lasts longer than 1100 days"},
      {"no start", {"SUMMARY:x"}, "line 3: it does not say when it begins"},
      {"no end", {"DTSTART:20260101T000000Z"}, "line 3: it does not say when it ends"},
      {"a day that ends at a time",
       {"DTSTART;VALUE=DATE:20260101", "DTEND:20260102T000000Z"},
       "line 3: it begins with a day and ends with a time, or the other way round"},
      {"all that follow",
       {"RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z", "DTSTART:20260101T000000Z",
        "DURATION:PT1H"},
       "line 3: it changes an occurrence and all that follow (RANGE), which is not read"},
      {"never",
       {"DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"},
       "line 3: its rule of repetition cannot be followed"},
  };
  for (const auto& one : cases) {
    INFO(one.what);
    CHECK(shown(days_of_ics(calendar(event(one.lines)), years(2026, 2026))) == one.expected);
  }
}

TEST_CASE("floating times lie in the zone of the calendar") {
  const auto text = calendar(event({"DTSTART:20260701T090000", "DTEND:20260701T100000"}));
  CHECK(shown(days_of_ics(text, years(2026, 2026, "America/New_York"))) ==
        "2026-07-01T13:00:00Z/2026-07-01T14:00:00Z");
}

TEST_CASE("rules are looked at a bounded number of times") {
  auto request = years(2026, 2026);
  request.limits.repeats = 1000;
  const auto text = calendar(event({"DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"}));
  CHECK(shown(days_of_ics(text, request)) == "line 3: it repeats more often than is read");
  // The library counts leap years by Julius before 1582: 29 February 1500 does not end the walk.
  request.limits.repeats = 1'000'000;
  const auto old = calendar(event({"DTSTART;VALUE=DATE:15000228", "RRULE:FREQ=DAILY;INTERVAL=1",
                                   "EXDATE;VALUE=DATE:20260101"}));
  CHECK(days_of_ics(old, request).days.size() == 364);
  request.limits.days = 300;
  const auto recent = calendar(event({"DTSTART;VALUE=DATE:20251201", "RRULE:FREQ=DAILY"}));
  CHECK(shown(days_of_ics(recent, request)) ==
        "refused: more than 300 days off lie in the years read");
}

TEST_CASE("files that are no calendars are refused") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "it holds no calendar"},
      {"hello\n", "it is no calendar: text outside BEGIN:VCALENDAR in line 1"},
      {"BEGIN:VCALENDAR\n", "it is cut off: 'vcalendar' never ends"},
      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
       "'vcalendar' ends and was not begun in line 3"},
      {"BEGIN:VEVENT\nEND:VEVENT\n",
       "it is no calendar: 'vevent' begins in the wrong place in line 1"},
      {std::string("BEGIN:VCALENDAR\n\0\nEND:VCALENDAR\n", 32), "it is not UTF-8 text"},
      {"BEGIN:VCALENDAR\nX:\xff\nEND:VCALENDAR\n", "it is not UTF-8 text"},
      {"BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n",
       "its parts are nested too deeply in line 5"},
  };
  for (const auto& [text, what] : cases) {
    INFO(text);
    CHECK(shown(days_of_ics(text, years(2026, 2026))) == "refused: " + what);
  }
}

}  // namespace
}  // namespace nines::calendar
