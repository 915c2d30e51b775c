// Any bytes read as an access log give rows or rejects with reasons.
#include "readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nines::ingest::SourceSpec spec;
  spec.name = "fuzz";
  spec.format = nines::ingest::Format::combined;
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size),
                            {"time", "status", "path", "agent"});
  spec.format = nines::ingest::Format::common;
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size), {"time", "method", "bytes"});
  return 0;
}
