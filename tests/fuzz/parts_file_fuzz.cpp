// Any bytes read as measurements on their way are refused, or encode to the same again.
#include "check.hpp"
#include "domain/series/parts_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto file = nines::series::decode_parts(nines::fuzz::text_of(data, size));
  if (!file) return 0;
  check(nines::series::decode_parts(nines::series::encode(*file)) == file,
        "what was decoded survives its encoding");
  return 0;
}
