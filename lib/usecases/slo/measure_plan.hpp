// Which stretches of time a rule still lacks, in chunks that end with the UTC day.
#pragma once

#include <vector>

#include "ingest/measure.hpp"

namespace nines::usecases {

using ingest::MinuteRange;

/// `asked` without the stretches that are known; those ascend and do not overlap.
std::vector<MinuteRange> missing_of(MinuteRange asked, const std::vector<MinuteRange>& known);

/// Minutes of `asked` that are known.
std::int64_t known_minutes(MinuteRange asked, const std::vector<MinuteRange>& known);

/// One range of at most a day, and the rules that lack it (indices), at most `kRulesPerChunk`.
struct MeasureChunk {
  MinuteRange range;
  std::vector<std::size_t> rules;
};
inline constexpr std::size_t kRulesPerChunk = 16;

/// Cuts at the UTC day, joins what several rules lack alike; ascending by time.
std::vector<MeasureChunk> chunks_of(const std::vector<std::vector<MinuteRange>>& missing);

}  // namespace nines::usecases
