// Any text read as RFC 3339 or as a duration gives a time or nothing, and prints as the same time.
#include "base/time.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  if (const auto at = nines::parse_rfc3339(text)) {
    check(nines::parse_rfc3339(nines::format_utc(*at)) == at, "a time is read back equal");
  }
  if (const auto span = nines::parse_duration(text)) {
    check(span->count() >= 0, "a duration has no sign");
    check(!nines::format_duration(*span).empty(), "a duration has a text");
    if (*span % std::chrono::seconds(1) == nines::Micros{0}) {
      check(nines::parse_duration(nines::format_duration(*span, true)) == span,
            "a duration is read back equal");
    }
  }
  return 0;
}
