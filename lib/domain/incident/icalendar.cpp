// Writes one event per shift (RFC 5545).
#include "domain/incident/icalendar.hpp"

#include "base/ical_text.hpp"

namespace nines::incident {
namespace {

std::string summary_of(const DutyShift& shift, std::string_view rota,
                       const CalendarOptions& options) {
  std::string who = "NOBODY";
  if (!shift.person.empty()) {
    const auto name = options.display_names.find(shift.person);
    const bool named = name != options.display_names.end() && !name->second.empty();
    who = named ? name->second : shift.person;
  }
  return who + " (" + std::string(rota) + " " + shift.role + ")";
}

std::string description_of(const DutyShift& shift) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  };
  if (shift.reason != DutyReason::turn) add(std::string(to_string(shift.reason)));
  if (!shift.instead_of.empty()) add("instead of " + shift.instead_of);
  add(shift.why);
  return text;
}

void add_event(IcalLines& lines, const std::string& rota, const DutyShift& shift,
               const CalendarOptions& options) {
  const auto start = ical_utc(shift.when.from);
  lines.add("BEGIN", "VEVENT");
  lines.add("UID", ical_escaped(rota + "-" + shift.role + "-" + start + "@nines"));
  lines.add("DTSTAMP", ical_utc(options.made_at));
  lines.add("DTSTART", start);
  lines.add("DTEND", ical_utc(shift.when.to));
  lines.add("SUMMARY", ical_escaped(summary_of(shift, rota, options)));
  if (const auto text = description_of(shift); !text.empty())
    lines.add("DESCRIPTION", ical_escaped(text));
  lines.add("TRANSP", "TRANSPARENT");
  lines.add("END", "VEVENT");
}

}  // namespace

std::string icalendar_of(const std::vector<RotaTimeline>& timelines,
                         const CalendarOptions& options) {
  IcalLines lines;
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", "-//nines//oncall//EN");
  lines.add("CALSCALE", "GREGORIAN");
  lines.add("METHOD", "PUBLISH");
  lines.add("X-WR-CALNAME", ical_escaped(options.name));
  lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
  lines.add("X-PUBLISHED-TTL", "PT1H");
  for (const auto& timeline : timelines)
    for (const auto& shift : timeline.shifts) add_event(lines, timeline.rota, shift, options);
  lines.add("END", "VCALENDAR");
  return lines.take();
}

}  // namespace nines::incident
