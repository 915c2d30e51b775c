// A table as a page holds it: columns, and rows of cells with their tones.
#pragma once

#include <string>
#include <utility>
#include <vector>

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

}  // namespace nines::render
