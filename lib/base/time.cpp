// Reading and writing of instants and durations.
#include "base/time.hpp"

#include <array>
#include <charconv>

#include <fmt/compile.h>

namespace nines {
namespace {

using namespace std::chrono;

/// Exactly `width` digits at `at`, or nothing.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// "Z" or "+hh:mm" as minutes east of UTC.
std::optional<int> offset_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto h = digits_at(text, 1, 2);
  const auto m = digits_at(text, 4, 2);
  if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*h * 60 + *m);
}

/// At least four digits.
std::string year_digits(int year) {
  if (year < 1000 || year > 9999) return fmt::format(FMT_COMPILE("{:04}"), year);
  return std::to_string(year);
}

struct UnitRow {
  char letter;
  std::int64_t micros;
};
constexpr std::array kUnits{UnitRow{'d', 86400'000'000}, UnitRow{'h', 3600'000'000},
                            UnitRow{'m', 60'000'000}, UnitRow{'s', 1'000'000}};

}  // namespace

std::string_view to_string(Precision precision) {
  switch (precision) {
    case Precision::exact:
      return "exact";
    case Precision::minute:
      return "minute";
    case Precision::about:
      return "about";
    case Precision::unknown:
      return "unknown";
  }
  return "unknown";
}

std::optional<Precision> precision_from(std::string_view text) {
  for (auto p : {Precision::exact, Precision::minute, Precision::about, Precision::unknown})
    if (to_string(p) == text) return p;
  return std::nullopt;
}

std::string format_utc(Instant t) {
  const auto day = floor<days>(t);
  const year_month_day date{day};
  const hh_mm_ss clock{t - day};
  auto text = year_digits(static_cast<int>(date.year()));
  text.reserve(std::string_view("2026-10-01T12:00:00.123456Z").size());
  const auto put = [&](char before, auto n) {  // at most 99; tables of times are long
    text += before;
    text += static_cast<char>('0' + n / 10);
    text += static_cast<char>('0' + n % 10);
  };
  put('-', static_cast<unsigned>(date.month()));
  put('-', static_cast<unsigned>(date.day()));
  put('T', clock.hours().count());
  put(':', clock.minutes().count());
  put(':', clock.seconds().count());
  if (const auto fraction = clock.subseconds().count(); fraction != 0) {
    text += fmt::format(".{:06}", fraction);
    while (text.back() == '0') text.pop_back();
  }
  return text + "Z";
}

constexpr Instant kFirstInstant = sys_days{year{0} / January / 1};
constexpr Instant kEndOfTime = sys_days{year{10000} / January / 1};

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const auto y = digits_at(text, 0, 4), mo = digits_at(text, 5, 2), d = digits_at(text, 8, 2);
  const auto h = digits_at(text, 11, 2), mi = digits_at(text, 14, 2), s = digits_at(text, 17, 2);
  if (!y || !mo || !d || !h || !mi || !s) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  const year_month_day date{year{*y}, month(static_cast<unsigned>(*mo)),
                            day(static_cast<unsigned>(*d))};
  if (!date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
  std::size_t at = 19;
  std::int64_t micros = 0;
  if (at < text.size() && text[at] == '.') {
    std::int64_t unit = 100'000;
    std::size_t digits = 0;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits, unit /= 10)
      micros += unit * (text[at] - '0');
    if (digits == 0) return std::nullopt;
  }
  const auto offset = offset_minutes(text.substr(at));
  if (!offset) return std::nullopt;
  const auto at_utc =
      Instant{sys_days{date}} + hours{*h} + minutes{*mi - *offset} + seconds{*s} + Micros{micros};
  // The offset may lead out of the years that have four digits.
  if (at_utc < kFirstInstant || at_utc >= kEndOfTime) return std::nullopt;
  return at_utc;
}

std::string format_duration(Micros d, bool exact) {
  std::int64_t rest = d.count();
  std::string text = rest < 0 ? "-" : "";
  std::uint64_t left =
      rest < 0 ? 0 - static_cast<std::uint64_t>(rest) : static_cast<std::uint64_t>(rest);
  int shown = 0;
  for (const auto& [letter, micros] : kUnits) {
    const auto unit = static_cast<std::uint64_t>(micros);
    if (left >= unit && (exact || shown < 2)) {
      text += std::to_string(left / unit) + letter;
      ++shown;
    } else if (shown > 0) {
      ++shown;  // only neighbours are shown together: 2d, never 2d5s
    }
    left %= unit;
  }
  if (shown == 0) {
    if (left == 0) return "0s";
    return text + (left % 1000 == 0 ? fmt::format("{}ms", left / 1000) : fmt::format("{}us", left));
  }
  return text;
}

std::optional<Micros> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Micros sum{0};
  while (!text.empty()) {
    std::int64_t count = 0;
    if (text.front() < '0' || text.front() > '9') return std::nullopt;  // from_chars takes a sign
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (problem != std::errc{} || end == text.data() + text.size()) return std::nullopt;
    std::int64_t unit = *end == 'w' ? 7 * kUnits[0].micros : 0;
    for (const auto& row : kUnits)
      if (row.letter == *end) unit = row.micros;
    std::int64_t part = 0;
    std::int64_t total = 0;
    if (unit == 0 || __builtin_mul_overflow(count, unit, &part) ||
        __builtin_add_overflow(sum.count(), part, &total))
      return std::nullopt;
    sum = Micros{total};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  }
  return sum;
}

}  // namespace nines
