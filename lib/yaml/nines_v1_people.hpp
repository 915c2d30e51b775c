// The nines/v1 kinds of people: Person, Team and Calendar, and what a Rota shares with them.
#pragma once

#include <string>
#include <vector>

#include "domain/catalog/people.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kPersonShape;
extern const Shape kTeamShape;
extern const Shape kCalendarKindShape;
void read_person(const Node& document, Definition& definition);
void read_team(const Node& document, Definition& definition);
void read_calendar(const Node& document, Definition& definition);

/// `days: mon-fri`, `from: "09:00"`, `to: "17:00"`.
extern const Shape kWeekWindow;
/// Of a list of such windows; what cannot be read is left out.
std::vector<catalog::WeekWindow> week_windows(const Node* list);

extern const Format kTimeOfDayFormat;  ///< "09:00", also "24:00"
extern const Format kWeekdaysFormat;   ///< "mon-fri", "sat,sun"
extern const Format kPersonNames;      ///< of a list: each name refers to a Person
extern const Format kCalendarNames;    ///< of a list: each name refers to a Calendar

/// Says so when the local time of member `to` is not after that of `from`.
void check_from_before_to(Checker& checker, const Node& map, std::string_view from,
                          std::string_view to);

std::optional<std::chrono::minutes> time_of_day_from(std::string_view text);
/// Bit 0 is Monday; empty on anything else. `wraps` is set for a range over the weekend (fri-mon).
std::optional<std::uint8_t> weekdays_from(std::string_view text, bool* wraps = nullptr);

}  // namespace nines::yaml
