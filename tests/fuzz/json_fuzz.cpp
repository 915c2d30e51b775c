// Any bytes read as JSON give a value or an error, and a value written is read back equal.
#include "base/error.hpp"
#include "base/json.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  nines::Json value;
  try {
    value = nines::Json::parse(nines::fuzz::text_of(data, size), "fuzz.json");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data, "bad JSON is bad data");
    return 0;
  }
  check(nines::Json::parse(value.dump()) == value, "dump is read back equal");
  check(nines::Json::parse(value.pretty()) == value, "pretty is read back equal");
  return 0;
}
