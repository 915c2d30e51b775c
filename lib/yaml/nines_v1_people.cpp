// The nines/v1 kinds of people: Person, Team and Calendar.
#include "yaml/nines_v1_people.hpp"

#include "base/zone.hpp"
#include "domain/slo/window.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/nines_v1.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

constexpr std::string_view kPersonKind[] = {"Person"};
constexpr std::string_view kTeamKind[] = {"Team"};
constexpr std::string_view kCalendarKind[] = {"Calendar"};

void check_days_off(Checker& checker, const Node& map) {
  const auto from = day_from(text_of(&map, "day"));
  const auto until = day_from(text_of(&map, "until"));
  if (from && until && *until < *from)
    checker.error(Code::out_of_range, *map.find("until"), "the days end before they begin",
                  "check 'day' and 'until'");
}

void check_times_off(Checker& checker, const Node& map) {
  check_from_before_to(checker, map, "from", "to");
}

void check_member(Checker& checker, const Node& map, std::string_view name, const char* kind,
                  bool soft) {
  if (const Node* value = child(&map, name)) {
    const Checker::Step step(checker, name);
    checker.refer(kind, *value, {}, soft);
  }
}

void check_person_spec(Checker& checker, const Node& map) {
  check_member(checker, map, "team", "Team", true);
}

void check_team_spec(Checker& checker, const Node& map) {
  check_member(checker, map, "rota", "Rota", false);
  check_member(checker, map, "escalationPolicy", "EscalationPolicy", true);
}

void check_calendar_spec(Checker& checker, const Node& map) {
  if (is_set(map, "times") && !is_set(map, "zone"))
    checker.error(Code::missing_field, key_or(map, "times"), "'zone' is missing beside 'times'",
                  "name the zone of these times, such as UTC");
  if (is_set(map, "ics") && is_set(map, "source"))
    checker.error(Code::one_of, key_or(map, "ics"), "both 'ics' and 'source'",
                  "leave 'source' out: it is written from the file");
}

const Field kDaysOffFields[] = {
    row::text("day", "the day, YYYY-MM-DD", kNines, &kDayFormat),
    row::text("until", "the last day, where it is more than one", 0, &kDayFormat),
    row::text("name", "what it is: Christmas Day, leave"),
};
const Shape kDaysOff{"daysOff", kDaysOffFields, check_days_off};

const Field kTimesOffFields[] = {
    row::text("from", "when it begins, YYYY-MM-DD hh:mm:ss in 'zone'", kNines, &kDateTimeFormat),
    row::text("to", "when it ends", kNines, &kDateTimeFormat),
    row::text("name", "what it is"),
};
const Shape kTimesOff{"timesOff", kTimesOffFields, check_times_off};

const Field kPersonSpecFields[] = {
    row::text("zone", "where they live, such as Europe/Paris", kNines, &kZoneFormat),
    row::text("team", "the team they belong to", 0, &kNameFormat),
    row::of(Type::text_map, "contacts", "how they are reached, by channel: phone, mail, chat"),
    row::list("leave", "days they are away; nobody is put in their place by itself", &kDaysOff),
    row::of(Type::texts, "calendars", "names of calendars whose days off are theirs", 0,
            &kCalendarNames),
};
const Shape kPersonSpec{"personSpec", kPersonSpecFields, check_person_spec};

const Field kBusinessHoursFields[] = {
    row::text("zone", "zone of these times", kNines, &kZoneFormat),
    row::list("windows", "when the team works", &kWeekWindow, kNines),
    row::of(Type::texts, "calendars", "names of calendars whose days off are the team's", 0,
            &kCalendarNames),
};
const Shape kBusinessHours{"businessHours", kBusinessHoursFields};

const Field kTeamSpecFields[] = {
    row::text("description", "what the team answers for", 0, &kDescriptionFormat),
    row::of(Type::texts, "members", "names of the persons in it", 0, &kPersonNames),
    row::text("rota", "name of the rota that says who is on duty", 0, &kNameFormat),
    row::text("escalationPolicy", "name of the policy that says who is next", 0, &kNameFormat),
    row::of(Type::text_map, "contacts", "how the team as a whole is reached, by channel"),
    row::object("businessHours", "when the team works", &kBusinessHours),
};
const Shape kTeamSpec{"teamSpec", kTeamSpecFields, check_team_spec};

const Field kCalendarSourceFields[] = {
    row::text("name", "the file it was made from", kNines),
    row::text("sha256", "hash of that file", kNines),
    row::text("from", "first day for which it was read", 0, &kDayFormat),
    row::text("until", "last day for which it was read", 0, &kDayFormat),
};
const Shape kCalendarSource{"calendarSource", kCalendarSourceFields};

const Field kCalendarSpecFields[] = {
    row::text("description", "whose days off these are", 0, &kDescriptionFormat),
    row::text("zone", "zone of 'times'", 0, &kZoneFormat),
    row::list("days", "whole days, wherever the person is", &kDaysOff),
    row::list("times", "parts of days", &kTimesOff),
    row::text("ics", "an .ics file, beside this one, whose days are added when it is applied"),
    row::object("source", "where they come from; written by apply in place of 'ics'",
                &kCalendarSource),
};
const Shape kCalendarSpec{"calendarSpec", kCalendarSpecFields, check_calendar_spec};

const auto kPersonFields =
    envelope({kNinesApiVersions, kPersonKind, &kMetadataShape, &kPersonSpec, kNines, kNines});
const auto kTeamFields =
    envelope({kNinesApiVersions, kTeamKind, &kMetadataShape, &kTeamSpec, kNines, kNines});
const auto kCalendarKindFields =
    envelope({kNinesApiVersions, kCalendarKind, &kMetadataShape, &kCalendarSpec, kNines, kNines});

std::vector<catalog::DaysOff> read_days(const Node* list) {
  std::vector<catalog::DaysOff> found;
  if (list == nullptr) return found;
  for (const Node& item : list->items()) {
    const auto from = day_from(text_of(&item, "day"));
    if (!from) continue;
    found.push_back(
        {*from, day_from(text_of(&item, "until")).value_or(*from), text_of(&item, "name")});
  }
  return found;
}

}  // namespace

const Shape kPersonShape{"person", kPersonFields};
const Shape kTeamShape{"team", kTeamFields};
const Shape kCalendarKindShape{"calendar", kCalendarKindFields};

void read_person(const Node& document, Definition& definition) {
  catalog::Person person;
  read_metadata(document, person.name, person.display_name, person.labels, person.annotations);
  const Node* spec = child(&document, "spec");
  person.zone = text_of(spec, "zone");
  person.team = text_of(spec, "team");
  person.contacts = text_map(child(spec, "contacts"));
  person.leave = read_days(child(spec, "leave"));
  person.calendars = texts_of(spec, "calendars");
  definition.object = std::move(person);
}

void read_team(const Node& document, Definition& definition) {
  catalog::Team team;
  read_metadata(document, team.name, team.display_name, team.labels, team.annotations);
  const Node* spec = child(&document, "spec");
  team.description = text_of(spec, "description");
  team.members = texts_of(spec, "members");
  team.rota = text_of(spec, "rota");
  team.escalation_policy = text_of(spec, "escalationPolicy");
  team.contacts = text_map(child(spec, "contacts"));
  if (const Node* hours = child(spec, "businessHours"))
    team.business_hours = {text_of(hours, "zone"), week_windows(child(hours, "windows")),
                           texts_of(hours, "calendars")};
  definition.object = std::move(team);
}

void read_calendar(const Node& document, Definition& definition) {
  catalog::Calendar calendar;
  read_metadata(document, calendar.name, calendar.display_name, calendar.labels,
                calendar.annotations);
  const Node* spec = child(&document, "spec");
  calendar.description = text_of(spec, "description");
  calendar.days = read_days(child(spec, "days"));
  const auto zone = zone_of(spec, "zone");
  if (const Node* times = child(spec, "times"); times != nullptr && zone) {
    for (const Node& item : times->items()) {
      const auto from = slo::parse_anchor(text_of(&item, "from"));
      const auto to = slo::parse_anchor(text_of(&item, "to"));
      if (from && to)
        calendar.times.push_back(
            {catalog::place_shift(*zone, {*from, *to}), text_of(&item, "name")});
    }
  }
  calendar.zone = text_of(spec, "zone");
  calendar.ics = text_of(spec, "ics");
  calendar.known_until = day_from(text_of(child(spec, "source"), "until"));
  calendar.source = text_of(child(spec, "source"), "name");
  calendar.source_sha256 = text_of(child(spec, "source"), "sha256");
  definition.object = std::move(calendar);
}

}  // namespace nines::yaml
