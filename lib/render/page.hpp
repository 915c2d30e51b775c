// What a command shows to people: a page of headings, paragraphs, tables and figures.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "render/long_table.hpp"
#include "render/plot.hpp"
#include "render/table.hpp"

namespace nines::render {

/// Level 1 is the title of the whole page and stands first, or not at all.
struct Heading {
  std::string text;
  int level = 2;  ///< 1 to 3
};
struct Paragraph {
  std::string text;
  Tone tone = Tone::plain;
};
/// "name   value" pairs, aligned.
struct Facts {
  std::vector<std::pair<std::string, Cell>> items;
};
/// Lines shown as they are: plots, diffs, source excerpts.
struct Preformatted {
  std::string text;
};
/// A plot with the same figures as a table, for who cannot see it or wants to copy them.
struct Figure {
  Plot plot;
  Table table;
};
/// The next useful command, shown last.
struct Next {
  std::string command;
  std::string why;
};

using Block = std::variant<Heading, Paragraph, Facts, Table, Preformatted, Figure, Next, LongTable>;
using Page = std::vector<Block>;

}  // namespace nines::render
