// The lines of a Markdown text with what each is: just enough of the language for timelines.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace nines::ingest {

struct MarkdownLine {
  enum class Kind : std::uint8_t { front, blank, heading, fence, picture, quote, item, row, text };
  Kind kind = Kind::text;
  int number = 1;            ///< from 1
  std::string_view raw;      ///< without its line end
  std::string_view content;  ///< without the marks of its kind: "#", "-", "|"
};

/// Headings underlined with "=" or "-" are headings; their underline is not given. Everything
/// between "---" lines at the start is `front`, everything between code fences `fence`.
std::vector<MarkdownLine> markdown_lines(std::string_view text);

/// The cells of a row, without blanks around them.
std::vector<std::string_view> row_cells(std::string_view row);

}  // namespace nines::ingest
