// The same encoding that raw files end in.
#include "ingest/engine_part.hpp"

#include "base/compress.hpp"
#include "domain/series/totals.hpp"

namespace nines::ingest {

std::optional<EncodedPart> encode_day(std::int32_t day, const series::DayPart& part) {
  EncodedPart out;
  out.day = day;
  std::int32_t first = -1;
  for (std::int32_t m = 0; m < series::kMinutesPerDay; ++m) {
    const auto& slot = part.minutes[static_cast<std::size_t>(m)];
    if (slot.total == 0 && slot.good == 0 && !part.observed[static_cast<std::size_t>(m)]) continue;
    if (first < 0) first = m;
    out.last_minute = m;
    out.good += slot.good;
    out.total += slot.total;
  }
  if (first < 0) return std::nullopt;
  out.first_minute = first;
  out.overfull = series::first_overfull_minute(part).value_or(-1);
  const series::ActiveMinutes active(part);
  std::string bytes;
  series::encode(bytes, part, active);
  Compressor().compress(bytes, out.frame);
  out.hash = sha256(out.frame);
  out.hours = series::encode(series::hour_sums(part, active));
  return out;
}

}  // namespace nines::ingest
