// Reads compiled zone files: the 64-bit transitions of RFC 8536, then the rule of the years after
// them.
#include "base/zone_file.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace nines {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

/// Big-endian, two's complement. The caller knows that the bytes are there.
template <typename Number>
Number number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (const char c : bytes.substr(at, sizeof(Number)))
    value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<Number>(value);
}

/// The counts of one header, in the order of the file.
struct Counts {
  static constexpr std::size_t kSize = 44;
  std::uint64_t utc_flags, standard_flags, leaps, times, types, letters;

  static std::optional<Counts> read(std::string_view bytes) {
    if (bytes.size() < kSize || bytes.substr(0, 4) != "TZif" || bytes[4] < '2') return std::nullopt;
    const auto count = [&](std::size_t i) { return number_at<std::uint32_t>(bytes, 20 + 4 * i); };
    return Counts{count(0), count(1), count(2), count(3), count(4), count(5)};
  }
  /// Of what follows the header. Counts have 32 bits, so the sum cannot overflow.
  std::uint64_t size(std::uint64_t time_size) const {
    return times * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) +
           standard_flags + utc_flags;
  }
};

/// Takes what is known off the front of a rule's text; what is not there makes `good` false.
struct RuleText {
  std::string_view left;
  bool good = true;

  bool take(char c) {
    if (left.empty() || left.front() != c) return false;
    left.remove_prefix(1);
    return true;
  }
  void expect(char c) { good = take(c) && good; }
  int number(int most) {
    int value = 0;
    const auto before = left.size();
    while (!left.empty() && left.front() >= '0' && left.front() <= '9' && value <= most) {
      value = value * 10 + left.front() - '0';
      left.remove_prefix(1);
    }
    good = good && left.size() < before && value <= most;
    return value;
  }
  /// "-1", "2:30", "+167:59:59".
  seconds time() {
    const bool negative = take('-');
    if (!negative) take('+');
    seconds value = hours{number(167)};
    if (take(':')) value += minutes{number(59)};
    if (take(':')) value += seconds{number(59)};
    return negative ? -value : value;
  }
  /// "CET" or "<+0330>".
  void name() {
    const bool quoted = take('<');
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto end = quoted
                         ? left.find('>')
                         : static_cast<std::size_t>(
                               std::find_if_not(left.begin(), left.end(), letter) - left.begin());
    good = good && end != std::string_view::npos && end >= 3;
    left.remove_prefix(std::min(left.size(), end));
    if (quoted) expect('>');
  }
};

/// A day of each year and a local time of it, the time up to a week off either way.
struct YearlyMoment {
  enum class Form { weekday, day_without_leap, day } form = Form::day;
  int month = 0, week = 0, day = 0;
  seconds time = hours{2};

  static YearlyMoment read(RuleText& text) {
    YearlyMoment moment;
    if (text.take('M')) {
      moment.form = Form::weekday;
      moment.month = text.number(12);
      text.expect('.');
      moment.week = text.number(5);
      text.expect('.');
      moment.day = text.number(6);
      text.good = text.good && moment.month > 0 && moment.week > 0;
    } else if (text.take('J')) {
      moment.form = Form::day_without_leap;
      moment.day = text.number(365);
      text.good = text.good && moment.day > 0;
    } else {
      moment.day = text.number(365);
    }
    if (text.take('/')) moment.time = text.time();
    return moment;
  }

  /// As if local time were UTC.
  sys_seconds in(std::chrono::year year) const {
    const sys_days start{year / std::chrono::January / 1};
    if (form == Form::day) return start + days{day} + time;
    if (form == Form::day_without_leap)
      return start + days{day - 1 + (year.is_leap() && day >= 60 ? 1 : 0)} + time;
    const auto named = year / std::chrono::month{static_cast<unsigned>(month)};
    const std::chrono::weekday weekday{static_cast<unsigned>(day)};
    if (week == 5) return sys_days{named / weekday[std::chrono::last]} + time;
    return sys_days{named / weekday[static_cast<unsigned>(week)]} + time;
  }
};

/// "CET-1CEST,M3.5.0,M10.5.0/3"; offsets in it are west of UTC.
struct YearlyRule {
  seconds standard{0}, summer{0};
  YearlyMoment begins, ends;

  /// Empty where the text has no summer time, or is none that we know.
  static std::optional<YearlyRule> read(std::string_view line) {
    RuleText text{line};
    YearlyRule rule;
    text.name();
    rule.standard = -text.time();
    text.name();
    rule.summer = rule.standard + hours{1};
    if (!text.left.empty() && text.left.front() != ',') rule.summer = -text.time();
    text.expect(',');
    rule.begins = YearlyMoment::read(text);
    text.expect(',');
    rule.ends = YearlyMoment::read(text);
    if (!text.good || !text.left.empty()) return std::nullopt;
    return rule;
  }
};

bool usual(seconds offset) { return offset > -kMostZoneOffset && offset < kMostZoneOffset; }

/// What the rule says for the years after the last transition.
void carry_on(std::vector<ZonePeriod>& periods, const YearlyRule& rule) {
  const auto last = periods.back().from;
  // A file without transitions has its rule for all time; nobody asks for summer time before 1900.
  const auto since = std::max(last, sys_seconds{sys_days{std::chrono::year{1900} / 1 / 1}});
  const auto begin = std::chrono::year_month_day{std::chrono::floor<days>(since)}.year();
  for (auto year = begin; year <= std::chrono::year{kLastZoneYear}; ++year)
    for (const auto& change : {ZonePeriod{rule.begins.in(year)-rule.standard, rule.summer},
                               ZonePeriod{rule.ends.in(year)-rule.summer, rule.standard}})
      if (change.from > last) periods.push_back(change);
  std::ranges::stable_sort(periods, {}, &ZonePeriod::from);
}

}  // namespace

std::optional<std::vector<ZonePeriod>> parse_zone_file(std::string_view bytes) {
  // First the same with times of 32 bits, for old readers.
  const auto old = Counts::read(bytes);
  if (!old || old->size(4) > bytes.size() - Counts::kSize) return std::nullopt;
  bytes.remove_prefix(Counts::kSize + old->size(4));
  const auto counts = Counts::read(bytes);
  if (!counts || counts->size(8) > bytes.size() - Counts::kSize) return std::nullopt;
  if (counts->types == 0 || counts->leaps != 0) return std::nullopt;
  bytes.remove_prefix(Counts::kSize);

  const auto indexes = counts->times * 8;
  const auto types = indexes + counts->times;
  std::vector<ZonePeriod> periods;
  periods.reserve(counts->times + 1);
  const auto add = [&](sys_seconds from, std::uint64_t type) {
    if (type >= counts->types) return false;
    const seconds offset{number_at<std::int32_t>(bytes, types + 6 * type)};
    if (!usual(offset) || (!periods.empty() && from <= periods.back().from)) return false;
    periods.push_back({from, offset});
    return true;
  };
  if (!add(sys_seconds::min(), 0)) return std::nullopt;
  for (std::uint64_t i = 0; i < counts->times; ++i)
    if (!add(sys_seconds{seconds{number_at<std::int64_t>(bytes, 8 * i)}},
             number_at<std::uint8_t>(bytes, indexes + i)))
      return std::nullopt;

  bytes.remove_prefix(counts->size(8));
  if (bytes.size() < 2 || bytes.front() != '\n') return periods;
  const auto rule = YearlyRule::read(bytes.substr(1, bytes.find('\n', 1) - 1));
  if (rule && usual(rule->standard) && usual(rule->summer)) carry_on(periods, *rule);
  return periods;
}

}  // namespace nines
