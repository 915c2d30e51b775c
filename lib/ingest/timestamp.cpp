// Times of raw files: neighbouring rows share their minute, so that is looked up before it is read.
#include "ingest/timestamp.hpp"

#include <chrono>

#include "base/ascii.hpp"

namespace nines::ingest {
namespace {

using namespace std::chrono;

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kLastSecond = 7'258'118'400;  ///< 2200-01-01

/// Two digits, or -1.
int two(const char* p) {
  return is_digit(p[0]) && is_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

std::int64_t days_of(year_month_day date) { return sys_days{date}.time_since_epoch().count(); }

TimeProblem checked(std::int64_t seconds, std::int64_t extra, std::int64_t& micros) {
  if (seconds < 0 || seconds >= kLastSecond) return TimeProblem::out_of_range;
  micros = seconds * kMicrosPerSecond + extra;
  return TimeProblem::none;
}

int month_of(const char* p) {
  constexpr std::string_view kNames = "janfebmaraprmayjunjulaugsepoctnovdec";
  char name[3];
  for (int i = 0; i < 3; ++i) name[i] = static_cast<char>(p[i] | 0x20);
  for (int m = 0; m < 12; ++m)
    if (kNames.substr(static_cast<std::size_t>(m) * 3, 3) == std::string_view(name, 3))
      return m + 1;
  return -1;
}

/// "+0000", "+00:00", "Z", or empty: seconds east of UTC.
bool read_offset(std::string_view text, TimeFields& fields) {
  if (text.empty()) return true;
  fields.has_offset = true;
  if (text == "Z" || text == "z") return true;
  if (text[0] != '+' && text[0] != '-') return false;
  if (text.size() != 5 && !(text.size() == 6 && text[3] == ':')) return false;
  const int hours = two(text.data() + 1), minutes = two(text.data() + text.size() - 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  fields.offset_seconds = (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  return true;
}

/// Whole ticks and the digits after the point, scaled to microseconds without rounding.
struct Ticks {
  std::int64_t whole = 0;
  std::int64_t fraction_micros_of_tick = 0;  ///< millionths of a tick
};

bool read_ticks(std::string_view text, Ticks& ticks) {
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (i == 19 || ticks.whole > 900'000'000'000'000'000) return false;
    ticks.whole = ticks.whole * 10 + (text[i] - '0');
  }
  if (i == 0) return false;
  if (i == text.size()) return true;
  if (text[i] != '.' || i + 1 == text.size()) return false;
  std::int64_t unit = 100'000;
  for (++i; i < text.size(); ++i) {
    if (!is_digit(text[i])) return false;
    ticks.fraction_micros_of_tick += (text[i] - '0') * unit;
    unit /= 10;
  }
  return true;
}

}  // namespace

std::string_view describe(TimeProblem problem) {
  switch (problem) {
    case TimeProblem::none:
      return "is a time";
    case TimeProblem::malformed:
      return "is not a time in the stated format";
    case TimeProblem::impossible_date:
      return "names a day that does not exist";
    case TimeProblem::out_of_range:
      return "lies outside of the years 1970 to 2199 (wrong unit?)";
    case TimeProblem::no_offset:
      return "has no offset from UTC";
    case TimeProblem::gap:
      return "does not exist in the stated zone (clocks went forward)";
    case TimeProblem::overlap:
      return "occurs twice in the stated zone (clocks went back)";
  }
  return "";
}

TimeProblem TimeParser::parse(std::string_view text, std::int64_t& micros) {
  switch (format_.kind) {
    case TimeFormat::Kind::epoch:
      return epoch(text, micros);
    case TimeFormat::Kind::clf:
      return clf(text, micros);
    case TimeFormat::Kind::rfc3339:
    case TimeFormat::Kind::iso8601:
      return iso(text, micros);
    case TimeFormat::Kind::layout:
      break;
  }
  TimeFields fields;
  if (!format_.layout || !format_.layout->read(text, fields)) return TimeProblem::malformed;
  return instant_of(fields, micros);
}

TimeProblem TimeParser::epoch(std::string_view text, std::int64_t& micros) const {
  const bool minus = !text.empty() && text[0] == '-';
  Ticks ticks;
  if (!read_ticks(text.substr(minus ? 1 : 0), ticks)) return TimeProblem::malformed;
  if (minus) return TimeProblem::out_of_range;
  const std::int64_t seconds = ticks.whole / format_.ticks_per_second;
  const std::int64_t rest = ticks.whole % format_.ticks_per_second;
  const std::int64_t extra = rest * kMicrosPerSecond / format_.ticks_per_second +
                             ticks.fraction_micros_of_tick / format_.ticks_per_second;
  return checked(seconds, extra, micros);
}

bool TimeParser::cached(std::string_view prefix, std::string_view suffix) const {
  return prefix == prefix_ && suffix == suffix_;
}

void TimeParser::remember(std::string_view prefix, std::string_view suffix, std::int64_t minute) {
  prefix_.assign(prefix);
  suffix_.assign(suffix);
  minute_micros_ = minute;
}

TimeProblem TimeParser::clf(std::string_view text, std::int64_t& micros) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']')
    text = text.substr(1, text.size() - 2);
  // 17/May/2015:10:05:03 +0000
  if (text.size() < 20) return TimeProblem::malformed;
  const char* p = text.data();
  const int second = two(p + 18);
  if (p[17] != ':' || second < 0 || second > 60) return TimeProblem::malformed;
  const std::string_view prefix = text.substr(0, 17), suffix = text.substr(20);
  if (!prefix_.empty() && cached(prefix, suffix)) {
    micros = minute_micros_ + second * kMicrosPerSecond;
    return TimeProblem::none;
  }
  TimeFields fields;
  fields.day = two(p);
  fields.month = month_of(p + 3);
  const int century = two(p + 7), year = two(p + 9);
  fields.hour = two(p + 12);
  fields.minute = two(p + 15);
  if (p[2] != '/' || p[6] != '/' || p[11] != ':' || p[14] != ':' || fields.day < 1 ||
      fields.month < 1 || century < 0 || year < 0 || fields.hour < 0 || fields.hour > 23 ||
      fields.minute < 0 || fields.minute > 59) {
    return TimeProblem::malformed;
  }
  fields.year = century * 100 + year;
  if (!suffix.empty() && (suffix[0] != ' ' || suffix.size() == 1)) return TimeProblem::malformed;
  if (!read_offset(suffix.empty() ? suffix : suffix.substr(1), fields))
    return TimeProblem::malformed;
  std::int64_t minute = 0;
  if (const auto problem = instant_of(fields, minute); problem != TimeProblem::none) return problem;
  remember(prefix, suffix, minute);
  micros = minute + second * kMicrosPerSecond;
  return TimeProblem::none;
}

TimeProblem TimeParser::iso(std::string_view text, std::int64_t& micros) {
  // 2015-05-17T10:05:03[.fraction][offset]
  if (text.size() < 19) return TimeProblem::malformed;
  const char* p = text.data();
  const int second = two(p + 17);
  if (p[16] != ':' || second < 0 || second > 60) return TimeProblem::malformed;
  std::size_t end = 19;
  std::int64_t fraction = 0, unit = 100'000;
  if (end < text.size() && (text[end] == '.' || text[end] == ',')) {
    for (++end; end < text.size() && is_digit(text[end]); ++end, unit /= 10)
      fraction += (text[end] - '0') * unit;
    if (end == 20) return TimeProblem::malformed;
  }
  const std::string_view prefix = text.substr(0, 16), suffix = text.substr(end);
  if (!prefix_.empty() && cached(prefix, suffix)) {
    micros = minute_micros_ + second * kMicrosPerSecond + fraction;
    return TimeProblem::none;
  }
  TimeFields fields;
  const int century = two(p), year = two(p + 2);
  fields.month = two(p + 5);
  fields.day = two(p + 8);
  fields.hour = two(p + 11);
  fields.minute = two(p + 14);
  if (p[4] != '-' || p[7] != '-' || (p[10] != 'T' && p[10] != 't' && p[10] != ' ') ||
      p[13] != ':' || century < 0 || year < 0 || fields.month < 1 || fields.month > 12 ||
      fields.day < 1 || fields.hour < 0 || fields.hour > 23 || fields.minute < 0 ||
      fields.minute > 59) {
    return TimeProblem::malformed;
  }
  fields.year = century * 100 + year;
  if (!read_offset(suffix, fields)) return TimeProblem::malformed;
  if (!fields.has_offset && format_.kind == TimeFormat::Kind::rfc3339)
    return TimeProblem::no_offset;
  std::int64_t minute = 0;
  if (const auto problem = instant_of(fields, minute); problem != TimeProblem::none) return problem;
  remember(prefix, suffix, minute);
  micros = minute + second * kMicrosPerSecond + fraction;
  return TimeProblem::none;
}

TimeProblem TimeParser::instant_of(const TimeFields& f, std::int64_t& micros) {
  if (f.has_epoch) return checked(f.epoch_seconds, f.micros, micros);
  const auto date_in = [&](int y) -> year_month_day {
    if (f.day_of_year == 0)
      return {year{y}, month{static_cast<unsigned>(f.month)}, day{static_cast<unsigned>(f.day)}};
    const year_month_day date{sys_days{year{y} / 1 / 1} + days{f.day_of_year - 1}};
    return date.year() == year{y} ? date : year{y} / 2 / 30;
  };
  year_month_day date;
  if (f.year >= 0) {
    date = date_in(f.year);
  } else if (format_.year) {
    date = date_in(*format_.year);
  } else if (format_.latest) {
    const int last = static_cast<int>(year_month_day{*format_.latest}.year());
    date = date_in(last);
    if (!date.ok() || sys_days{date} > *format_.latest) date = date_in(last - 1);
  } else {
    return TimeProblem::malformed;
  }
  if (!date.ok()) return TimeProblem::impossible_date;
  const std::int64_t local = days_of(date) * 86400 + f.hour * 3600 + f.minute * 60 + f.second;
  std::int64_t utc = local - f.offset_seconds;
  if (!f.has_offset) {
    if (const auto problem = local_to_utc(local, utc); problem != TimeProblem::none) return problem;
  }
  return checked(utc, f.micros, micros);
}

TimeProblem TimeParser::local_to_utc(std::int64_t local_seconds, std::int64_t& utc_seconds) {
  const std::int64_t minute = local_seconds / 60;
  if (minute == zone_minute_) {
    utc_seconds = local_seconds + zone_shift_seconds_;
    return TimeProblem::none;
  }
  const auto resolved = format_.zone.resolve(LocalTime{seconds{local_seconds}});
  if (resolved.kind == Zone::Kind::gap) return TimeProblem::gap;
  Instant at = resolved.first;
  if (resolved.kind == Zone::Kind::overlap) {
    if (format_.ambiguous == Ambiguous::refuse) return TimeProblem::overlap;
    if (format_.ambiguous == Ambiguous::later) at = resolved.second;
  }
  utc_seconds = epoch_micros(at) / kMicrosPerSecond;
  zone_minute_ = minute;
  zone_shift_seconds_ = utc_seconds - local_seconds;
  return TimeProblem::none;
}

}  // namespace nines::ingest
