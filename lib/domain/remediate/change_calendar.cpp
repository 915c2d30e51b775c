// Planned changes and freezes as a calendar that programs subscribe to.
#include "base/ical_text.hpp"
#include "base/text.hpp"
#include "domain/remediate/change_request.hpp"

namespace nines::remediate {
namespace {

struct CalendarEvent {
  std::string uid, summary, description;
  Instant from, to;
};

void add_calendar_event(IcalLines& lines, const CalendarEvent& event, Instant made_at) {
  lines.add("BEGIN", "VEVENT");
  lines.add("UID", ical_escaped(event.uid + "@nines"));
  lines.add("DTSTAMP", ical_utc(made_at));
  lines.add("DTSTART", ical_utc(event.from));
  lines.add("DTEND", ical_utc(event.to));
  lines.add("SUMMARY", ical_escaped(event.summary));
  if (!event.description.empty()) lines.add("DESCRIPTION", ical_escaped(event.description));
  lines.add("TRANSP", "TRANSPARENT");
  lines.add("END", "VEVENT");
}

std::string about(const std::vector<std::string>& services) {
  return services.empty() ? "all services" : join(services, ", ");
}

}  // namespace

std::string change_calendar_ics(const std::vector<ChangeRequest>& requests,
                                const std::vector<GateFreeze>& freezes, Instant made_at) {
  IcalLines lines;
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", "-//nines//changes//EN");
  lines.add("CALSCALE", "GREGORIAN");
  lines.add("METHOD", "PUBLISH");
  lines.add("X-WR-CALNAME", "changes");
  for (const auto& one : requests) {
    if (!one.asked.from || !one.asked.to) continue;
    add_calendar_event(lines,
                       {one.uid.to_string(),
                        one.name + " " + one.asked.title + " (" +
                            std::string(to_string(one.state())) + ")",
                        about(one.asked.services) + "\nback-out: " + one.asked.back_out,
                        *one.asked.from, *one.asked.to},
                       made_at);
  }
  for (const auto& freeze : freezes)
    add_calendar_event(lines,
                       {"freeze-" + freeze.name + "-" + ical_utc(freeze.from),
                        "FREEZE " + freeze.name, about(freeze.services) + "\n" + freeze.why,
                        freeze.from, freeze.to},
                       made_at);
  lines.add("END", "VCALENDAR");
  return lines.take();
}

}  // namespace nines::remediate
