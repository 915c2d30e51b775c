// A small reader of times in prose: every form is tried at every place where a word begins.
#include "domain/incident/written_time.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"
#include "domain/incident/text_scan.hpp"
#include "domain/incident/written_date.hpp"
#include "domain/incident/written_zone.hpp"

namespace nines::incident {
namespace {

/// Adds "am" or "pm"; false when the hour cannot go with it.
bool take_half(Scan& scan, int& hour, bool& had) {
  auto s = scan;
  s.blanks();
  bool afternoon = false;
  had = false;
  if (s.word("am") || (s.word("a") && s.take('.') && s.word("m") && s.take('.'))) {
  } else if (s.word("pm") || (s.word("p") && s.take('.') && s.word("m") && s.take('.'))) {
    afternoon = true;
  } else {
    return true;
  }
  if (hour < 1 || hour > 12) return hour > 12;  // "16:02 pm" says the same twice
  hour = hour % 12 + (afternoon ? 12 : 0);
  had = true;
  scan = s;
  return true;
}

std::optional<WrittenClock> clock_time(Scan& scan) {
  auto s = scan;
  auto hour = s.number(1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  WrittenClock clock{*hour};
  bool half = false;
  if (s.take(':')) {
    const auto minute = s.number(2, 2);
    if (!minute || *minute > 59) return std::nullopt;
    clock.minute = *minute;
    if (s.peek() == ':' && is_digit(s.peek(1))) {
      s.take(':');
      const auto second = s.number(2, 2);
      if (!second || *second > 60) return std::nullopt;
      clock.second = *second;
      if ((s.peek() == '.' || s.peek() == ',') && is_digit(s.peek(1))) {
        ++s.at;
        std::int64_t scale = 100'000;
        for (; is_digit(s.peek()); ++s.at, scale /= 10) clock.micros += (s.peek() - '0') * scale;
      }
    }
    if (!take_half(s, clock.hour, half)) return std::nullopt;
  } else {
    if (!take_half(s, clock.hour, half) || !half) return std::nullopt;
  }
  // "13:5", "01:02:03:04" and "src/main.rs:119:5" are no times of day.
  if (s.peek() == ':' && is_digit(s.peek(1))) return std::nullopt;
  scan = s;
  return clock;
}

void take_zone(Scan& scan, WrittenTime& time) {
  auto s = scan;
  // "10:00-17:00" is a stretch; behind seconds or a "T" it is an offset.
  const auto written = s.text.substr(time.begin, s.at - time.begin);
  const bool iso = time.clock->second || written.find('T') != std::string_view::npos;
  if (const auto length = offset_length(s.text.substr(s.at));
      length > 0 && (iso || s.peek() == '+')) {
    time.zone = std::string(s.text.substr(s.at, length));
    scan.at += length;
    return;
  }
  s.blanks();
  const bool bracket = s.take('(');
  const auto length = zone_word_length(s.text.substr(s.at));
  if (length == 0) return;
  const auto word = s.text.substr(s.at, length);
  s.at += length;
  if (bracket && !s.take(')')) return;
  time.zone = std::string(word);
  scan = s;
}

/// What may stand between a date and its clock time.
void between(Scan& s) {
  if (s.peek() == 'T' && is_digit(s.peek(1))) {
    ++s.at;
    return;
  }
  s.take(',');
  s.blanks();
  if (s.word("at")) s.blanks();
  s.take('@');
}

constexpr std::string_view kAboutWords[] = {
    "around", "about", "approximately", "approx.", "roughly", "circa", "ca.", "approx", "~"};

bool hedged(std::string_view before) {
  const auto lower = to_lower_ascii(trim(before));
  return std::any_of(std::begin(kAboutWords), std::end(kAboutWords), [&](std::string_view hedge) {
    return lower.ends_with(hedge) && (hedge == "~" || lower.size() == hedge.size() ||
                                      !is_word(lower[lower.size() - hedge.size() - 1]));
  });
}

}  // namespace

std::optional<WrittenTime> read_time(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  if (at > 0 && (is_word(text[at - 1]) ||
                 (is_digit(text[at]) && at > 1 && is_word(text[at - 2]) &&
                  std::string_view(":./").find(text[at - 1]) != std::string_view::npos)))
    return std::nullopt;
  WrittenTime time;
  time.begin = at;
  Scan scan{text, at};
  time.date = numeric_date(scan);
  if (!time.date) {
    scan.at = at;
    time.date = named_date(scan);
  }
  if (time.date) {
    auto s = scan;
    between(s);
    if (auto clock = clock_time(s)) {
      time.clock = clock;
      scan = s;
      take_zone(scan, time);
    }
  } else {
    scan.at = at;
    time.clock = clock_time(scan);
    if (!time.clock) return std::nullopt;
    take_zone(scan, time);
    auto s = scan;
    s.take(',');
    s.blanks();
    if (s.word("on")) s.blanks();
    if (s.at > scan.at) {
      auto date = numeric_date(s);
      if (!date) date = named_date(s);
      if (date) {
        time.date = date;
        scan = s;
      }
    }
  }
  time.end = scan.at;
  time.about = hedged(text.substr(0, at));
  return time;
}

std::vector<WrittenTime> find_times(std::string_view text) {
  std::vector<WrittenTime> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_word(text[at])) continue;
    if (const auto time = read_time(text, at)) {
      found.push_back(*time);
      at = std::max(time->end, at + 1) - 1;
      continue;
    }
    while (at + 1 < text.size() && is_word(text[at + 1]) && is_word(text[at])) ++at;
  }
  return found;
}

std::size_t unreadable_clock(std::string_view text) {
  Scan s{text};
  if (text.starts_with("(")) {
    const auto close = text.find(')');
    if (close == std::string_view::npos || close > 40) return 0;
    const auto inside = to_lower_ascii(text.substr(1, close - 1));
    for (const auto* word : {"tbc", "tbd", "time", "unknown", "?"})
      if (inside.find(word) != std::string::npos) return close + 1;
    return 0;
  }
  for (const auto* word : {"TBC", "TBD", "tbc", "tbd", "unknown", "??:??", "?"})
    if (text.starts_with(word)) return std::string_view(word).size();
  if (const auto number = s.number(4, 4); number && s.ended()) return s.at;
  s = {text};
  if (!s.number(1, 2) || !s.take_any(".:;h") || !s.number(1, 2) || !s.ended()) return 0;
  // "11.50.2" is the number of a version.
  const auto rest = text.substr(s.at);
  const bool more = rest.size() > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9';
  return more ? 0 : s.at;
}

std::optional<std::chrono::local_time<Micros>> local_time_of(const WrittenDate& date,
                                                             const WrittenClock& clock, int year) {
  const std::chrono::year_month_day day{std::chrono::year{date.year.value_or(year)},
                                        std::chrono::month{date.month}, std::chrono::day{date.day}};
  if (!day.ok()) return std::nullopt;
  return std::chrono::local_days{day} + std::chrono::hours{clock.hour} +
         std::chrono::minutes{clock.minute} + std::chrono::seconds{clock.second.value_or(0)} +
         Micros{clock.micros};
}

}  // namespace nines::incident
