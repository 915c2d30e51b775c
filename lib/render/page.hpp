// What a command shows to people: a page of headings, paragraphs, tables and figures.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "render/plot.hpp"

namespace nines::render {

/// Colour follows tone, and never carries meaning alone: the words say it too.
enum class Tone { plain, good, warn, bad, dim, strong };

struct Cell {
  std::string text;
  Tone tone = Tone::plain;

  Cell(std::string t, Tone n = Tone::plain) : text(std::move(t)), tone(n) {}
  Cell(const char* t) : text(t) {}
};

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  bool wide_only = false;  ///< shown only with `-o wide`
  bool shrink = false;     ///< may be cut to fit the terminal; ids and numbers never are
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

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

using Block = std::variant<Heading, Paragraph, Facts, Table, Preformatted, Figure, Next>;
using Page = std::vector<Block>;

}  // namespace nines::render
