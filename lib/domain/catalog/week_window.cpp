// Lays windows of the week on local days, and those on the UTC axis.
#include "domain/catalog/week_window.hpp"

#include <algorithm>

namespace nines::catalog {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;

LocalSpan on_day(const WeekWindow& window, local_days day) {
  const LocalTime midnight{day};
  const auto to = window.to > window.from ? window.to : window.to + days{1};
  return {midnight + window.from, midnight + to};
}

bool begins_on(const WeekWindow& window, local_days day) {
  const auto monday_based = std::chrono::weekday{day}.iso_encoding() - 1;
  return (window.days >> monday_based & 1U) != 0;
}

/// Calls `use(span)` for each occurrence that overlaps `within`, until it returns false.
template <typename Use>
void visit(std::span<const WeekWindow> windows, const LocalSpan& within, const Use& use) {
  // A window lasts a day at most, so what reaches into `within` began the day before or later.
  for (auto day = floor<days>(within.from) - days{1}; LocalTime{day} < within.to; day += days{1}) {
    for (const auto& window : windows) {
      if (!begins_on(window, day)) continue;
      const auto span = on_day(window, day);
      if (span.from < within.to && span.to > within.from && !use(span)) return;
    }
  }
}

}  // namespace

std::vector<LocalSpan> occurrences(std::span<const WeekWindow> windows, const LocalSpan& within) {
  std::vector<LocalSpan> found;
  visit(windows, within, [&](const LocalSpan& span) {
    found.push_back(span);
    return true;
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  return found;
}

bool touches(std::span<const WeekWindow> windows, const LocalSpan& span) {
  bool found = false;
  visit(windows, span, [&](const LocalSpan&) {
    found = true;
    return false;
  });
  return found;
}

InstantSpan place_shift(const Zone& zone, const LocalSpan& span) {
  return {zone.resolve(span.from).first, zone.resolve(span.to).second};
}

std::vector<InstantSpan> open_spans(std::span<const WeekWindow> windows, const Zone& zone,
                                    const InstantSpan& within) {
  // A day more on both sides: local and UTC order differ around a change of the clocks.
  const LocalSpan local{zone.to_local(within.from) - days{1}, zone.to_local(within.to) + days{1}};
  std::vector<InstantSpan> merged;
  for (const auto& span : occurrences(windows, local)) {
    const auto placed = place_shift(zone, span);
    if (placed.from >= within.to || placed.to <= within.from) continue;
    if (!merged.empty() && placed.from <= merged.back().to)
      merged.back().to = std::max(merged.back().to, placed.to);
    else
      merged.push_back(placed);
  }
  return merged;
}

bool is_open(std::span<const WeekWindow> windows, const Zone& zone, Instant at) {
  return !open_spans(windows, zone, {at, at + Micros{1}}).empty();
}

}  // namespace nines::catalog
