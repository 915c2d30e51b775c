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
