// Any bytes as plain, gzip or zstd data: decoded in bounded steps, or refused as damaged.
#include <string>

#include "base/error.hpp"
#include "check.hpp"
#include "ingest/byte_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = nines::fuzz::text_of(data, size);
  try {
    const auto source = nines::ingest::open_memory(text);
    std::string buffer(64 * 1024, '\0');
    for (int step = 0; step < 64; ++step)  // 4 MiB: a bomb is read in steps like anything else
      if (source->read(buffer.data(), buffer.size()) < buffer.size()) break;
    nines::fuzz::check(source->taken() <= size, "no more is taken than there is");
  } catch (const nines::Error& error) {
    nines::fuzz::check(error.kind() == nines::ExitCode::bad_data, "damaged data is bad data");
  }
  return 0;
}
