// Writes RFC 5545: escaped text, CRLF, lines of at most 75 octets that never cut a character.
#include "domain/incident/icalendar.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

/// "20260323T080000Z".
std::string basic_utc(Instant t) {
  const auto text = format_utc(std::chrono::floor<std::chrono::seconds>(t));
  std::string basic;
  for (const char c : text)
    if (c != '-' && c != ':') basic += c;
  return basic;
}

/// Control characters have no place in a text value.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ';' || c == ',')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out += c;
  }
  return out;
}

class IcsLines {
 public:
  void add(std::string_view name, std::string_view value) {
    std::string line(name);
    line += ':';
    line += value;
    constexpr std::size_t kMost = 75;
    std::size_t at = 0;
    bool first = true;
    while (at < line.size()) {
      auto length = std::min(line.size() - at, kMost - (first ? 0 : 1));
      const auto inside = [&](std::size_t i) {
        return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U;
      };
      while (length > 1 && inside(at + length)) --length;
      text_ += (first ? "" : " ") + line.substr(at, length) + "\r\n";
      at += length;
      first = false;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

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

void add_event(IcsLines& lines, const std::string& rota, const DutyShift& shift,
               const CalendarOptions& options) {
  const auto start = basic_utc(shift.when.from);
  lines.add("BEGIN", "VEVENT");
  lines.add("UID", escaped(rota + "-" + shift.role + "-" + start + "@nines"));
  lines.add("DTSTAMP", basic_utc(options.made_at));
  lines.add("DTSTART", start);
  lines.add("DTEND", basic_utc(shift.when.to));
  lines.add("SUMMARY", escaped(summary_of(shift, rota, options)));
  if (const auto text = description_of(shift); !text.empty())
    lines.add("DESCRIPTION", escaped(text));
  lines.add("TRANSP", "TRANSPARENT");
  lines.add("END", "VEVENT");
}

}  // namespace

std::string icalendar_of(const std::vector<RotaTimeline>& timelines,
                         const CalendarOptions& options) {
  IcsLines lines;
  lines.add("BEGIN", "VCALENDAR");
  lines.add("VERSION", "2.0");
  lines.add("PRODID", "-//nines//oncall//EN");
  lines.add("CALSCALE", "GREGORIAN");
  lines.add("METHOD", "PUBLISH");
  lines.add("X-WR-CALNAME", escaped(options.name));
  lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
  lines.add("X-PUBLISHED-TTL", "PT1H");
  for (const auto& timeline : timelines)
    for (const auto& shift : timeline.shifts) add_event(lines, timeline.rota, shift, options);
  lines.add("END", "VCALENDAR");
  return lines.take();
}

}  // namespace nines::incident
