// Reads epoch numbers, RFC 3339, the common log format and strptime-like patterns.
#include "ingest/time_field.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "ingest/numbers.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kFirstMinute = -36816480;   // 1900-01-01
constexpr std::int64_t kLastMinute = 120967200;    // 2200-01-01

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};

int month_from(std::string_view text) {
  if (text.size() < 3) return 0;
  char lower[3];
  for (std::size_t i = 0; i < 3; ++i) lower[i] = static_cast<char>(text[i] | 0x20);
  for (int m = 0; m < 12; ++m) {
    if (std::memcmp(kMonths[m].data(), lower, 3) == 0) return m + 1;
  }
  return 0;
}

/// Reads fields one after the other; any mistake makes `ok` false for good.
struct Cursor {
  std::string_view text;
  std::size_t at = 0;
  bool ok = true;

  int digits(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t n = 0;
    for (; n < most && at < text.size() && text[at] >= '0' && text[at] <= '9'; ++n) {
      value = value * 10 + (text[at++] - '0');
    }
    ok = ok && n >= least;
    return value;
  }
  void expect(char c) {
    ok = ok && at < text.size() && text[at] == c;
    ++at;
  }
  bool done() const { return ok && at == text.size(); }

  /// "+0200", "+02:00" or "Z", in minutes east.
  int offset() {
    if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
      ++at;
      return 0;
    }
    ok = ok && at < text.size() && (text[at] == '+' || text[at] == '-');
    const bool west = ok && text[at] == '-';
    ++at;
    const int hours = digits(2, 2);
    if (at < text.size() && text[at] == ':') ++at;
    const int minutes = digits(2, 2);
    ok = ok && hours <= 18 && minutes < 60;
    return (west ? -1 : 1) * (hours * 60 + minutes);
  }
};

struct Civil {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;

  std::optional<LocalTime> local() const {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return LocalTime{std::chrono::local_days{date}.time_since_epoch() + std::chrono::hours{hour} +
                     std::chrono::minutes{minute} + std::chrono::seconds{second}};
  }
};

Instant at_offset(LocalTime local, int minutes_east) {
  return Instant{local.time_since_epoch() - std::chrono::minutes{minutes_east}};
}

}  // namespace

TimeField::TimeField(const TimeSpec& spec, const std::string& zone)
    : kind_(spec.kind), pattern_(spec.pattern), zone_(Zone::utc()) {
  static constexpr std::int64_t kPerMinute[] = {60, 60'000, 60'000'000, 60'000'000'000};
  if (kind_ <= TimeKind::nanoseconds) per_minute_ = kPerMinute[static_cast<int>(kind_)];
  minute_begin_ = -2 * per_minute_;
  if (kind_ == TimeKind::rfc3339 || kind_ == TimeKind::pattern) {
    const auto found = Zone::find(zone);
    if (!found) throw Error(ExitCode::config, "unknown time zone '" + zone + "'", "an IANA name such as Europe/Paris");
    zone_ = *found;
  }
}

bool TimeField::minute(std::string_view text, std::int64_t& minute) {
  return kind_ <= TimeKind::nanoseconds ? epoch(text, minute) : textual(text, minute);
}

bool TimeField::epoch(std::string_view text, std::int64_t& minute) {
  std::int64_t value = 0;
  if (text.size() - 9 < 8) {  // 9..16 digits: seconds to microseconds of our days
    const std::uint64_t head = load8(text.data());
    const std::uint64_t tail = load8(text.data() + text.size() - 8);
    if (all_digits(head) && all_digits(tail)) {
      static constexpr std::uint64_t kPower[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
      // The overlap of the two words is counted once: the head gives only the digits before the tail.
      const std::uint64_t front = eight_digits(head) / kPower[16 - text.size()];
      value = static_cast<std::int64_t>(front * 100000000 + eight_digits(tail));
      const std::int64_t into = value - minute_begin_;
      if (static_cast<std::uint64_t>(into) < static_cast<std::uint64_t>(per_minute_)) {
        minute = last_minute_;
        return true;
      }
      goto found;
    }
  }
  {
    const Number number = text.empty() ? Number{0, series::kMissing} : parse_number_slowly(text);
    if (number.scale < 0) return false;
    value = number.units;
    for (int i = 0; i < number.scale; ++i) value = value >= 0 ? value / 10 : -((-value + 9) / 10);
  }
found:
  minute = value / per_minute_ - (value % per_minute_ < 0 ? 1 : 0);
  if (minute < kFirstMinute || minute >= kLastMinute) return false;
  last_minute_ = minute;
  minute_begin_ = minute * per_minute_;
  return true;
}

bool TimeField::textual(std::string_view text, std::int64_t& minute) {
  // Same text but for the seconds: the same minute. Every second counts as part of it but ":60".
  if (seconds_at_ != 0 && text.size() == last_.size() &&
      std::memcmp(text.data(), last_.data(), seconds_at_) == 0 &&
      text.substr(seconds_at_ + 2) == std::string_view(last_).substr(seconds_at_ + 2)) {
    const char tens = text[seconds_at_];
    const char ones = text[seconds_at_ + 1];
    if (tens >= '0' && tens <= '5' && ones >= '0' && ones <= '9') {
      minute = last_minute_;
      return true;
    }
  }
  const auto instant = parse(text);
  if (!instant) return false;
  minute = epoch_minute(*instant);
  if (minute < kFirstMinute || minute >= kLastMinute) return false;
  last_.assign(text);
  last_minute_ = minute;
  // "2026-11-23T09:14:05Z" and "17/May/2015:10:05:03 +0000" hold their seconds at known places.
  seconds_at_ = 0;
  if (kind_ == TimeKind::rfc3339 && text.size() >= 19) seconds_at_ = 17;
  if (kind_ == TimeKind::clf && text.size() >= 20) seconds_at_ = 18;
  if (kind_ == TimeKind::pattern && pattern_.starts_with("%Y-%m-%d %H:%M:%S") && text.size() >= 19) seconds_at_ = 17;
  if (seconds_at_ != 0 && last_[seconds_at_] > '5') seconds_at_ = 0;
  return true;
}

std::optional<Instant> TimeField::in_zone(LocalTime local) const { return zone_.resolve(local).first; }

std::optional<Instant> TimeField::parse(std::string_view text) const {
  if (kind_ == TimeKind::clf) return parse_clf(text);
  if (kind_ == TimeKind::pattern) return parse_pattern(text);
  if (const auto exact = parse_rfc3339(text)) return exact;
  // ISO 8601 without an offset is local time of the source; a comma may begin the fraction.
  Cursor c{text};
  Civil civil;
  civil.year = c.digits(4, 4), c.expect('-');
  civil.month = c.digits(2, 2), c.expect('-');
  civil.day = c.digits(2, 2);
  if (c.ok && c.at < text.size() && text[c.at] != 'T' && text[c.at] != ' ') return std::nullopt;
  ++c.at;
  civil.hour = c.digits(2, 2), c.expect(':');
  civil.minute = c.digits(2, 2);
  if (c.at < text.size() && text[c.at] == ':') c.expect(':'), civil.second = c.digits(2, 2);
  if (c.at < text.size() && (text[c.at] == '.' || text[c.at] == ',')) ++c.at, c.digits(1, 9);
  if (!c.ok) return std::nullopt;
  const auto local = civil.local();
  if (!local) return std::nullopt;
  if (c.at < text.size()) {
    const int offset = c.offset();
    return c.done() ? std::optional(at_offset(*local, offset)) : std::nullopt;
  }
  return in_zone(*local);
}

std::optional<Instant> TimeField::parse_clf(std::string_view text) const {
  Cursor c{text};
  Civil civil;
  civil.day = c.digits(1, 2), c.expect('/');
  if (!c.ok || c.at + 3 > text.size()) return std::nullopt;
  civil.month = month_from(text.substr(c.at));
  c.at += 3;
  c.expect('/'), civil.year = c.digits(4, 4);
  c.expect(':'), civil.hour = c.digits(2, 2);
  c.expect(':'), civil.minute = c.digits(2, 2);
  c.expect(':'), civil.second = c.digits(2, 2);
  c.expect(' ');
  const int offset = c.offset();
  const auto local = civil.local();
  if (!c.done() || civil.month == 0 || !local) return std::nullopt;
  return at_offset(*local, offset);
}

std::optional<Instant> TimeField::parse_pattern(std::string_view text) const {
  Cursor c{text};
  Civil civil;
  std::optional<int> offset;
  std::optional<bool> afternoon;
  std::optional<std::int64_t> seconds;
  for (std::size_t i = 0; i < pattern_.size() && c.ok; ++i) {
    if (pattern_[i] == ' ') {
      c.ok = c.at < text.size() && text[c.at] == ' ';
      while (c.at < text.size() && text[c.at] == ' ') ++c.at;  // "Jan  3"
      continue;
    }
    if (pattern_[i] != '%' || ++i == pattern_.size()) {
      c.expect(pattern_[i < pattern_.size() ? i : i - 1]);
      continue;
    }
    switch (pattern_[i]) {
      case 'Y': civil.year = c.digits(4, 4); break;
      case 'y': civil.year = c.digits(2, 2), civil.year += civil.year < 69 ? 2000 : 1900; break;
      case 'm': civil.month = c.digits(1, 2); break;
      case 'd':
      case 'e': civil.day = c.digits(1, 2); break;
      case 'H':
      case 'k': civil.hour = c.digits(1, 2); break;
      case 'I': civil.hour = c.digits(1, 2); break;
      case 'M': civil.minute = c.digits(1, 2); break;
      case 'S': civil.second = c.digits(1, 2); break;
      case 'f': c.digits(1, 9); break;
      case 's': seconds = 0;
        for (std::size_t n = 0; n < 12 && c.at < text.size() && text[c.at] >= '0' && text[c.at] <= '9'; ++n) {
          seconds = *seconds * 10 + (text[c.at++] - '0');
        }
        break;
      case 'F': civil.year = c.digits(4, 4), c.expect('-'), civil.month = c.digits(2, 2), c.expect('-'),
                civil.day = c.digits(2, 2); break;
      case 'T': civil.hour = c.digits(2, 2), c.expect(':'), civil.minute = c.digits(2, 2), c.expect(':'),
                civil.second = c.digits(2, 2); break;
      case 'b':
      case 'B': {
        civil.month = month_from(text.substr(std::min(c.at, text.size())));
        c.ok = civil.month != 0;
        while (c.at < text.size() && ((text[c.at] | 0x20) >= 'a' && (text[c.at] | 0x20) <= 'z')) ++c.at;
        break;
      }
      case 'a':
      case 'A': while (c.at < text.size() && ((text[c.at] | 0x20) >= 'a' && (text[c.at] | 0x20) <= 'z')) ++c.at; break;
      case 'p': {
        if (c.at + 2 > text.size() || (text[c.at + 1] | 0x20) != 'm') return std::nullopt;
        afternoon = (text[c.at] | 0x20) == 'p';
        c.at += 2;
        break;
      }
      case 'z': offset = c.offset(); break;
      case '%': c.expect('%'); break;
      default: return std::nullopt;
    }
  }
  if (!c.done()) return std::nullopt;
  if (seconds) return Instant{std::chrono::seconds{*seconds}};
  if (afternoon) {
    if (civil.hour < 1 || civil.hour > 12) return std::nullopt;
    civil.hour = civil.hour % 12 + (*afternoon ? 12 : 0);
  }
  const auto local = civil.local();
  if (!local) return std::nullopt;
  return offset ? std::optional(at_offset(*local, *offset)) : in_zone(*local);
}

}  // namespace nines::ingest
