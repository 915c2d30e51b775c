// Any bytes read as a zone file are refused, or are periods in order with offsets that there can be.
#include "base/zone_file.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto periods = nines::parse_zone_file(nines::fuzz::text_of(data, size));
  if (!periods) return 0;
  check(!periods->empty(), "there is a period");
  check(periods->front().from == std::chrono::sys_seconds::min(), "the first has no beginning");
  for (std::size_t i = 0; i < periods->size(); ++i) {
    const auto offset = (*periods)[i].offset;
    check(-nines::kMostZoneOffset < offset && offset < nines::kMostZoneOffset, "offsets are small");
    check(i == 0 || (*periods)[i - 1].from <= (*periods)[i].from, "in order of time");
  }
  return 0;
}
