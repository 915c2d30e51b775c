// The grammar of times that people type, one small reader per form.
#include "base/time_input.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines {
namespace {

using namespace std::chrono;

constexpr std::string_view kAccepted =
    "write '2026-11-23 09:14', '2026-11-23T09:14:00Z', '09:14', 'yesterday 22:00', 'mon 14:00', "
    "'10m ago', '-10m', 'now', '@1700000000', '2026-W47' or '2026-Q4', each with 'Z', '+02:00' or "
    "'Europe/Paris' behind it if needed; see nines help time";

[[noreturn]] void refuse(std::string_view text, std::string_view why, std::string hint = {}) {
  throw Error(ExitCode::usage, fmt::format("time '{}' {}", text, why),
              hint.empty() ? std::string(kAccepted) : std::move(hint), "INVALID_TIME");
}

/// The words of one input, the zone they are read in, and what is needed to complain about it.
struct Reader {
  std::string_view text;
  const TimeInputRules& rules;
  Zone zone;
  std::vector<std::string> words;  ///< lower case, without the zone
};

std::optional<int> number(std::string_view digits, std::size_t width) {
  if (digits.size() != width) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct ClockTime {
  Micros since_midnight;
  Precision precision;
};

/// "09:14", "09:14:30", "09:14:30.250"; empty when the text has another shape.
std::optional<ClockTime> read_clock(std::string_view word) {
  if (word.size() < 5 || word[2] != ':') return std::nullopt;
  const auto h = number(word.substr(0, 2), 2);
  const auto m = number(word.substr(3, 2), 2);
  if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
  if (word.size() == 5) return ClockTime{hours{*h} + minutes{*m}, Precision::minute};
  if (word.size() < 8 || word[5] != ':') return std::nullopt;
  const auto s = number(word.substr(6, 2), 2);
  if (!s || *s > (*m == 59 ? 60 : 59)) return std::nullopt;  // a leap second is the next second
  Micros fraction{0};
  if (word.size() > 8) {
    const auto digits = word.substr(9);
    const auto value = number(digits, digits.size());
    if (word[8] != '.' || digits.empty() || digits.size() > 9 || !value) return std::nullopt;
    nanoseconds rest{*value};
    for (auto i = digits.size(); i < 9; ++i) rest *= 10;
    fraction = floor<Micros>(rest);
  }
  return ClockTime{hours{*h} + minutes{*m} + seconds{*s} + fraction, Precision::exact};
}

std::optional<year_month_day> read_date(const Reader& in, std::string_view word) {
  if (word.size() != 10 || word[4] != '-' || word[7] != '-') return std::nullopt;
  const auto y = number(word.substr(0, 4), 4);
  const auto m = number(word.substr(5, 2), 2);
  const auto d = number(word.substr(8, 2), 2);
  if (!y || !m || !d) return std::nullopt;
  const auto date = year{*y} / *m / *d;
  if (!date.ok()) refuse(in.text, "names a day that does not exist", "check month and day");
  return date;
}

/// First day of "2026-W47" (ISO 8601), "2026-Q4" or "2026-11".
std::optional<year_month_day> read_period(const Reader& in, std::string_view word) {
  if (word.size() < 7 || word[4] != '-') return std::nullopt;
  const auto y = number(word.substr(0, 4), 4);
  if (!y) return std::nullopt;
  if (word[5] == 'q' && word.size() == 7) {
    const auto q = number(word.substr(6), 1);
    if (!q || *q < 1 || *q > 4) refuse(in.text, "names no quarter", "quarters are Q1 to Q4");
    return year{*y} / static_cast<int>(*q * 3 - 2) / 1;
  }
  if (word[5] == 'w' && word.size() == 8) {
    const auto w = number(word.substr(6), 2);
    // Week 1 holds 4 January.
    const auto monday_of = [](sys_days day) { return day - (weekday{day} - Monday); };
    const auto first = monday_of(sys_days{year{*y} / January / 4});
    const auto next = monday_of(sys_days{year{*y + 1} / January / 4});
    if (!w || *w < 1 || first + weeks{*w - 1} >= next)
      refuse(in.text, "names no week",
             fmt::format("weeks of {} are W01 to W{}", *y, (next - first).count() / 7));
    return year_month_day{first + weeks{*w - 1}};
  }
  const auto m = number(word.substr(5), 2);
  if (!m) return std::nullopt;
  const auto date = year{*y} / *m / 1;
  if (!date.ok()) refuse(in.text, "names no month", "months are 01 to 12");
  return date;
}

LocalTime local_of(year_month_day date, Micros since_midnight = {}) {
  return LocalTime{sys_days{date}.time_since_epoch() + since_midnight};
}

/// The two instants a local time may mean when the clocks change: in an overlap both are that time,
/// in a gap they are it counted from before and from after the change.
std::pair<Instant, Instant> candidates(const Zone& zone, LocalTime local,
                                       const Zone::Resolved& found) {
  if (found.kind != Zone::Kind::gap) return {found.first, found.second};
  const auto before = zone.offset_at(found.first - Micros{1});
  const auto after = zone.offset_at(found.first);
  return {Instant{local.time_since_epoch() - after}, Instant{local.time_since_epoch() - before}};
}

Instant resolve(const Reader& in, LocalTime local) {
  const auto found = in.zone.resolve(local);
  if (found.kind == Zone::Kind::unique) return found.first;
  const auto [earlier, later] = candidates(in.zone, local, found);
  switch (in.rules.fold) {
    case TimeInputRules::Fold::earlier:
      return earlier;
    case TimeInputRules::Fold::later:
      return later;
    case TimeInputRules::Fold::refuse:
      break;
  }
  const bool gap = found.kind == Zone::Kind::gap;
  throw Error(ExitCode::usage,
              fmt::format("time '{}' {} in {}: the clocks were put {} over it", in.text,
                          gap ? "does not exist" : "happened twice", in.zone.name(),
                          gap ? "forward" : "back"),
              fmt::format("write {} or {}, or choose with --fold earlier|later",
                          format_in(in.zone, earlier), format_in(in.zone, later)),
              gap ? "TIME_IN_GAP" : "TIME_AMBIGUOUS");
}

/// A day that is named without a clock begins at its first instant, whatever the clocks did.
TimeInput start_of(const Reader& in, year_month_day date) {
  return {in.zone.resolve(local_of(date)).first, Precision::about, in.zone.name()};
}

TimeInput at_clock(const Reader& in, year_month_day date, ClockTime clock) {
  return {resolve(in, local_of(date, clock.since_midnight)), clock.precision, in.zone.name()};
}

LocalTime local_now(const Reader& in) { return in.zone.to_local(in.rules.now); }

year_month_day day_of(LocalTime local) {
  return year_month_day{sys_days{floor<days>(local.time_since_epoch())}};
}

year_month_day today(const Reader& in) { return day_of(local_now(in)); }

year_month_day days_before(year_month_day date, int count) { return sys_days{date} - days{count}; }

/// "today", "yesterday", "tomorrow", or a weekday as the number of days back to its last coming.
std::optional<year_month_day> read_day_word(const Reader& in, std::string_view word,
                                            std::optional<ClockTime> clock) {
  if (word == "today") return today(in);
  if (word == "yesterday") return days_before(today(in), 1);
  if (word == "tomorrow") return days_before(today(in), -1);
  constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                  "thursday", "friday", "saturday"};
  for (unsigned i = 0; i < kDays.size(); ++i) {
    if (word != kDays[i] && word != kDays[i].substr(0, 3)) continue;
    const auto back = (weekday{sys_days{today(in)}} - weekday{i}).count();
    const auto date = days_before(today(in), static_cast<int>(back));
    const auto local = local_of(date, clock ? clock->since_midnight : Micros{0});
    return local > local_now(in) ? days_before(date, 7) : date;
  }
  return std::nullopt;
}

/// Calendar units count on the calendar of the zone, so that "1mo ago" keeps the clock time.
std::optional<TimeInput> months_back(const Reader& in, std::string_view length) {
  int count = 0;
  const auto [end, problem] = std::from_chars(length.data(), length.data() + length.size(), count);
  const std::string_view unit = length.substr(static_cast<std::size_t>(end - length.data()));
  if (problem != std::errc{} || count < 0 || count > 1200 || (unit != "mo" && unit != "q"))
    return std::nullopt;
  const auto local = local_now(in);
  const auto date = day_of(local);
  auto there = date - months{unit == "q" ? 3 * count : count};
  if (!there.ok()) there = there.year() / there.month() / last;
  const auto clock = local - local_of(date);
  return TimeInput{resolve(in, local_of(there, clock)), Precision::about, in.zone.name()};
}

std::optional<TimeInput> read_ago(const Reader& in) {
  std::string_view length = in.words.front();
  if (in.words.size() > 2 || (in.words.size() == 2 && in.words[1] != "ago")) return std::nullopt;
  if (length.front() == '-') {
    if (in.words.size() == 2) return std::nullopt;
    length.remove_prefix(1);
  }
  if (length.empty() || length.front() < '0' || length.front() > '9') return std::nullopt;
  if (auto calendar = months_back(in, length)) return calendar;
  const auto span = parse_duration(length);
  if (!span) return std::nullopt;
  if (*span > in.rules.now.time_since_epoch()) refuse(in.text, "lies before 1970");
  const char unit = length.back();
  auto precision = Precision::about;
  if (unit == 's') precision = Precision::exact;
  if (unit == 'm' || unit == 'h') precision = Precision::minute;
  return TimeInput{in.rules.now - *span, precision, in.zone.name()};
}

std::optional<TimeInput> read_epoch(const Reader& in) {
  constexpr std::int64_t kYear10000 = 253402300800;
  const std::string_view word = in.words.front();
  if (word.front() != '@' || in.words.size() != 1) return std::nullopt;
  const auto point = word.find('.');
  std::int64_t whole = 0;
  const auto digits = word.substr(1, point == std::string_view::npos ? point : point - 1);
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  Micros fraction{0};
  bool good = problem == std::errc{} && end == digits.data() + digits.size() && whole >= 0;
  if (point != std::string_view::npos) {
    const auto clock = read_clock("00:00:00" + std::string(word.substr(point)));
    good = good && clock.has_value();
    if (clock) fraction = clock->since_midnight;
  }
  if (!good)
    refuse(in.text, "is no count of seconds", "write seconds since 1970 such as @1700000000");
  if (whole >= kYear10000)
    refuse(in.text, "is out of range", "write seconds since 1970, not milliseconds");
  const auto at = from_epoch_micros(whole * 1'000'000) + fraction;
  return TimeInput{at, Precision::exact, in.zone.name()};
}

TimeInput latest_clock(const Reader& in, ClockTime clock) {
  const auto date = today(in);
  const bool passed = local_of(date, clock.since_midnight) <= local_now(in);
  return at_clock(in, passed ? date : days_before(date, 1), clock);
}

std::optional<TimeInput> read_words(const Reader& in) {
  const auto& words = in.words;
  if (words.size() == 1 && words[0] == "now")
    return TimeInput{in.rules.now, Precision::exact, in.zone.name()};
  if (auto epoch = read_epoch(in)) return epoch;
  if (auto ago = read_ago(in)) return ago;
  if (words.size() > 2) return std::nullopt;
  const auto clock = read_clock(words.back());
  if (words.size() == 1 && clock) return latest_clock(in, *clock);
  if (words.size() == 2 && !clock) return std::nullopt;
  auto date = read_date(in, words[0]);
  if (!date) date = read_day_word(in, words[0], clock);
  if (!date && words.size() == 1) date = read_period(in, words[0]);
  if (!date) return std::nullopt;
  return clock ? at_clock(in, *date, *clock) : start_of(in, *date);
}

bool looks_like_zone(std::string_view word) {
  if (word.find('/') != std::string_view::npos || word.front() == '+') return true;
  if (word.front() == '-') return word.size() == 6 && word[3] == ':';
  return word.front() >= 'A' && word.front() <= 'Z' && to_lower_ascii(word) != "ago";
}

[[noreturn]] void refuse_zone(std::string_view name) {
  std::string hint = "write a name such as Europe/Paris, UTC, or +02:00";
  if (const auto names = Zone::suggest(name); !names.empty())
    hint = "did you mean '" + names.front() + "'?";
  throw Error(ExitCode::usage, fmt::format("unknown time zone '{}'", name), hint, "UNKNOWN_ZONE");
}

/// Takes a zone of its own off the end of the words: 'Z', '+02:00', 'Europe/Paris'.
void take_zone(Reader& in, std::vector<std::string_view> words) {
  const auto last = words.back();
  std::string_view name;
  if (words.size() > 1 && looks_like_zone(last)) {
    name = last;
    words.pop_back();
  } else {
    for (const std::size_t size : {1, 6}) {
      if (last.size() <= size || !read_clock(last.substr(0, last.size() - size))) continue;
      const auto suffix = last.substr(last.size() - size);
      if (std::string_view("Zz+-").find(suffix.front()) == std::string_view::npos) continue;
      name = suffix;
      words.back().remove_suffix(size);
      break;
    }
  }
  if (!name.empty()) {
    const auto zone = Zone::find(name);
    if (!zone) refuse_zone(name);
    in.zone = *zone;
  }
  for (const auto word : words) in.words.push_back(to_lower_ascii(word));
}

/// "2026-11-23T09:14" is the date and the clock as two words; the space is as good as the T.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const auto word : split(text, ' '))
    if (!word.empty()) words.push_back(word);
  if (!words.empty() && words[0].size() > 11 && (words[0][10] == 'T' || words[0][10] == 't') &&
      words[0][4] == '-') {
    const auto first = words[0];
    words[0] = first.substr(0, 10);
    words.insert(words.begin() + 1, first.substr(11));
  }
  return words;
}

}  // namespace

TimeInput parse_time_input(std::string_view text, const TimeInputRules& rules) {
  Reader in{text, rules, rules.zone, {}};
  auto words = words_of(text);
  if (words.empty()) refuse(text, "is empty");
  take_zone(in, std::move(words));
  const auto input = read_words(in);
  if (!input) refuse(text, "is not understood");
  if (input->at < Instant{}) refuse(text, "lies before 1970", "nines keeps times from 1970 on");
  if (input->at > rules.now && !rules.allow_future)
    throw Error(ExitCode::usage,
                fmt::format("time '{}' is in the future: {}", text, format_in(in.zone, input->at)),
                fmt::format("it is {} now; say --allow-future if you mean it",
                            format_in(in.zone, rules.now)),
                "TIME_IN_FUTURE");
  return *input;
}

std::string echo_time(std::string_view text, const TimeInput& input, const TimeInputRules& rules) {
  const auto zone = Zone::find(input.zone).value_or(rules.zone);
  const auto age = rules.now - input.at;
  const auto distance = age == Micros{0}  ? std::string("now")
                        : age > Micros{0} ? format_duration(age) + " ago"
                                          : "in " + format_duration(-age);
  return fmt::format("{} -> {} ({})", text, format_in(zone, input.at), distance);
}

}  // namespace nines
