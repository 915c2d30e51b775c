// Day by day in local time; the candidates for what was meant are few and usual.
#include "domain/incident/working_time.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/incident/written_time.hpp"

namespace nines::incident {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int kMostDays = 3660;

/// Days between the two on which a night lies.
std::int64_t nights_between(Instant from, Instant to, const Zone& zone) {
  const auto first = std::chrono::floor<days>(zone.to_local(from));
  const auto last = std::chrono::floor<days>(zone.to_local(to));
  return (last - first).count();
}

std::string clock_words(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

}  // namespace

Micros time_within(const SupportHours& hours, Instant from, Instant to, const Zone& zone) {
  Micros total{0};
  auto day = std::chrono::floor<days>(zone.to_local(from)) - days{1};
  for (int i = 0; i < kMostDays; ++i, day += days{1}) {
    const auto opens = zone.resolve(day + minutes{hours.from}).first;
    if (opens >= to) break;
    const std::chrono::weekday weekday{
        std::chrono::sys_days{std::chrono::days{day.time_since_epoch()}}};
    if (!hours.weekends && (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday))
      continue;
    const auto closes = zone.resolve(day + minutes{hours.to}).first;
    const auto begin = std::max(from, opens), end = std::min(to, closes);
    if (end > begin) total += end - begin;
  }
  return total;
}

std::optional<SupportHours> support_hours_in(const std::string& text) {
  const auto lower = to_lower_ascii(text);
  std::size_t at = std::string::npos;
  for (const auto* phrase : {"support hours", "working hours", "business hours", "office hours"})
    if (at == std::string::npos) at = lower.find(phrase);
  if (at == std::string::npos) return std::nullopt;
  const auto times = find_times(std::string_view(text).substr(at));
  if (times.size() < 2 || !times[0].clock || !times[1].clock) return std::nullopt;
  const SupportHours hours{times[0].clock->hour * 60 + times[0].clock->minute,
                           times[1].clock->hour * 60 + times[1].clock->minute};
  return hours.from < hours.to ? std::optional(hours) : std::nullopt;
}

std::string fitting_convention(Instant from, Instant to, Micros stated, const Zone& zone) {
  const auto nights = nights_between(from, to, zone);
  if (to <= from || nights <= 0 || nights > kMostDays) return {};
  const auto left_out = (to - from) - stated;
  const auto each = left_out / nights;
  if (left_out.count() > 0 && left_out % nights == Micros{0} && each % minutes{30} == Micros{0} &&
      each >= std::chrono::hours{8} && each <= std::chrono::hours{17})
    return fmt::format("{} of {} each left out, which is stated nowhere",
                       nights == 1 ? "a night" : fmt::format("{} nights", nights),
                       format_duration(each));
  for (const int opens : {8 * 60, 8 * 60 + 30, 9 * 60, 9 * 60 + 30, 10 * 60})
    for (const int closes : {17 * 60, 17 * 60 + 30, 18 * 60})
      for (const bool weekends : {false, true})
        if (time_within({opens, closes, weekends}, from, to, zone) == stated)
          return "support hours " + clock_words(opens) + "-" + clock_words(closes) +
                 (weekends ? "" : " on weekdays") + ", which are stated nowhere";
  return {};
}

}  // namespace nines::incident
