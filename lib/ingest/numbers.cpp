// The uncommon spellings of numbers.
#include "ingest/numbers.hpp"

#include "base/decimal.hpp"

namespace nines::ingest {

Number parse_number_slowly(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty() || text == "-") return {0, series::kMissing};
  if (text.front() == '+') text.remove_prefix(1);
  std::int64_t units = 0;
  int digits = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || ++digits > 18) {
      digits = -1;
      break;
    }
    units = units * 10 + (c - '0');
  }
  if (digits > 0) return {units, 0};
  auto number = Decimal::parse(text);
  // Binary floating point printed in full has more digits than matter: keep the first 17 or so.
  constexpr std::size_t kMostDigits = 18;
  const std::size_t dot = text.find('.');
  if (!number && dot < kMostDigits && text.size() > kMostDigits &&
      text.find_first_not_of("0123456789.", text.front() == '-' ? 1 : 0) ==
          std::string_view::npos &&
      text.find('.', dot + 1) == std::string_view::npos) {
    number = Decimal::parse(text.substr(0, kMostDigits));
  }
  if (!number) return {0, kBadNumber};
  return {number->units(), static_cast<std::int8_t>(number->scale())};
}

}  // namespace nines::ingest
