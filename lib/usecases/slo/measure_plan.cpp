// Set arithmetic on minutes.
#include "usecases/slo/measure_plan.hpp"

#include <algorithm>
#include <map>

#include "domain/series/day_part.hpp"

namespace nines::usecases {

std::vector<MinuteRange> missing_of(MinuteRange asked, const std::vector<MinuteRange>& known) {
  std::vector<MinuteRange> missing;
  std::int64_t at = asked.begin;
  for (const auto& range : known) {
    if (range.end <= at) continue;
    if (range.begin >= asked.end) break;
    if (range.begin > at) missing.push_back({at, range.begin});
    at = range.end;
  }
  if (at < asked.end) missing.push_back({at, asked.end});
  return missing;
}

std::int64_t known_minutes(MinuteRange asked, const std::vector<MinuteRange>& known) {
  std::int64_t minutes = std::max<std::int64_t>(0, asked.end - asked.begin);
  for (const auto& range : missing_of(asked, known)) minutes -= range.end - range.begin;
  return minutes;
}

std::vector<MeasureChunk> chunks_of(const std::vector<std::vector<MinuteRange>>& missing) {
  constexpr std::int64_t kDay = series::kMinutesPerDay;
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::size_t>> by_range;
  for (std::size_t rule = 0; rule < missing.size(); ++rule)
    for (const auto& range : missing[rule])
      for (std::int64_t at = range.begin; at < range.end;) {
        const auto end = std::min(range.end, (at / kDay + 1) * kDay);
        by_range[{at, end}].push_back(rule);
        at = end;
      }
  std::vector<MeasureChunk> chunks;
  for (const auto& [range, rules] : by_range)
    for (std::size_t i = 0; i < rules.size(); i += kRulesPerChunk)
      chunks.push_back({{range.first, range.second},
                        {rules.begin() + static_cast<std::ptrdiff_t>(i),
                         rules.begin() + static_cast<std::ptrdiff_t>(
                                             std::min(rules.size(), i + kRulesPerChunk))}});
  return chunks;
}

}  // namespace nines::usecases
