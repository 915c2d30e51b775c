// Measurements on their way to another machine: some parts of one import run in one file.
//
// A file is a line of JSON, {"format":1,"index":..,"parts":N,"run":"..","segments":S}, then S raw
// bytes (the run's chain of fingerprints; only the file with index 0 has them), then N times a line
// {"bytes":B,"codec":..,"day":..,"predicate":..,"service":..,"source":..,"split":..,"total":..,
// "value":..} followed by B raw bytes, the part's compressed frame. What a receiver may believe of
// it is decided by the manifest in the run's event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uid.hpp"
#include "domain/series/counts.hpp"

namespace nines::series {

inline constexpr int kPartsFormat = 1;

struct TravellingPart {
  SeriesKey key;
  std::int32_t day = 0;  ///< days since the epoch
  int codec = 0;
  std::string frame;

  friend bool operator==(const TravellingPart&, const TravellingPart&) = default;
};

struct PartsFile {
  Uid run;
  std::uint32_t index = 0;  ///< of this file among those of the run
  std::string segments;
  std::vector<TravellingPart> parts;

  friend bool operator==(const PartsFile&, const PartsFile&) = default;
};

std::string encode(const PartsFile& file);
/// Empty when the bytes are none that `encode` writes.
std::optional<PartsFile> decode_parts(std::string_view bytes);

}  // namespace nines::series
