// Walks the lines of an .ics file for BEGIN and END only; folded lines are never either.
#include "calendar/ics_text.hpp"

#include "base/text.hpp"

namespace nines::calendar {
namespace {

std::string in_line(int line) { return " in line " + std::to_string(line); }

/// The name behind "BEGIN:" or "END:", in lower case; empty for any other line.
std::string part_of(std::string_view line, std::string_view word) {
  if (!starts_with_ignoring_case(line, word)) return {};
  return to_lower_ascii(trim(line.substr(word.size())));
}

class Walk {
 public:
  Walk(const IcsLimits& limits, IcsOutline& outline) : limits_(limits), outline_(outline) {}

  std::optional<Refusal> line(std::string_view text, int number) {
    if (const auto part = part_of(text, "BEGIN:"); !part.empty()) return begin(part, number);
    if (const auto part = part_of(text, "END:"); !part.empty()) return end(part, number);
    if (open_.empty() && !trim(text).empty())
      return Refusal{"it is no calendar: text outside BEGIN:VCALENDAR" + in_line(number),
                     "an .ics file begins with BEGIN:VCALENDAR"};
    return std::nullopt;
  }

  std::optional<Refusal> finish() const {
    if (!open_.empty())
      return Refusal{"it is cut off: '" + open_.back() + "' never ends",
                     "fetch the file again; it ends with END:VCALENDAR"};
    if (calendars_ == 0)
      return Refusal{"it holds no calendar", "an .ics file begins with BEGIN:VCALENDAR"};
    return std::nullopt;
  }

 private:
  std::optional<Refusal> begin(const std::string& part, int number) {
    if (open_.empty() != (part == "vcalendar"))
      return Refusal{"it is no calendar: '" + escape_controls(fit_width(part, 40)) +
                         "' begins in the wrong place" + in_line(number),
                     "an .ics file begins with BEGIN:VCALENDAR, and calendars hold no calendars"};
    if (open_.size() >= static_cast<std::size_t>(limits_.depth))
      return Refusal{"its parts are nested too deeply" + in_line(number), "no calendar needs that"};
    if (open_.empty()) ++calendars_;
    if (part == "vevent" && open_.size() == 1) {
      if (outline_.event_lines.size() >= limits_.events)
        return Refusal{"it holds more than " + group_digits(limits_.events) + " events",
                       "give the holidays alone, not everything that is planned"};
      outline_.event_lines.push_back(number);
    }
    if ((part == "standard" || part == "daylight") && ++zone_parts_ > limits_.zone_parts)
      return Refusal{"its time zones have too many parts" + in_line(number),
                     "name zones of the IANA database instead"};
    open_.push_back(part);
    return std::nullopt;
  }

  std::optional<Refusal> end(const std::string& part, int number) {
    if (!open_.empty() && open_.back() == part) {
      open_.pop_back();
      return std::nullopt;
    }
    return Refusal{
        "'" + escape_controls(fit_width(part, 40)) + "' ends and was not begun" + in_line(number),
        "the file is damaged; fetch it again"};
  }

  const IcsLimits& limits_;
  IcsOutline& outline_;
  std::vector<std::string> open_;
  std::size_t calendars_ = 0;
  std::size_t zone_parts_ = 0;
};

}  // namespace

std::optional<Refusal> outline_of(std::string_view text, const IcsLimits& limits,
                                  IcsOutline& outline) {
  if (text.size() > limits.bytes)
    return Refusal{"it is larger than " + std::to_string(limits.bytes >> 20) + " MiB",
                   "give the holidays alone, not everything that is planned"};
  if (text.find('\0') != std::string_view::npos || !is_valid_utf8(text))
    return Refusal{"it is not UTF-8 text", "convert it, for example with iconv"};
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  Walk walk(limits, outline);
  int number = 0;
  for (auto line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool folded = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    if (folded) continue;
    if (auto refusal = walk.line(line, number)) return refusal;
  }
  return walk.finish();
}

}  // namespace nines::calendar
