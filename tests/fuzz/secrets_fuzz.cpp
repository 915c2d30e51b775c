// Any bytes can be searched for secrets: what was taken out once is not found again.
#include <string>

#include "base/secrets.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  const auto once = nines::redact_secrets(text);
  check(once.kinds.empty() == (once.text == text), "what is left alone is the same");
  check(nines::redact_secrets(text, true).text.size() <= once.text.size() + text.size(),
        "a cut text is no longer");
  const auto twice = nines::redact_secrets(once.text);
  check(twice.kinds.size() <= once.kinds.size(), "taking out ends");
  return 0;
}
