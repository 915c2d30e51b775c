// Exports of on-call schedules as hostile bytes: refused as bad data or converted.
#include "base/error.hpp"
#include "check.hpp"
#include "ingest/oncall.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  try {
    const auto converted =
        nines::ingest::convert_schedules(nines::fuzz::text_of(data, size), "fuzz.json");
    for (const auto& definition : converted.definitions)
      check(!definition.name.empty(), "each definition has a name");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data, "a bad export is bad data");
  }
  return 0;
}
