// Counts like incidents over the time that is on record.
#include "domain/incident/recurrence.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

constexpr std::chrono::days kRecurrenceYear{365};
/// A record shorter than this says nothing about a year.
constexpr std::chrono::days kShortestRecord{30};

bool shares_service(const Incident& a, const Incident& b) {
  return std::any_of(a.services.begin(), a.services.end(), [&](const auto& service) {
    return std::find(b.services.begin(), b.services.end(), service) != b.services.end();
  });
}

}  // namespace

Recurrence recurrence_of(const Incident& mine, std::span<const Incident> all, Instant now) {
  auto first = now;
  Recurrence found;
  for (const auto& one : all) {
    if (!one.counts()) continue;
    first = std::min(first, one.opened_at);
    if (one.opened_at >= now - kRecurrenceYear &&
        (one.uid == mine.uid || shares_service(one, mine)))
      ++found.like;
  }
  const auto span = std::min<Micros>(now - first, kRecurrenceYear);
  if (span >= kShortestRecord)
    found.years =
        static_cast<double>(span.count()) / static_cast<double>(Micros(kRecurrenceYear).count());
  return found;
}

}  // namespace nines::incident
