// Any text read as a row predicate gives a tree or a placed error, and its canonical text is
// stable.
#include "check.hpp"
#include "domain/series/predicate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  const auto parsed = nines::series::parse_predicate(text);
  if (!parsed.predicate) {
    check(!parsed.error.message.empty(), "an error has a message");
    check(parsed.error.column >= 1 && parsed.error.column <= static_cast<int>(size) + 1,
          "an error lies inside the text");
    return 0;
  }
  const std::string once = nines::series::canonical(*parsed.predicate);
  const auto again = nines::series::parse_predicate(once);
  check(again.predicate.has_value(), "canonical text parses");
  check(*again.predicate == *parsed.predicate, "canonical text parses to an equal tree");
  check(nines::series::canonical(*again.predicate) == once, "canonical text is a fixed point");
  return 0;
}
