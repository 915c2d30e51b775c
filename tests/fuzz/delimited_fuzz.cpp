// Any bytes read as CSV or TSV give rows or rejects with reasons.
#include "readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nines::ingest::SourceSpec spec;
  spec.name = "fuzz";
  spec.format = nines::ingest::Format::csv;
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size), {"t", "status"});
  spec.format = nines::ingest::Format::tsv;
  spec.delimiter = 9;
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size), {"t", "status"});
  return 0;
}
