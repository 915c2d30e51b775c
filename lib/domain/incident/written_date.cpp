// Reads a date, and gives nothing for numbers that are none.
#include "domain/incident/written_date.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "base/text.hpp"

namespace nines::incident {
namespace {

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

}  // namespace

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

}  // namespace nines::incident
