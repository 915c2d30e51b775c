// Layouts of times: a list of small steps, walked once per text without allocating.
#include "ingest/time_layout.hpp"

#include <array>

#include <fmt/core.h>

#include "base/ascii.hpp"

namespace nines::ingest {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool begins_with(std::string_view text, std::string_view lower_word) {
  if (text.size() < lower_word.size()) return false;
  for (std::size_t i = 0; i < lower_word.size(); ++i)
    if (lower(text[i]) != lower_word[i]) return false;
  return true;
}

/// The short forms that stand for longer sequences.
std::string expanded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] == '%' && i + 1 < text.size() ? text[i + 1] : '\0';
    std::string_view whole;
    if (c == 'F') whole = "%Y-%m-%d";
    if (c == 'T') whole = "%H:%M:%S";
    if (c == 'R') whole = "%H:%M";
    if (c == 'D') whole = "%m/%d/%y";
    if (whole.empty()) {
      out += text[i];
      if (c != '\0') out += text[++i];
    } else {
      out += whole;
      ++i;
    }
  }
  return out;
}

}  // namespace

/// The rest of the text that is being read.
struct TimeLayout::Cursor {
  std::string_view text;
  int half = -1;  ///< 0 = am, 1 = pm

  bool number(std::size_t least, std::size_t most, int low, int high, int& value) {
    std::size_t n = 0;
    int v = 0;
    while (n < most && n < text.size() && is_digit(text[n])) v = v * 10 + (text[n++] - '0');
    if (n < least || v < low || v > high) return false;
    text.remove_prefix(n);
    value = v;
    return true;
  }

  bool blanks() {
    std::size_t n = 0;
    while (n < text.size() && is_blank(text[n])) ++n;
    text.remove_prefix(n);
    return n > 0;
  }

  /// Full name or its first three letters; gives the index.
  template <std::size_t N>
  bool name(const std::array<std::string_view, N>& names, int& index) {
    for (std::size_t i = 0; i < N; ++i) {
      if (!begins_with(text, names[i].substr(0, 3))) continue;
      text.remove_prefix(begins_with(text, names[i]) ? names[i].size() : 3);
      index = static_cast<int>(i);
      return true;
    }
    return false;
  }

  /// Digits of a fraction, cut after microseconds.
  bool fraction(std::int64_t& micros) {
    std::size_t n = 0;
    std::int64_t value = 0;
    for (; n < 9 && n < text.size() && is_digit(text[n]); ++n)
      if (n < 6) value = value * 10 + (text[n] - '0');
    if (n == 0) return false;
    for (std::size_t i = n; i < 6; ++i) value *= 10;
    text.remove_prefix(n);
    micros = value;
    return true;
  }

  bool epoch(std::int64_t& seconds) {
    const bool minus = !text.empty() && text[0] == '-';
    std::size_t n = minus ? 1 : 0;
    std::int64_t value = 0;
    const std::size_t first = n;
    for (; n < text.size() && n < first + 12 && is_digit(text[n]); ++n)
      value = value * 10 + (text[n] - '0');
    if (n == first) return false;
    text.remove_prefix(n);
    seconds = minus ? -value : value;
    return true;
  }

  bool zone(TimeFields& fields) {
    for (const std::string_view known : {"utc", "gmt", "z"}) {
      if (!begins_with(text, known)) continue;
      if (text.size() > known.size() && lower(text[known.size()]) >= 'a' &&
          lower(text[known.size()]) <= 'z') {
        continue;
      }
      text.remove_prefix(known.size());
      fields.has_offset = true;
      fields.offset_seconds = 0;
      return true;
    }
    return false;
  }

  bool offset(TimeFields& fields) {
    if (!text.empty() && (text[0] == 'Z' || text[0] == 'z')) return zone(fields);
    if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
    const int sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
    int hours = 0, minutes = 0;
    if (!number(2, 2, 0, 23, hours)) return false;
    if (!text.empty() && text[0] == ':') text.remove_prefix(1);
    if (!number(2, 2, 0, 59, minutes)) return false;
    fields.has_offset = true;
    fields.offset_seconds = sign * (hours * 3600 + minutes * 60);
    return true;
  }

  bool step(const Step& step, TimeFields& f);
};

bool TimeLayout::Cursor::step(const Step& step, TimeFields& f) {
  int index = 0;
  switch (step.op) {
    case Op::literal:
      if (text.empty() || text[0] != step.c) return false;
      text.remove_prefix(1);
      return true;
    case Op::blanks:
      return blanks();
    case Op::year:
      return number(4, 4, 0, 9999, f.year);
    case Op::short_year:
      if (!number(2, 2, 0, 99, f.year)) return false;
      f.year += f.year < 69 ? 2000 : 1900;  // POSIX
      return true;
    case Op::month:
      return number(1, 2, 1, 12, f.month);
    case Op::month_name:
      if (!name(kMonths, index)) return false;
      f.month = index + 1;
      return true;
    case Op::day:
      blanks();
      return number(1, 2, 1, 31, f.day);
    case Op::day_of_year:
      return number(1, 3, 1, 366, f.day_of_year);
    case Op::hour:
      return number(1, 2, 0, 23, f.hour);
    case Op::hour12:
      return number(1, 2, 1, 12, f.hour);
    case Op::half:
      if (!begins_with(text, "am") && !begins_with(text, "pm")) return false;
      half = lower(text[0]) == 'p' ? 1 : 0;
      text.remove_prefix(2);
      return true;
    case Op::minute:
      return number(1, 2, 0, 59, f.minute);
    case Op::second:
      return number(1, 2, 0, 60, f.second);
    case Op::fraction:
      return fraction(f.micros);
    case Op::millis:
      if (!number(1, 3, 0, 999, index)) return false;
      f.micros = index * 1000;
      return true;
    case Op::offset:
      return offset(f);
    case Op::zone:
      return zone(f);
    case Op::weekday:
      return name(kDays, index);
    case Op::epoch:
      f.has_epoch = true;
      return epoch(f.epoch_seconds);
  }
  return false;
}

std::optional<TimeLayout::Step> TimeLayout::conversion(char c) {
  switch (c) {
    case 'Y':
      return Step{Op::year};
    case 'y':
      return Step{Op::short_year};
    case 'm':
      return Step{Op::month};
    case 'b':
    case 'B':
    case 'h':
      return Step{Op::month_name};
    case 'd':
    case 'e':
      return Step{Op::day};
    case 'j':
      return Step{Op::day_of_year};
    case 'H':
      return Step{Op::hour};
    case 'I':
      return Step{Op::hour12};
    case 'p':
      return Step{Op::half};
    case 'M':
      return Step{Op::minute};
    case 'S':
      return Step{Op::second};
    case 'f':
      return Step{Op::fraction};
    case 'L':
      return Step{Op::millis};
    case 'z':
      return Step{Op::offset};
    case 'Z':
      return Step{Op::zone};
    case 'a':
    case 'A':
      return Step{Op::weekday};
    case 's':
      return Step{Op::epoch};
    case '%':
      return Step{Op::literal, '%'};
    default:
      return std::nullopt;
  }
}

bool TimeLayout::has(Op op) const {
  for (const Step& step : steps_)
    if (step.op == op) return true;
  return false;
}

/// What keeps the layout from naming a point in time, or nothing.
std::string TimeLayout::missing_part() const {
  if (has(Op::epoch)) return {};
  const bool month_and_day = (has(Op::month) || has(Op::month_name)) && has(Op::day);
  if (!month_and_day && !has(Op::day_of_year)) return "the layout has no date (%m and %d, or %j)";
  if (!has(Op::hour) && !has(Op::hour12)) return "the layout has no hour (%H)";
  if (!has(Op::minute)) return "the layout has no minute (%M)";
  if (has(Op::hour12) != has(Op::half)) return "%I and %p only make sense together";
  return {};
}

TimeLayout::Compiled TimeLayout::compile(std::string_view text) {
  if (text.size() > 200) return {std::nullopt, "the layout is longer than 200 bytes"};
  TimeLayout layout;
  const std::string whole = expanded(text);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (is_blank(whole[i])) {
      if (layout.steps_.empty() || layout.steps_.back().op != Op::blanks)
        layout.steps_.push_back({Op::blanks});
    } else if (whole[i] != '%') {
      layout.steps_.push_back({Op::literal, whole[i]});
    } else {
      if (++i == whole.size()) return {std::nullopt, "the layout ends in a lone '%'"};
      const auto step = conversion(whole[i]);
      if (!step) return {std::nullopt, fmt::format("unknown conversion '%{}'", whole[i])};
      if (step->op != Op::literal && layout.has(step->op))
        return {std::nullopt, fmt::format("'%{}' gives a part that was given before", whole[i])};
      layout.steps_.push_back(*step);
    }
  }
  layout.has_year_ = layout.has(Op::year) || layout.has(Op::short_year) || layout.has(Op::epoch);
  layout.has_zone_ = layout.has(Op::offset) || layout.has(Op::zone) || layout.has(Op::epoch);
  if (std::string missing = layout.missing_part(); !missing.empty()) return {std::nullopt, missing};
  return {std::move(layout), {}};
}

bool TimeLayout::read(std::string_view text, TimeFields& fields) const {
  Cursor cursor{text};
  for (const Step& step : steps_)
    if (!cursor.step(step, fields)) return false;
  if (!cursor.text.empty()) return false;
  if (cursor.half >= 0) fields.hour = fields.hour % 12 + 12 * cursor.half;
  return true;
}

}  // namespace nines::ingest
