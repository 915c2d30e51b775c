// Finds the windows of the days around an instant, as instants.
#include "domain/incident/hours.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

using catalog::InstantSpan;
using catalog::LocalSpan;
using std::chrono::days;

/// Holidays may make a window wait for more than a year, but not for ever.
constexpr days kAhead{400};
/// The first look: most waits end within it.
constexpr days kNear{8};

/// The windows that touch `from` to `to` (local), without those that begin on a holiday, by start.
std::vector<InstantSpan> stretches(const Hours& hours, const Zone& zone, LocalTime from,
                                   LocalTime to) {
  std::vector<InstantSpan> found;
  for (const auto& span : catalog::occurrences(hours.windows, {from, to})) {
    const auto day = std::chrono::floor<days>(span.from);
    if (std::binary_search(hours.holidays.begin(), hours.holidays.end(), day)) continue;
    const auto placed = catalog::place_shift(zone, span);
    if (placed.from < placed.to) found.push_back(placed);
  }
  std::sort(found.begin(), found.end(),
            [](const InstantSpan& a, const InstantSpan& b) { return a.from < b.from; });
  return found;
}

/// Tries the near days first.
template <class Search>
std::optional<Instant> search(const Hours& hours, const Zone& zone, Instant at, Search look) {
  const auto local = zone.to_local(at);
  for (const auto ahead : {kNear, kAhead}) {
    const auto found = look(stretches(hours, zone, local - days(2), local + ahead));
    if (found && *found <= at + ahead - days(1)) return found;
  }
  return std::nullopt;
}

}  // namespace

bool inside(const Hours& hours, const Zone& zone, Instant at) {
  const auto local = zone.to_local(at);
  const auto near = stretches(hours, zone, local - days(1), local + days(1));
  return std::any_of(near.begin(), near.end(),
                     [&](const InstantSpan& span) { return span.from <= at && at < span.to; });
}

std::optional<Instant> next_inside(const Hours& hours, const Zone& zone, Instant at) {
  return search(hours, zone, at, [&](const std::vector<InstantSpan>& spans) {
    std::optional<Instant> first;
    for (const auto& span : spans)
      if (span.to > at && (!first || span.from < *first)) first = std::max(span.from, at);
    return first;
  });
}

std::optional<Instant> next_outside(const Hours& hours, const Zone& zone, Instant at) {
  return search(hours, zone, at, [&](const std::vector<InstantSpan>& spans) {
    auto end = at;  // windows that meet or overlap are one
    for (const auto& span : spans) {
      if (span.from > end) break;
      end = std::max(end, span.to);
    }
    return std::optional(end);
  });
}

}  // namespace nines::incident
