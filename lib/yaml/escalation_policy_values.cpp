// Values of escalation policies: spans, severities, weekdays, wall times, lists of names and days.
#include <algorithm>

#include "base/text.hpp"
#include "yaml/checker.hpp"
#include "yaml/escalation_policy_rules.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1_people.hpp"

namespace nines::yaml {

namespace {

using incident::Hours;
using incident::severity_from;

using slo::Code;

void check_span(Checker& checker, const Node& value, bool none_allowed) {
  const auto time = parse_duration(value.text);
  if (time && (time->count() > 0 || none_allowed) && *time <= std::chrono::days(366)) return;
  checker.error(Code::bad_duration, value,
                shown(value) + (time ? " is no length for this" : " is no duration"),
                none_allowed ? "write a length such as 30s, 5m or 1h30m; 0s for none"
                             : "write a length above zero, such as 30s, 5m or 1h30m");
}

/// The items are texts already, or said to be none.
template <class Rule>
void check_items(Checker& checker, const Node& list, Rule rule) {
  int index = 0;
  for (const Node& item : list.items()) {
    const Checker::Step step(checker, index++);
    if (item.is_text()) rule(checker, item);
  }
}

void check_severity(Checker& checker, const Node& value) {
  const auto severity = severity_from(value.text);
  if (severity && *severity != incident::Severity::undetermined) return;
  checker.error(Code::bad_enum, value, shown(value) + " is no severity",
                "use SEV-1 (the worst) to SEV-5; one that is not known is taken for SEV-1");
}

void check_listed_day(Checker& checker, const Node& value) {
  if (day_from(value.text)) return;
  checker.error(Code::bad_date, value, shown(value) + " is no date",
                "write YYYY-MM-DD, such as 2026-12-25");
}

void check_trigger_count(Checker& checker, const Node& value) {
  const auto number = Decimal::parse(value.text);
  if (number && *number >= Decimal(1, 0) && *number <= Decimal(1000, 0)) return;
  checker.error(Code::out_of_range, value, shown(value) + " is out of range", "use 1 to 1000");
}

}  // namespace

const Format kSpanFormat{[](Checker& c, const Node& v) { check_span(c, v, false); },
                         R"("pattern":"^([0-9]+[smhdw])+$")"};
const Format kSpanOrNoneFormat{[](Checker& c, const Node& v) { check_span(c, v, true); },
                               R"("pattern":"^([0-9]+[smhdw])+$")"};
const Format kCountFormat{check_trigger_count, R"("minimum":1,"maximum":1000)"};
const Format kSeveritiesFormat{[](Checker& c, const Node& v) { check_items(c, v, check_severity); },
                               R"("items":{"type":"string","pattern":"^([sS][eE][vV]-?)?[1-5]$"})"};
const Format kDayListFormat{
    [](Checker& c, const Node& v) { check_items(c, v, check_listed_day); },
    R"("items":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})"};
const Format kServiceNamesFormat{[](Checker& c, const Node& v) {
                                   check_items(c, v, [](Checker& checker, const Node& name) {
                                     checker.refer("Service", name, {}, true);
                                   });
                                 },
                                 {}};

std::vector<incident::Severity> severities_of(const Node* map, std::string_view name) {
  std::vector<incident::Severity> severities;
  for (const auto& text : texts_of(map, name))
    if (const auto severity = severity_from(text)) severities.push_back(*severity);
  return severities;
}

std::int64_t whole_of(const Node* map, std::string_view name) {
  const auto number = decimal_of(map, name);
  return number && number->scale() == 0 ? number->units() : 0;
}

Hours read_hours(const Node& map) {
  Hours hours;
  hours.zone = zone_of(&map, "zone").value_or(Zone::utc());
  const Node* by_person = child(&map, "byPerson");
  hours.by_person = by_person != nullptr && by_person->is_true();
  hours.windows = week_windows(child(&map, "windows"));
  for (const auto& text : texts_of(&map, "holidays"))
    if (const auto day = day_from(text)) hours.holidays.emplace_back(day->time_since_epoch());
  hours.calendars = texts_of(&map, "calendars");
  std::sort(hours.holidays.begin(), hours.holidays.end());
  return hours;
}

}  // namespace nines::yaml
