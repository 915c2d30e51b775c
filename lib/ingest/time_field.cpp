// Epoch numbers eight digits at a time; every other kind through the TimeParser.
#include "ingest/time_field.hpp"

#include <array>

#include "base/error.hpp"
#include "ingest/numbers.hpp"

namespace nines::ingest {
namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::int64_t kLastMinute = 120'968'640;  ///< 2200-01-01
constexpr std::array<std::int64_t, 4> kTicks{1, 1'000, 1'000'000, 1'000'000'000};

TimeFormat format_of(const TimeSpec& spec, const std::string& zone) {
  TimeFormat format;
  switch (spec.kind) {
    case TimeKind::rfc3339:
      format.kind = TimeFormat::Kind::rfc3339;
      break;
    case TimeKind::iso8601:
      format.kind = TimeFormat::Kind::iso8601;
      break;
    case TimeKind::clf:
      format.kind = TimeFormat::Kind::clf;
      break;
    case TimeKind::pattern:
      format.kind = TimeFormat::Kind::layout;
      format.layout = TimeLayout::compile(spec.pattern).layout;
      break;
    default:
      format.kind = TimeFormat::Kind::epoch;
      format.ticks_per_second = kTicks[static_cast<std::size_t>(spec.kind)];
      return format;
  }
  const auto found = Zone::find(zone);
  if (!found)
    throw Error(ExitCode::config, "unknown time zone '" + zone + "'",
                "an IANA name such as Europe/Paris");
  format.zone = *found;
  format.ambiguous = spec.ambiguous;
  format.year = spec.year;
  format.latest = spec.latest;
  return format;
}

}  // namespace

TimeField::TimeField(const TimeSpec& spec, const std::string& zone)
    : parser_(format_of(spec, zone)), epoch_(spec.kind <= TimeKind::nanoseconds) {
  per_minute_ = 60 * parser_.format().ticks_per_second;
  minute_begin_ = -2 * per_minute_;
}

bool TimeField::minute(std::string_view text, std::int64_t& minute) {
  return epoch_ ? epoch(text, minute) : slow(text, minute);
}

std::size_t TimeField::same_minute(const std::string_view* texts, std::size_t rows,
                                   std::int64_t* minutes) const {
  if (!epoch_ || last_size_ == 0) return 0;
  std::uint64_t last_tail = 0;
  bool any = false;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string_view text = texts[i];
    if (text.size() != last_size_ || load8(text.data()) != last_head_) return i;
    const std::uint64_t tail = load8(text.data() + text.size() - 8);
    if (!any || tail != last_tail) {
      const std::int64_t into =
          static_cast<std::int64_t>(last_front_ + eight_digits(tail)) - minute_begin_;
      if (!all_digits(tail) ||
          static_cast<std::uint64_t>(into) >= static_cast<std::uint64_t>(per_minute_))
        return i;
      last_tail = tail;
      any = true;
    }
    minutes[i] = last_minute_;
  }
  return rows;
}

bool TimeField::slow(std::string_view text, std::int64_t& minute) {
  std::int64_t micros = 0;
  problem_ = parser_.parse(text, micros);
  minute = micros / kMicrosPerMinute;
  return problem_ == TimeProblem::none;
}

bool TimeField::epoch(std::string_view text, std::int64_t& minute) {
  constexpr std::array<std::uint64_t, 9> kPower{1,       10,        100,        1'000,      10'000,
                                                100'000, 1'000'000, 10'000'000, 100'000'000};
  if (text.size() - 9 >= 8) return slow(text, minute);  // 9..16 digits: seconds to microseconds
  const std::uint64_t head = load8(text.data());
  const std::uint64_t tail = load8(text.data() + text.size() - 8);
  if (!all_digits(tail)) return slow(text, minute);
  if (head != last_head_ || text.size() != last_size_) {
    if (!all_digits(head)) return slow(text, minute);
    // The overlap of the two words is counted once: the head gives only the digits before the tail.
    last_front_ = eight_digits(head) / kPower[16 - text.size()] * 100'000'000;
    last_head_ = head;
    last_size_ = text.size();
  }
  const auto value = static_cast<std::int64_t>(last_front_ + eight_digits(tail));
  if (static_cast<std::uint64_t>(value - minute_begin_) < static_cast<std::uint64_t>(per_minute_)) {
    minute = last_minute_;
    return true;
  }
  minute = value / per_minute_;
  if (minute >= kLastMinute) {
    problem_ = TimeProblem::out_of_range;
    return false;
  }
  last_minute_ = minute;
  minute_begin_ = minute * per_minute_;
  return true;
}

}  // namespace nines::ingest
