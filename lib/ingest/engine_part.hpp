// One day of one series, measured by an engine, as the part that the store keeps.
#pragma once

#include <optional>

#include "domain/series/day_part.hpp"
#include "ingest/fragments.hpp"

namespace nines::ingest {

/// Empty when the day has neither events nor watched minutes. `series` is left 0.
std::optional<EncodedPart> encode_day(std::int32_t day, const series::DayPart& part);

}  // namespace nines::ingest
