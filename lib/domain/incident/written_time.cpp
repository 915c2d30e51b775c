// A small reader of times in prose: every form is tried at every place where a word begins.
#include "domain/incident/written_time.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.hpp"

namespace nines::incident {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) {
  return is_digit(c) || is_letter(c) || (static_cast<unsigned char>(c) & 0x80);
}

/// A place in the text that moves only when something was read.
struct Scan {
  std::string_view text;
  std::size_t at = 0;

  char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool ended() const { return !is_word(peek()); }
  bool take(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  bool take_any(std::string_view set) {
    if (at >= text.size() || set.find(peek()) == std::string_view::npos) return false;
    ++at;
    return true;
  }
  void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n') ++at;  // prose wraps anywhere
  }
  /// Between `least` and `most` digits, and no digit after them.
  std::optional<int> number(int least, int most) {
    int count = 0, value = 0;
    while (count < most && is_digit(peek(static_cast<std::size_t>(count)))) {
      value = value * 10 + (peek(static_cast<std::size_t>(count)) - '0');
      ++count;
    }
    if (count < least || is_digit(peek(static_cast<std::size_t>(count)))) return std::nullopt;
    at += static_cast<std::size_t>(count);
    return value;
  }
  std::string_view letters() const {
    std::size_t length = 0;
    while (is_letter(peek(length))) ++length;
    return text.substr(at, length);
  }
  bool word(std::string_view lower) {
    const auto here = letters();
    if (here.size() != lower.size() || to_lower_ascii(here) != lower) return false;
    at += here.size();
    return true;
  }
};

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

/// "Nov", "November", "Sept"; names begin with a capital, or "may" and "march" would be months.
template <std::size_t N>
int named(std::string_view word, const std::array<std::string_view, N>& names) {
  if (word.size() < 3 || word[0] < 'A' || word[0] > 'Z') return -1;
  const auto lower = to_lower_ascii(word);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == lower || (lower.size() <= 4 && names[i].starts_with(lower)))
      return static_cast<int>(i);
  return -1;
}

bool is_date(const WrittenDate& date) {
  const auto year = std::chrono::year{date.year.value_or(2024)};  // a leap year: 29 February may be
  return (year / std::chrono::month{date.month} / std::chrono::day{date.day}).ok();
}

std::optional<WrittenDate> checked(WrittenDate date, const Scan& scan) {
  // "2023-07-25T14:05Z" goes on with a letter, and rightly so.
  const bool clock_follows = scan.peek() == 'T' && is_digit(scan.peek(1));
  if (!is_date(date) || (!scan.ended() && !clock_follows)) return std::nullopt;
  return date;
}

/// 2026-11-23, 2026/11/23; 11-23-2026 where only one of both can be the month.
std::optional<WrittenDate> numeric_date(Scan& scan) {
  auto s = scan;
  if (const auto year = s.number(4, 4)) {
    const char mark = s.peek();
    if (*year < 1970 || *year > 2199 || !s.take_any("-/")) return std::nullopt;
    const auto month = s.number(1, 2);
    if (!month || !s.take(mark)) return std::nullopt;
    const auto day = s.number(1, 2);
    if (!day) return std::nullopt;
    scan = s;
    return checked({*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)}, s);
  }
  const auto first = s.number(1, 2);
  const char mark = s.peek();
  if (!first || !s.take_any("-/.")) return std::nullopt;
  const auto second = s.number(1, 2);
  if (!second || !s.take(mark)) return std::nullopt;
  const auto year = s.number(4, 4);
  if (!year || (*first <= 12) == (*second <= 12)) return std::nullopt;
  scan = s;
  const auto month = std::min(*first, *second), day = std::max(*first, *second);
  return checked({*year, static_cast<unsigned>(month), static_cast<unsigned>(day)}, s);
}

std::optional<unsigned> day_number(Scan& scan) {
  auto s = scan;
  const auto day = s.number(1, 2);
  if (!day || *day < 1 || *day > 31) return std::nullopt;
  for (const auto* ending : {"st", "nd", "rd", "th"})
    if (s.word(ending)) break;
  if (!s.ended() || s.peek() == ':') return std::nullopt;
  scan = s;
  return static_cast<unsigned>(*day);
}

void take_year(Scan& scan, WrittenDate& date) {
  auto s = scan;
  s.take(',');
  s.blanks();
  const auto year = s.number(4, 4);
  if (!year || *year < 1970 || *year > 2199 || !s.ended() || s.peek() == ':') return;
  date.year = *year;
  scan = s;
}

/// "November 23rd, 2026", "23 November 2026", "Tuesday, 23rd of November".
std::optional<WrittenDate> named_date(Scan& scan) {
  auto s = scan;
  if (const auto word = s.letters(); named(word, kDays) >= 0) {
    s.at += word.size();
    s.take(',');
    s.blanks();
  }
  WrittenDate date;
  auto word = s.letters();
  if (const int month = named(word, kMonths); month >= 0) {
    s.at += word.size();
    s.take('.');
    s.blanks();
    const auto day = day_number(s);
    if (!day) return std::nullopt;
    date = {std::nullopt, static_cast<unsigned>(month) + 1, *day};
  } else {
    const auto day = day_number(s);
    if (!day) return std::nullopt;
    s.blanks();
    if (s.word("of")) s.blanks();
    s.take_any("-/");
    word = s.letters();
    const int after = named(word, kMonths);
    if (after < 0) return std::nullopt;
    s.at += word.size();
    s.take_any("-/");
    date = {std::nullopt, static_cast<unsigned>(after) + 1, *day};
  }
  take_year(s, date);
  scan = s;
  return checked(date, s);
}

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

/// "+01:00", "-0700" directly behind a clock time.
std::size_t offset_length(std::string_view text) {
  Scan s{text};
  if (!s.take_any("+-") || !s.number(2, 2)) {
    s = {text};
    if (!s.take_any("+-") || !s.number(4, 4)) return 0;
    return s.ended() ? s.at : 0;
  }
  s.take(':');
  return s.number(2, 2) && s.ended() ? s.at : 0;
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

constexpr std::string_view kHedges[] = {"around", "about", "approximately", "approx.", "roughly",
                                        "circa",  "ca.",   "approx",        "~"};

bool hedged(std::string_view before) {
  const auto lower = to_lower_ascii(trim(before));
  return std::any_of(std::begin(kHedges), std::end(kHedges), [&](std::string_view hedge) {
    return lower.ends_with(hedge) && (hedge == "~" || lower.size() == hedge.size() ||
                                      !is_word(lower[lower.size() - hedge.size() - 1]));
  });
}

struct ZoneWord {
  std::string_view word;
  int minutes;
};
constexpr ZoneWord kOffsets[] = {
    {"UTC", 0},    {"GMT", 0},    {"Z", 0},      {"BST", 60},   {"WET", 0},    {"WEST", 60},
    {"CET", 60},   {"CEST", 120}, {"EET", 120},  {"EEST", 180}, {"EST", -300}, {"EDT", -240},
    {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"JST", 540},
    {"AEST", 600}, {"AEDT", 660}, {"NZST", 720}, {"NZDT", 780}, {"SGT", 480},  {"CST", -360}};
struct ZoneMeant {
  std::string_view word, zone;
};
constexpr ZoneMeant kMeant[] = {{"PT", "America/Los_Angeles"},
                                {"ET", "America/New_York"},
                                {"CT", "America/Chicago"},
                                {"MT", "America/Denver"}};

}  // namespace

std::size_t zone_word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() &&
         (is_letter(text[length]) || text[length] == '_' || (text[length] == '/' && length > 1)))
    ++length;
  if (length < text.size() && is_digit(text[length])) return 0;
  const auto word = text.substr(0, length);
  if (word == "Z") return 1;
  if (offset_of(word) || zone_meant(word)) return length;
  const auto slash = word.find('/');
  constexpr std::string_view kAreas[] = {"Africa",   "America",   "Antarctica", "Asia",
                                         "Atlantic", "Australia", "Europe",     "Indian",
                                         "Pacific",  "US",        "Etc"};
  if (slash == std::string_view::npos || slash + 1 == word.size()) return 0;
  return std::find(std::begin(kAreas), std::end(kAreas), word.substr(0, slash)) != std::end(kAreas)
             ? length
             : 0;
}

std::optional<int> offset_of(std::string_view zone_word) {
  for (const auto& known : kOffsets)
    if (known.word == zone_word) return known.minutes;
  if (zone_word.empty() || offset_length(zone_word) != zone_word.size()) return std::nullopt;
  std::string digits;
  for (const char c : zone_word)
    if (is_digit(c)) digits += c;
  const int minutes = std::stoi(digits.substr(0, 2)) * 60 + std::stoi(digits.substr(2));
  return zone_word[0] == '-' ? -minutes : minutes;
}

std::optional<std::string_view> zone_meant(std::string_view zone_word) {
  for (const auto& known : kMeant)
    if (known.word == zone_word) return known.zone;
  return std::nullopt;
}

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
