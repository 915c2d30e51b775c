// Any text read as a decimal gives an exact number or nothing, and its text is the same number.
#include "base/decimal.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto number = nines::Decimal::parse(nines::fuzz::text_of(data, size));
  if (!number) return 0;
  const auto again = nines::Decimal::parse(number->to_string());
  check(again && *again == *number, "the text of a decimal is the same decimal");
  check((*number <=> *number) == 0, "a decimal equals itself");
  if (const auto ratio = nines::Ratio::percent(*number)) {
    check(ratio->num() <= ratio->den(), "a ratio is at most 1");
    check(ratio->complement().complement() == *ratio, "the complement's complement");
    check(ratio->met_by(1, 1), "everything good meets every target");
    check(ratio->floor_of(UINT64_MAX) <= UINT64_MAX, "a part is at most the whole");
    const auto text = nines::Decimal::parse(ratio->percent_text());
    check(text && *text == *number, "the percentage reads as it was given");
  }
  return 0;
}
