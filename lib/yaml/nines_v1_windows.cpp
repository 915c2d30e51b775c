// Windows of the week and lists of names, as the nines/v1 kinds of people write them.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "domain/slo/window.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/nines_v1_people.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};

/// 0 is Monday; the first three letters count, in any case.
std::optional<std::size_t> weekday_from(std::string_view text) {
  const auto word = to_lower_ascii(trim(text));
  static constexpr std::array<std::string_view, 7> kLong{
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  for (std::size_t i = 0; i < kWeekdays.size(); ++i)
    if (word == kWeekdays[i] || word == kLong[i]) return i;
  return std::nullopt;
}

void check_time_of_day(Checker& checker, const Node& value) {
  if (time_of_day_from(value.text)) return;
  checker.error(Code::bad_time_of_day, value, shown(value) + " is no time of day",
                "write hours and minutes in quotes, such as \"09:00\"");
}

void check_weekdays(Checker& checker, const Node& value) {
  bool wraps = false;
  if (!weekdays_from(value.text, &wraps)) {
    checker.error(Code::bad_enum, value, shown(value) + " names no days of the week",
                  "write days and ranges of them, such as 'mon-fri' or 'sat,sun'");
    return;
  }
  if (wraps)
    checker.advise(Code::weekdays_wrap, value,
                   shown(value) + " goes over the end of the week: it is read so",
                   "write 'fri,sat,sun,mon' to be plain; other tools refuse such a range");
}

void refer_to_each(Checker& checker, const Node& list, const char* kind) {
  int index = 0;
  for (const Node& item : list.items()) {
    const Checker::Step step(checker, index++);
    checker.refer(kind, item);
  }
}

void check_week_window(Checker& checker, const Node& map) {
  const auto from = time_of_day_from(text_of(&map, "from"));
  if (from && *from == std::chrono::minutes{24 * 60})
    checker.error(Code::bad_time_of_day, *map.find("from"), "a window cannot begin at 24:00",
                  "write \"00:00\" and the next day");
}

const Field kWeekWindowFields[] = {
    row::text("days", "days it begins on, such as mon-fri; default every day", 0, &kWeekdaysFormat),
    row::text("from", "when it begins, such as \"09:00\"; default \"00:00\"", 0, &kTimeOfDayFormat),
    row::text("to", "when it ends; at or before 'from' it is on the next day; default \"24:00\"", 0,
              &kTimeOfDayFormat),
};

}  // namespace

const Format kTimeOfDayFormat{check_time_of_day,
                              R"("pattern":"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")"};
const Format kWeekdaysFormat{check_weekdays,
                             R"("pattern":"^ *([mM][oO][nN]|[tT][uU][eE]|[wW][eE][dD]|)"
                             R"([tT][hH][uU]|[fF][rR][iI]|[sS][aA][tT]|[sS][uU][nN]).*")"};
const Format kPersonNames{[](Checker& c, const Node& list) { refer_to_each(c, list, "Person"); },
                          {}};
const Format kCalendarNames{
    [](Checker& c, const Node& list) { refer_to_each(c, list, "Calendar"); }, {}};
const Shape kWeekWindow{"weekWindow", kWeekWindowFields, check_week_window};

std::optional<std::chrono::minutes> time_of_day_from(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return std::chrono::minutes{hour * 60 + minute};
}

std::optional<std::uint8_t> weekdays_from(std::string_view text, bool* wraps) {
  std::uint8_t days = 0;
  for (const auto part : split(text, ',')) {
    const auto ends = split(part, '-');
    const auto first = weekday_from(ends.front());
    const auto last = weekday_from(ends.back());
    if (ends.size() > 2 || !first || !last) return std::nullopt;
    if (*last < *first && wraps != nullptr) *wraps = true;
    for (auto day = *first;; day = (day + 1) % 7) {
      days = static_cast<std::uint8_t>(days | (1U << day));
      if (day == *last) break;
    }
  }
  return days;
}

std::vector<catalog::WeekWindow> week_windows(const Node* list) {
  std::vector<catalog::WeekWindow> windows;
  if (list == nullptr) return windows;
  for (const Node& item : list->items()) {
    catalog::WeekWindow window;
    if (is_set(item, "days"))
      window.days = weekdays_from(text_of(&item, "days")).value_or(window.kEveryDay);
    window.from = time_of_day_from(text_of(&item, "from")).value_or(window.from);
    window.to = time_of_day_from(text_of(&item, "to")).value_or(window.to);
    windows.push_back(window);
  }
  return windows;
}

void check_from_before_to(Checker& checker, const Node& map, std::string_view from,
                          std::string_view to) {
  const auto begin = slo::parse_anchor(text_of(&map, from));
  const auto end = slo::parse_anchor(text_of(&map, to));
  if (begin && end && *end <= *begin)
    checker.error(Code::out_of_range, *map.find(to), "it ends before it begins",
                  "check '" + std::string(from) + "' and '" + std::string(to) + "'");
}

}  // namespace nines::yaml
