// Any bytes shown on a terminal are harmless: no control but newline and tab, and valid UTF-8.
#include <string>

#include "base/text.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  const std::string shown = nines::escape_controls(text);
  for (const char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    check((byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t', "no control character");
  }
  check(nines::is_valid_utf8(shown), "what is shown is UTF-8");
  check(shown.find("\xe2\x80\xae") == std::string::npos, "no right-to-left override");
  check(nines::escape_controls(shown) == shown, "escaping twice changes nothing");
  check(nines::display_width(text) >= 0, "a width is not negative");
  check(nines::display_width(nines::fit_width(shown, 20)) <= 20, "a cut text fits");
  nines::edit_distance(text.substr(0, 64), text.substr(size / 2, 64));
  return 0;
}
