// Days go through the one reader and the one writer of times.
#include "base/day.hpp"

namespace nines {

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto at = parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (!at) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*at);
}

std::string format_day(Day day) { return format_utc(day).substr(0, 10); }

}  // namespace nines
