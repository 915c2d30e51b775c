// The page as a terminal shows it: aligned, cut to the width, escaped, coloured by tone.
#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "render/lines.hpp"
#include "render/output.hpp"

namespace nines::render {
namespace {

constexpr int kGap = 2;        // spaces between columns
constexpr int kNarrowest = 8;  // a shrunk column keeps at least this
constexpr std::string_view kCut = "…";  // one column: the rest of the text is not shown
constexpr std::string_view kNext = "Next: ";
constexpr int kBeside = 3;  // between a command and why

std::string_view color_of(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "\x1b[32m";
    case Tone::warn:
      return "\x1b[33m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::dim:
      return "\x1b[2m";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::plain:
      break;
  }
  return "";
}

std::string toned(std::string text, Tone tone, const Style& style) {
  if (!style.color || tone == Tone::plain || text.empty()) return text;
  return std::string(color_of(tone)) + text + "\x1b[0m";
}

std::string wrapped(std::string_view text, int width) {
  if (width <= 0) return std::string(text);
  std::string out;
  for (const auto line : split(text, '\n')) {
    if (!out.empty()) out += '\n';
    int column = 0;
    for (const auto word : split(line, ' ')) {
      const int w = display_width(word);
      if (column > 0 && column + 1 + w > width) {
        out += '\n';
        column = 0;
      } else if (column > 0) {
        out += ' ';
        ++column;
      }
      out += word;
      column += w;
    }
  }
  return out;
}

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

struct Grid {
  std::vector<const Column*> columns;
  std::vector<std::size_t> places;  ///< of each shown column in the table
  std::vector<int> widths;
};

/// The columns that are shown, as wide as their titles.
Grid grid_of(const std::vector<Column>& columns, bool wide, const Style& style) {
  Grid grid;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].wide_only && !wide) continue;
    grid.columns.push_back(&columns[i]);
    grid.places.push_back(i);
    grid.widths.push_back(style.headers ? display_width(one_line(columns[i].title)) : 0);
  }
  return grid;
}

Grid measure(const Table& table, bool wide, const Style& style) {
  auto grid = grid_of(table.columns, wide, style);
  for (std::size_t i = 0; i < grid.places.size(); ++i)
    for (const auto& row : table.rows)
      if (grid.places[i] < row.size())
        grid.widths[i] = std::max(grid.widths[i], width_of(row[grid.places[i]].text));
  return grid;
}

Grid measure(const LongTable& table, bool wide, const Style& style) {
  auto grid = grid_of(table.columns(), wide, style);
  for (std::size_t i = 0; i < grid.places.size(); ++i)
    grid.widths[i] = std::max(grid.widths[i], table.widths()[grid.places[i]]);
  return grid;
}

/// Takes columns from the widest that may shrink until the line fits or nothing may give more.
void shrink(Grid& grid, int limit) {
  const int gaps = kGap * (static_cast<int>(grid.widths.size()) - 1);
  int excess = std::accumulate(grid.widths.begin(), grid.widths.end(), gaps) - limit;
  while (excess > 0) {
    int widest = -1;
    for (std::size_t i = 0; i < grid.widths.size(); ++i)
      if (grid.columns[i]->shrink && grid.widths[i] > kNarrowest &&
          (widest < 0 || grid.widths[i] > grid.widths[static_cast<std::size_t>(widest)]))
        widest = static_cast<int>(i);
    if (widest < 0) return;
    --grid.widths[static_cast<std::size_t>(widest)];
    --excess;
  }
}

/// About how long a line is. A few long texts may make a column wide that is not filled up.
std::size_t line_length(const Grid& grid) {
  constexpr int kUsual = 256;
  const int gaps = kGap * static_cast<int>(grid.widths.size());
  return static_cast<std::size_t>(
      std::min(kUsual, std::accumulate(grid.widths.begin(), grid.widths.end(), gaps)));
}

/// How a cell is shown in its column.
struct Slot {
  int width;
  Align align;
  bool last;  ///< of the line: nothing is filled up behind it
};

void put_padded(std::string& out, std::string_view text, int shown_width, const Slot& slot) {
  const auto room = static_cast<std::size_t>(std::max(0, slot.width - shown_width));
  if (slot.align == Align::right) out.append(room, ' ');
  out += text;
  if (slot.align != Align::right && !slot.last) out.append(room, ' ');
}

/// Text that has no tone and nothing to escape, cut where it does not fit.
void put_plain(std::string& out, std::string_view text, const Slot& slot, const Style& style) {
  const auto width = static_cast<std::size_t>(std::max(0, slot.width));
  if (text.size() <= width) return put_padded(out, text, static_cast<int>(text.size()), slot);
  if (width == 0 || !style.utf8) {
    const auto fitted = fit_line(text, slot.width, style);
    return put_padded(out, fitted, display_width(fitted), slot);
  }
  out += text.substr(0, width - 1);
  out += kCut;
}

void put_cell(std::string& out, std::string_view cell, Tone tone, const Slot& slot,
              const Style& style) {
  if ((!style.color || tone == Tone::plain) && is_plain_ascii(cell))
    return put_plain(out, cell, slot, style);
  auto text = fit_line(cell, slot.width, style);
  const int shown_width = display_width(text);
  put_padded(out, toned(std::move(text), tone, style), shown_width, slot);
}

/// Takes away the blanks at the end, back to `begin`.
void trim_end(std::string& text, std::size_t begin) {
  while (text.size() > begin && text.back() == ' ') text.pop_back();
}

std::string trim_end(std::string line) {
  trim_end(line, 0);
  return line;
}

/// One line of a table: `put(out, column, slot)` adds each cell.
template <class Put>
void put_line(std::string& out, const Grid& grid, const Put& put) {
  const auto begin = out.size();
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    if (i > 0) out.append(kGap, ' ');
    put(out, i, Slot{grid.widths[i], grid.columns[i]->align, i + 1 == grid.columns.size()});
  }
  trim_end(out, begin);
  out += '\n';
}

/// The line of the titles, with room for all others.
std::string begin_table(Grid& grid, std::size_t rows, const Style& style, bool wide) {
  if (style.width > 0 && !wide) shrink(grid, style.width);
  std::string out;
  out.reserve((rows + 1) * line_length(grid));
  if (style.headers)
    put_line(out, grid, [&](std::string& to, std::size_t i, const Slot& slot) {
      put_cell(to, grid.columns[i]->title, Tone::strong, slot, style);
    });
  return out;
}

std::string to_text(const Table& table, const Style& style, bool wide) {
  auto grid = measure(table, wide, style);
  auto out = begin_table(grid, table.rows.size(), style, wide);
  const Cell none("");
  for (const auto& row : table.rows)
    put_line(out, grid, [&](std::string& to, std::size_t i, const Slot& slot) {
      const auto& cell = grid.places[i] < row.size() ? row[grid.places[i]] : none;
      put_cell(to, cell.text, cell.tone, slot, style);
    });
  return out;
}

std::string to_text(const LongTable& table, const Style& style, bool wide) {
  auto grid = measure(table, wide, style);
  auto out = begin_table(grid, table.rows(), style, wide);
  for (std::size_t row = 0; row < table.rows(); ++row)
    put_line(out, grid, [&](std::string& to, std::size_t i, const Slot& slot) {
      const auto cell = table.cell(row, grid.places[i]);
      if (table.plain())
        put_plain(to, cell, slot, style);
      else
        put_cell(to, cell, Tone::plain, slot, style);
    });
  return out;
}

std::string to_text(const Facts& facts, const Style& style) {
  int widest = 0;
  for (const auto& [name, value] : facts.items)
    widest = std::max(widest, display_width(one_line(name)));
  std::string out;
  for (const auto& [name, value] : facts.items) {
    const auto label = one_line(name);
    out += trim_end(toned(label, Tone::dim, style) + spaces(widest - display_width(label) + kGap) +
                    toned(one_line(value.text), value.tone, style)) +
           "\n";
  }
  return out;
}

struct TextBlockWriter {
  const Style& style;
  bool wide;

  std::string operator()(const Heading& block) const {
    return toned(one_line(block.text), Tone::strong, style) + "\n";
  }
  std::string operator()(const Paragraph& block) const {
    return toned(wrapped(escape_controls(block.text), style.width), block.tone, style) + "\n";
  }
  std::string operator()(const Facts& block) const { return to_text(block, style); }
  std::string operator()(const Table& block) const { return to_text(block, style, wide); }
  std::string operator()(const LongTable& block) const { return to_text(block, style, wide); }
  std::string operator()(const Preformatted& block) const {
    auto text = escape_controls(block.text);
    return text.ends_with('\n') ? text : text + "\n";
  }
  std::string operator()(const Figure& block) const {
    const int width = std::clamp(style.width > 0 ? style.width : 80, 40, 100);
    return toned(one_line(block.plot.title), Tone::strong, style) + "\n" +
           escape_controls(draw_text(block.plot, width, 9, style.utf8)) + "\n";
  }
  /// The reason goes below a command that it does not fit beside: the command is what is copied.
  std::string operator()(const Next& block) const {
    const auto command = one_line(block.command);
    const auto why = one_line(block.why);
    const auto line = std::string(kNext) + toned(command, Tone::strong, style);
    if (why.empty()) return line + "\n";
    const int width = display_width(kNext) + display_width(command) + kBeside + display_width(why);
    const bool beside = style.width <= 0 || width <= style.width;
    return line + (beside ? spaces(kBeside) : "\n" + spaces(display_width(kNext))) + why + "\n";
  }
};

bool is_heading(const Block& block) { return std::holds_alternative<Heading>(block); }
bool is_next(const Block& block) { return std::holds_alternative<Next>(block); }

}  // namespace

std::string to_text(const Page& page, const Style& style, bool wide) {
  std::string out;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const bool together =
        i > 0 && (is_heading(page[i - 1]) || (is_next(page[i]) && is_next(page[i - 1])));
    if (i > 0 && !together) out += '\n';
    auto text = std::visit(TextBlockWriter{style, wide}, page[i]);
    if (out.empty())
      out = std::move(text);
    else
      out += text;
  }
  return out;
}

}  // namespace nines::render
