// Reads a series with the excluded minutes taken out.
#include "domain/slo/measure.hpp"

#include <algorithm>

namespace nines::slo {
namespace {

/// Calls `visit(from, to)` for each excluded part of [from, to), in order.
template <typename Visit>
void each_excluded(const Measure& m, std::int64_t from, std::int64_t to, Visit&& visit) {
  auto span = std::lower_bound(m.excluded.begin(), m.excluded.end(), from,
                               [](const MinuteSpan& s, std::int64_t at) { return s.to <= at; });
  for (; span != m.excluded.end() && span->from < to; ++span)
    visit(std::max(span->from, from), std::min(span->to, to));
}

}  // namespace

std::vector<MinuteSpan> normalised(std::vector<MinuteSpan> spans) {
  std::erase_if(spans, [](const MinuteSpan& s) { return s.to <= s.from; });
  std::sort(spans.begin(), spans.end(),
            [](const MinuteSpan& a, const MinuteSpan& b) { return a.from < b.from; });
  std::vector<MinuteSpan> joined;
  for (const auto& span : spans) {
    if (!joined.empty() && span.from <= joined.back().to)
      joined.back().to = std::max(joined.back().to, span.to);
    else
      joined.push_back(span);
  }
  return joined;
}

std::int64_t excluded_minutes(const Measure& measure, std::int64_t from, std::int64_t to) {
  std::int64_t minutes = 0;
  each_excluded(measure, from, to, [&](std::int64_t a, std::int64_t b) { minutes += b - a; });
  return minutes;
}

series::Counts counts_of(const Measure& measure, std::int64_t from, std::int64_t to) {
  auto counts = measure.reader.sum(measure.series, from, to);
  each_excluded(measure, from, to, [&](std::int64_t a, std::int64_t b) {
    const auto out = measure.reader.sum(measure.series, a, b);
    counts.good -= out.good;
    counts.total -= out.total;
    counts.observed_minutes -= std::min(out.observed_minutes, counts.observed_minutes);
  });
  return counts;
}

std::vector<series::MinuteCount> minutes_of(const Measure& measure, std::int64_t from,
                                            std::int64_t to) {
  auto minutes = measure.reader.minutes(measure.series, from, to);
  if (measure.excluded.empty()) return minutes;
  auto span = measure.excluded.begin();
  std::erase_if(minutes, [&](const series::MinuteCount& m) {
    while (span != measure.excluded.end() && span->to <= m.minute) ++span;
    return span != measure.excluded.end() && span->from <= m.minute;
  });
  return minutes;
}

}  // namespace nines::slo
