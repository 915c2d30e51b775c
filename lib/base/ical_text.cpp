// Escapes and folds what a calendar program will read.
#include "base/ical_text.hpp"

#include <algorithm>

namespace nines {

std::string ical_utc(Instant t) {
  const auto text = format_utc(std::chrono::floor<std::chrono::seconds>(t));
  std::string basic;
  for (const char c : text)
    if (c != '-' && c != ':') basic += c;
  return basic;
}

std::string ical_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ';' || c == ',')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out += c;
  }
  return out;
}

void IcalLines::add(std::string_view name, std::string_view value) {
  std::string line(name);
  line += ':';
  line += value;
  constexpr std::size_t kMost = 75;
  std::size_t at = 0;
  bool first = true;
  while (at < line.size()) {
    auto length = std::min(line.size() - at, kMost - (first ? 0 : 1));
    const auto inside = [&](std::size_t i) {
      return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U;
    };
    while (length > 1 && inside(at + length)) --length;
    text_ += (first ? "" : " ") + line.substr(at, length) + "\r\n";
    at += length;
    first = false;
  }
}

}  // namespace nines
