// Any bytes read as a stored part are refused or decode to something that encodes and decodes
// again.
#include "check.hpp"
#include "domain/series/day_part.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  nines::series::DayPart part;
  if (!nines::series::decode_into(nines::fuzz::text_of(data, size), part)) return 0;
  std::string bytes;
  nines::series::encode(bytes, part);
  nines::series::DayPart again;
  check(nines::series::decode_into(bytes, again), "what was encoded decodes");
  check(again == part, "a part survives its encoding");
  nines::series::first_overfull_minute(part);
  nines::series::hour_sums(part);
  return 0;
}
