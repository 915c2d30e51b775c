// A draft for any bytes describes itself: its document reads back to the same source.
#include "check.hpp"
#include "domain/series/predicate.hpp"
#include "ingest/infer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  if (size > 16 * 1024) return 0;
  nines::ingest::Draft draft;
  try {
    draft = nines::ingest::infer(nines::fuzz::text_of(data, size), true, "fuzz.log");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data,
          "bytes of a file are never anything but bad data");
    return 0;
  }
  nines::slo::DataSource source;
  source.name = draft.name;
  source.type = "file";
  source.connection = draft.connection;
  nines::Findings findings;
  const auto spec = nines::ingest::read_source(source, findings);
  check(spec.has_value(), "the drafted document is valid");
  check(spec->time.columns == draft.spec.time.columns, "the drafted document names the same time");
  check(draft.where.empty() || nines::series::parse_predicate(draft.where).predicate.has_value(),
        "the drafted predicate parses");
  return 0;
}
