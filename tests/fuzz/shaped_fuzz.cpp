// Any bytes read by a pattern or by fixed columns give rows or rejects with reasons.
#include "readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nines::ingest::SourceSpec spec;
  spec.name = "fuzz";
  spec.format = nines::ingest::Format::pattern;
  spec.pattern = "(?P<at>\\S+) \\[(?P<level>[A-Z]+)\\](?: took (?P<ms>\\d+))?.*";
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size), {"at", "level", "ms"});
  spec.format = nines::ingest::Format::fixed;
  spec.columns = {{"at", "", "", 1, 4}, {"status", "", "", 6, 3}};
  nines::fuzz::check_reader(spec, nines::fuzz::text_of(data, size), {"at", "status"});
  return 0;
}
