// Lays rolling and calendar windows on the time axis.
#include "domain/slo/window.hpp"

#include <algorithm>

namespace nines::slo {
namespace {

using namespace std::chrono;

constexpr std::int64_t kMaxCount = 1'000'000;

/// Average length, only used to guess which boundary is near.
seconds typical(Unit unit) {
  switch (unit) {
    case Unit::second:
      return seconds{1};
    case Unit::minute:
      return minutes{1};
    case Unit::hour:
      return hours{1};
    case Unit::day:
      return days{1};
    case Unit::week:
      return weeks{1};
    case Unit::month:
      return months{1};
    case Unit::quarter:
      return months{3};
    case Unit::year:
      return years{1};
  }
  return days{1};
}

int months_in(Unit unit) {
  switch (unit) {
    case Unit::month:
      return 1;
    case Unit::quarter:
      return 3;
    case Unit::year:
      return 12;
    default:
      return 0;
  }
}

std::optional<LocalTime> local_boundary(const TimeWindow& window, LocalTime anchor,
                                        std::int64_t k) {
  const auto count = window.length.count;
  if (count < 1 || count > kMaxCount || k < 0) return std::nullopt;
  const auto per = typical(window.length.unit);
  const auto limit = seconds{days{3'652'059}};  // about ten thousand years
  if (k > limit / per / count) return std::nullopt;
  if (const int step = months_in(window.length.unit)) return add_months(anchor, k * count * step);
  const auto moved = anchor + per * (k * count);
  if (floor<days>(moved) >= local_days{year{10'000} / January / 1}) return std::nullopt;
  return moved;
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

Instant whole_minute(Instant t) { return floor<minutes>(t); }

std::optional<Period> calendar_at(const TimeWindow& window, const PlaceLocal& place, Instant at) {
  const auto first = boundary(window, place, 0);
  if (!first || at < whole_minute(*first)) return std::nullopt;
  const auto edge = [&](std::int64_t k) {
    const auto instant = boundary(window, place, k);
    return instant ? std::optional(whole_minute(*instant)) : std::nullopt;
  };
  auto k = std::max<std::int64_t>(
      0, (at - *first) /
             (typical(window.length.unit) * std::max<std::int64_t>(1, window.length.count)));
  while (k > 0 && (!edge(k) || *edge(k) > at)) --k;
  auto from = *edge(k);
  // Two boundaries inside one gap fall together: such an empty window is stepped over.
  for (;; ++k) {
    const auto to = edge(k + 1);
    if (!to) return Period{from, sys_days{year{9999} / December / 31}};
    if (*to > at) return Period{from, *to};
    from = *to;
  }
}

}  // namespace

std::optional<LocalTime> add_months(LocalTime anchor, std::int64_t count) {
  const auto day = floor<days>(anchor);
  const year_month_day date{day};
  const auto total = static_cast<std::int64_t>(static_cast<int>(date.year())) * 12 +
                     static_cast<unsigned>(date.month()) - 1 + count;
  if (total >= 10'000 * 12) return std::nullopt;
  const auto month_of =
      year{static_cast<int>(total / 12)} / month{static_cast<unsigned>(total % 12) + 1};
  const year_month_day last{month_of / std::chrono::last};
  const auto clamped = std::min(date.day(), last.day());
  return local_days{month_of / clamped} + (anchor - day);
}

PlaceLocal place_in(const Zone& zone) {
  return [zone](LocalTime local) { return zone.resolve(local).first; };
}

std::optional<LocalTime> parse_anchor(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd dd:dd:dd";
  if (text.size() != kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kShape[i] != 'd' && kShape[i] != text[i]) return std::nullopt;
  const auto y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  const auto h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 59) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return local_days{date} + hours{*h} + minutes{*mi} + seconds{*s};
}

std::optional<Instant> boundary(const TimeWindow& window, const PlaceLocal& place, std::int64_t k) {
  const auto anchor = parse_anchor(window.anchor);
  if (!anchor) return std::nullopt;
  const auto local = local_boundary(window, *anchor, k);
  if (!local) return std::nullopt;
  return place(*local);
}

std::optional<Period> window_at(const TimeWindow& window, const PlaceLocal& place, Instant at,
                                minutes grain) {
  if (!window.rolling) return calendar_at(window, place, at);
  const auto since = floor<minutes>(at).time_since_epoch();
  const auto step = std::max(grain, minutes{1});
  const auto to = Instant{floor<minutes>(since) - ((since % step) + step) % step};
  const Micros length = window.length.rolling();
  return Period{to - std::max(length, Micros{minutes{1}}), to};
}

}  // namespace nines::slo
