// Reads one time by hand, left to right: a date in one of its orders, then a clock, then an offset.
#include "domain/rca/logs/line_time.hpp"

#include <array>

#include "domain/rca/logs/value_words.hpp"

namespace nines::rca {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// A place in the text; every reader moves it on success only.
struct TimeCursor {
  std::string_view text;
  std::size_t at = 0;

  char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool skip(char c) { return peek() == c && (++at, true); }
  std::size_t digits() const {
    std::size_t n = 0;
    while (is_digit(peek(n))) ++n;
    return n;
  }
  std::size_t letters() const {
    std::size_t n = 0;
    while (is_letter(peek(n))) ++n;
    return n;
  }
  /// The next `n` digits as a number; the caller has counted them.
  int take(std::size_t n) {
    int value = 0;
    for (; n > 0; --n) value = value * 10 + (text[at++] - '0');
    return value;
  }
  std::string_view word(std::size_t n) {
    at += n;
    return text.substr(at - n, n);
  }
  bool blanks() {
    const auto before = at;
    while (peek() == ' ') ++at;
    return at > before;
  }
};

bool good_date(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

bool read_fraction(TimeCursor& in, LineTime& time) {
  const auto n = in.digits();
  if (n == 0 || n > 9) return false;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const int digit = in.take(1);
    if (i < 6) value = value * 10 + digit;
  }
  for (std::size_t i = n; i < 6; ++i) value *= 10;
  time.micros = value;
  return true;
}

void read_offset(TimeCursor& in, LineTime& time) {
  auto probe = in;
  probe.blanks();
  if (probe.peek() == 'Z' && !is_letter(probe.peek(1)) && !is_digit(probe.peek(1))) {
    if (probe.at != in.at) return;
    ++probe.at;
    time.has_offset = true;
    in = probe;
    return;
  }
  if (probe.text.substr(probe.at, 3) == "UTC" || probe.text.substr(probe.at, 3) == "GMT") {
    if (is_letter(probe.peek(3))) return;
    probe.at += 3;
    time.has_offset = true;
    in = probe;
    return;
  }
  const char sign = probe.peek();
  if (sign != '+' && sign != '-') return;
  if (sign == '-' && probe.at != in.at && !is_digit(probe.peek(4))) return;
  ++probe.at;
  if (probe.digits() != 2 && probe.digits() != 4) return;
  const int hours = probe.take(2);
  if (probe.peek() == ':' && is_digit(probe.peek(1))) ++probe.at;
  const int minutes = probe.digits() >= 2 ? probe.take(2) : 0;
  if (hours > 14 || minutes > 59) return;
  time.has_offset = true;
  time.offset_seconds = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  in = probe;
}

/// 06:55, 06:55:46, 1:2:35:789, 15.42.50.675872; `separator` is the one between the parts.
bool read_clock(TimeCursor& in, LineTime& time, char separator) {
  auto probe = in;
  if (probe.digits() < 1 || probe.digits() > 2) return false;
  const int hour = probe.take(probe.digits());
  if (hour > 23 || !probe.skip(separator)) return false;
  if (probe.digits() < 1 || probe.digits() > 2) return false;
  const int minute = probe.take(probe.digits());
  if (minute > 59) return false;
  int second = 0;
  if (probe.peek() == separator && is_digit(probe.peek(1))) {
    ++probe.at;
    if (probe.digits() > 2) return false;
    second = probe.take(probe.digits());
    if (second > 60) return false;
    const char mark = probe.peek();
    if ((mark == '.' || mark == ',' || mark == ':') && is_digit(probe.peek(1))) {
      ++probe.at;
      if (!read_fraction(probe, time)) return false;
    }
  } else if (separator != ':') {
    return false;
  }
  if (is_letter(probe.peek()) && probe.peek() != 'Z') return false;
  time.hour = hour;
  time.minute = minute;
  time.second = second;
  if (probe.peek() == ' ' && (lower(probe.peek(1)) == 'a' || lower(probe.peek(1)) == 'p') &&
      lower(probe.peek(2)) == 'm' && !is_letter(probe.peek(3)) && hour <= 12) {
    time.hour = hour % 12 + (lower(probe.peek(1)) == 'p' ? 12 : 0);
    probe.at += 3;
  }
  read_offset(probe, time);
  in = probe;
  return true;
}

/// hhmmss in six digits.
bool read_packed_clock(TimeCursor& in, LineTime& time) {
  if (in.digits() != 6) return false;
  auto probe = in;
  const int hour = probe.take(2), minute = probe.take(2), second = probe.take(2);
  if (hour > 23 || minute > 59 || second > 60) return false;
  time.hour = hour;
  time.minute = minute;
  time.second = second;
  if ((probe.peek() == '.' || probe.peek() == ',') && is_digit(probe.peek(1))) {
    ++probe.at;
    if (!read_fraction(probe, time)) return false;
  }
  in = probe;
  return true;
}

/// What may stand between a date and its clock, then the clock.
bool read_clock_behind_date(TimeCursor& in, LineTime& time) {
  auto probe = in;
  if (probe.peek() == ',') ++probe.at;
  const char mark = probe.peek();
  if (mark == 'T' || mark == 't' || mark == '-' || mark == '_' || mark == ':')
    ++probe.at;
  else if (!probe.blanks())
    return false;
  if (!read_clock(probe, time, ':') && !read_clock(probe, time, '.') &&
      !read_packed_clock(probe, time))
    return false;
  in = probe;
  return true;
}

bool set_date(LineTime& time, int year, int month, int day) {
  if (!good_date(month, day)) return false;
  time.year = year >= 0 && year < 100 ? 2000 + year : year;
  time.month = month;
  time.day = day;
  return true;
}

/// 2005-06-03, 2005/06/03, 2005.06.03, with or without a clock.
bool read_year_first(TimeCursor& in, LineTime& time) {
  auto probe = in;
  const int year = probe.take(4);
  const char separator = probe.peek();
  if (separator != '-' && separator != '/' && separator != '.') return false;
  ++probe.at;
  if (probe.digits() < 1 || probe.digits() > 2) return false;
  const int month = probe.take(probe.digits());
  if (!probe.skip(separator) || probe.digits() < 1 || probe.digits() > 2) return false;
  const int day = probe.take(probe.digits());
  if (year < 1970 || year > 2199 || !set_date(time, year, month, day)) return false;
  read_clock_behind_date(probe, time);
  in = probe;
  return true;
}

/// 20171224-1:2:35:789 and 081109 203615.
bool read_packed_date(TimeCursor& in, LineTime& time, std::size_t digits) {
  auto probe = in;
  const int year = probe.take(digits - 4);
  const int month = probe.take(2), day = probe.take(2);
  if (digits == 8 && (year < 1970 || year > 2199)) return false;
  if (!set_date(time, year, month, day) || !read_clock_behind_date(probe, time)) return false;
  in = probe;
  return true;
}

bool read_epoch(TimeCursor& in, LineTime& time, std::size_t digits) {
  std::int64_t value = 0;
  auto probe = in;
  for (std::size_t i = 0; i < digits; ++i) value = value * 10 + probe.take(1);
  for (auto scale = digits; scale < 16; ++scale) value *= 10;
  if (digits == 19) value /= 1000;
  // 2001 to 2038: what else has ten digits is seldom in there for every line.
  if (value < 1'000'000'000'000'000 || value > 2'150'000'000'000'000) return false;
  if (digits == 10 && probe.peek() == '.' && is_digit(probe.peek(1))) {
    ++probe.at;
    LineTime fraction;
    if (!read_fraction(probe, fraction)) return false;
    value += fraction.micros;
  }
  if (is_letter(probe.peek()) || is_digit(probe.peek())) return false;
  time.epoch = true;
  time.micros = value;
  in = probe;
  return true;
}

/// 17/May/2015:10:05:03, 04 Dec 2005 04:47:44, 04-Dec-05 04:47:44.
bool read_day_first(TimeCursor& in, LineTime& time) {
  auto probe = in;
  const int day = probe.take(probe.digits());
  const char separator = probe.peek();
  if (separator != '/' && separator != '-' && separator != ' ') return false;
  ++probe.at;
  if (probe.letters() != 3) return false;
  const int month = month_of_name(probe.word(3));
  if (!probe.skip(separator) || (probe.digits() != 4 && probe.digits() != 2)) return false;
  const int year = probe.take(probe.digits());
  if (!set_date(time, year, month, day) || !read_clock_behind_date(probe, time)) return false;
  in = probe;
  return true;
}

/// 17/06/09, 06/09/2017, 03-17, 07.26, each with a clock: short numbers alone are no date.
bool read_short_date(TimeCursor& in, LineTime& time) {
  auto probe = in;
  const int first = probe.take(probe.digits());
  const char separator = probe.peek();
  if (separator != '/' && separator != '-' && separator != '.') return false;
  ++probe.at;
  if (probe.digits() < 1 || probe.digits() > 2) return false;
  const int second = probe.take(probe.digits());
  if (probe.peek() == separator && is_digit(probe.peek(1))) {
    ++probe.at;
    const auto n = probe.digits();
    if (n != 2 && n != 4) return false;
    const int third = probe.take(n);
    if (n == 4) {  // by the order that is possible, the month first where both are
      if (!set_date(time, third, first, second) && !set_date(time, third, second, first))
        return false;
    } else if (!set_date(time, first, second, third) && !set_date(time, third, first, second)) {
      return false;
    }
  } else if (!set_date(time, -1, first, second)) {
    return false;
  }
  if (!read_clock_behind_date(probe, time)) return false;
  in = probe;
  return true;
}

bool read_number_first(TimeCursor& in, LineTime& time) {
  const auto n = in.digits();
  if (n == 4) return read_year_first(in, time);
  if (n == 8 || n == 6) return read_packed_date(in, time, n);
  if (n == 10 || n == 13 || n == 16 || n == 19) return read_epoch(in, time, n);
  if (n > 2) return false;
  return read_day_first(in, time) || read_short_date(in, time) || read_clock(in, time, ':');
}

/// Dec 10 06:55:46, Dec 04 04:47:44 2005, Dec 10 2005 06:55:46; a weekday may come first.
bool read_name_first(TimeCursor& in, LineTime& time) {
  auto probe = in;
  if (probe.letters() == 3 && is_weekday_name(probe.text.substr(probe.at, 3))) {
    probe.at += 3;
    probe.skip(',');
    if (!probe.blanks()) return false;
    if (is_digit(probe.peek())) {
      if (!read_day_first(probe, time)) return false;
      in = probe;
      return true;
    }
  }
  if (probe.letters() != 3) return false;
  const int month = month_of_name(probe.word(3));
  if (month == 0 || !probe.blanks() || probe.digits() < 1 || probe.digits() > 2) return false;
  const int day = probe.take(probe.digits());
  int year = -1;
  probe.skip(',');
  if (!probe.blanks()) return false;
  if (probe.digits() == 4) {
    year = probe.take(4);
    if (!probe.blanks()) return false;
  }
  if (!set_date(time, year, month, day) || !read_clock(probe, time, ':')) return false;
  if (auto behind = probe; year < 0 && behind.blanks() && behind.digits() == 4) {
    const int value = behind.take(4);
    if (value >= 1970 && value <= 2199 &&
        (behind.peek() == ' ' || behind.peek() == ']' || behind.peek() == '\0')) {
      time.year = value;
      probe = behind;
    }
  }
  in = probe;
  return true;
}

}  // namespace

int month_of_name(std::string_view word) {
  static constexpr std::array<std::string_view, 12> names = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() != 3) return 0;
  const char low[3] = {lower(word[0]), lower(word[1]), lower(word[2])};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == std::string_view(low, 3)) return static_cast<int>(i) + 1;
  return 0;
}

bool is_weekday_name(std::string_view word) {
  static constexpr std::array<std::string_view, 7> names = {"Mon", "Tue", "Wed", "Thu",
                                                            "Fri", "Sat", "Sun"};
  for (const auto name : names)
    if (name == word) return true;
  return false;
}

std::optional<LineTime> time_at(std::string_view text) {
  if (text.size() < 5) return std::nullopt;
  TimeCursor in{text, 0};
  LineTime time;
  const bool found = is_digit(text[0])    ? read_number_first(in, time)
                     : is_letter(text[0]) ? read_name_first(in, time)
                                          : false;
  if (!found || is_letter(in.peek()) || is_digit(in.peek())) return std::nullopt;
  time.size = in.at;
  return time;
}

std::optional<Instant> instant_of(const LineTime& time, int year) {
  if (time.epoch) return from_epoch_micros(time.micros);
  if (time.month == 0 || time.hour < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{time.year >= 0 ? time.year : year},
                                         std::chrono::month{static_cast<unsigned>(time.month)},
                                         std::chrono::day{static_cast<unsigned>(time.day)}};
  if (!date.ok()) return std::nullopt;
  return Instant{Day{date}} + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second - time.offset_seconds} + Micros{time.micros};
}

}  // namespace nines::rca
