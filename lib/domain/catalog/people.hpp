// Who answers: persons, teams, and the days on which nobody is on by turn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/catalog/definition.hpp"
#include "domain/catalog/week_window.hpp"

namespace nines::catalog {

/// Whole local days, the last one included.
struct DaysOff {
  Day from;
  Day to;
  std::string name;  ///< "Christmas Day", "leave"

  friend bool operator==(const DaysOff&, const DaysOff&) = default;
};

struct TimeOff {
  InstantSpan when;
  std::string name;

  friend bool operator==(const TimeOff&, const TimeOff&) = default;
};

struct Person {
  std::string name;
  std::string display_name;
  std::string zone;    ///< IANA name
  StringMap contacts;  ///< by channel: "phone", "mail", "chat"
  std::string team;
  std::vector<DaysOff> leave;          ///< in days of `zone`
  std::vector<std::string> calendars;  ///< days off they share with others
  StringMap labels;
  StringMap annotations;

  friend bool operator==(const Person&, const Person&) = default;
};

/// When a team works; on the days of `calendars` it does not.
struct BusinessHours {
  std::string zone;
  std::vector<WeekWindow> windows;
  std::vector<std::string> calendars;

  friend bool operator==(const BusinessHours&, const BusinessHours&) = default;
};

struct Team {
  std::string name;
  std::string display_name;
  std::string description;
  std::vector<std::string> members;
  std::string rota;
  std::string escalation_policy;
  StringMap contacts;  ///< by channel: where the team as a whole is reached
  std::optional<BusinessHours> business_hours;
  StringMap labels;
  StringMap annotations;

  friend bool operator==(const Team&, const Team&) = default;
};

/// Holidays or absences, most often made from an .ics file.
struct Calendar {
  std::string name;
  std::string display_name;
  std::string description;
  std::vector<DaysOff> days;  ///< floating: local days of whoever uses the calendar
  std::vector<TimeOff> times;
  std::string zone;    ///< of `times`, where written
  std::string ics;     ///< file whose days are still to be read; never in what is recorded
  std::string source;  ///< file it was made from
  std::string source_sha256;
  std::optional<Day> known_until;  ///< last day for which that file was read
  StringMap labels;
  StringMap annotations;

  friend bool operator==(const Calendar&, const Calendar&) = default;
};

}  // namespace nines::catalog
