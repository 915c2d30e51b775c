// Escapes, joins and cuts.
#include "render/lines.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::render {

std::string one_line(std::string_view text) {
  auto clean = escape_controls(text);
  std::ranges::replace_if(
      clean, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return clean;
}

bool is_plain_ascii(std::string_view text) {
  unsigned char other = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    other |= static_cast<unsigned char>((byte < 0x20) | (byte >= 0x7F));
  }
  return other == 0;
}

int width_of(std::string_view text) {
  return is_plain_ascii(text) ? static_cast<int>(text.size()) : display_width(one_line(text));
}

std::string fit_line(std::string_view text, int width, const Style& style) {
  auto line = one_line(text);
  if (width <= 0 || display_width(line) <= width) return line;
  if (style.utf8) return fit_width(line, width);
  auto shorter = fit_width(line, std::max(1, width - 2));  // its one-column mark becomes three
  const std::string mark = "…";
  if (shorter.ends_with(mark)) shorter.replace(shorter.size() - mark.size(), mark.size(), "...");
  return shorter;
}

}  // namespace nines::render
