// Turns catalogue facts into attributions.
#include "domain/slo/causes.hpp"

#include <algorithm>

namespace nines::slo {
namespace {

TimeWindow as_window(const catalog::Recurrence& every) {
  const auto unit = every.unit == "month"  ? Unit::month
                    : every.unit == "week" ? Unit::week
                                           : Unit::day;
  return {{every.count, unit}, false, every.anchor, every.zone};
}

/// Number of the first recurrence that could still reach `from`.
std::int64_t first_near(const TimeWindow& window, const catalog::Maintenance& m, Instant from) {
  const Micros step = window.length.rolling() * 32 / 30;  // months count 30 days: never overshoot
  const auto ahead = from - (m.end - m.start) - m.start;
  return ahead <= Micros{0} ? 0 : std::max<std::int64_t>(0, ahead / std::max(step, Micros{1}) - 1);
}

}  // namespace

std::vector<Period> occurrences(const catalog::Maintenance& m, const PlaceLocal& place,
                                const Period& period) {
  std::vector<Period> found;
  const auto length = m.end - m.start;
  const auto add = [&](Instant start) {
    const bool cancelled = m.cancelled_from && start >= *m.cancelled_from;
    if (!cancelled && start < period.to && start + length > period.from)
      found.push_back({start, start + length});
  };
  if (!m.every) {
    add(m.start);
    return found;
  }
  const auto window = as_window(*m.every);
  for (auto k = first_near(window, m, period.from);; ++k) {
    const auto start = boundary(window, place, k);
    if (!start || *start >= period.to || (m.every->until && *start > *m.every->until)) break;
    add(*start);
  }
  return found;
}

Attribution attribute(const catalog::Change& change, Micros tail) {
  const auto end = std::max(change.end.value_or(change.start), change.start);
  return {{change.start, end + tail},
          change.name,
          describe(change),
          change.kind == catalog::ChangeKind::vendor ? CauseClass::vendor : CauseClass::change};
}

}  // namespace nines::slo
