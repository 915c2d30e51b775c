// Any bytes read as metrics give rows or rejects with reasons.
#include "readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nines::ingest::SourceSpec spec;
  spec.name = "fuzz";
  spec.format = nines::ingest::Format::openmetrics;
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size),
                            {"metric", "code", "value", "timestamp"});
  return 0;
}
