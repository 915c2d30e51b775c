// Comma- and tab-separated rows, safe to open in a spreadsheet.
#include <algorithm>
#include <ostream>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "render/delimited.hpp"
#include "render/formats.hpp"
#include "render/rows.hpp"

namespace nines::render {
namespace {

/// Of text as it is shown: of the control bytes that run, only the tab still stands as itself.
bool runs_as_formula(const std::string& text) {
  return text.find_first_of("=+-@\t") == 0 && !Decimal::parse(text);
}

/// Rows are looked at in terminals as often as they are read by programs: control bytes of others
/// stand as \x1b, unless the cells are wanted as they are.
std::string shown_text(const Json& value, const Style& style) {
  auto text = cell_text(value);
  return style.csv_raw ? text : escape_controls(text);
}

std::string csv_cell(const Json& value, const Style& style) {
  auto text = shown_text(value, style);
  if (value.is_string() && !style.csv_raw && runs_as_formula(text)) text = "'" + text;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string tsv_cell(const Json& value, const Style& style) {
  std::string text;
  for (char c : shown_text(value, style)) {
    if (c == '\t')
      text += "\\t";
    else if (c == '\n')
      text += "\\n";
    else if (c == '\r')
      text += "\\r";
    else if (c == '\\')
      text += "\\\\";
    else
      text += c;
  }
  return text;
}

template <typename CellWriter>
void write_rows(std::ostream& out, const Json& data, const Style& style, char separator,
                std::string_view line_end, CellWriter cell) {
  const auto table = flat_table(data);
  if (table.columns.empty()) return;
  for (std::size_t i = 0; style.headers && i < table.columns.size(); ++i) {
    if (i > 0) out << separator;
    out << cell(Json(table.columns[i]));
  }
  if (style.headers) out << line_end;
  for (const auto& row : table.cells) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out << separator;
      out << cell(row[i]);
    }
    out << line_end;
  }
}

}  // namespace

void write_csv(std::ostream& out, const Json& data, const Style& style) {
  write_rows(out, data, style, ',', "\r\n", [&](const Json& v) { return csv_cell(v, style); });
}

void write_tsv(std::ostream& out, const Json& data, const Style& style) {
  write_rows(out, data, style, '\t', "\n", [&](const Json& v) { return tsv_cell(v, style); });
}

std::string delimited_cell(std::string_view text, Format format, const Style& style) {
  const Json value{std::string(text)};
  return format == Format::tsv ? tsv_cell(value, style) : csv_cell(value, style);
}

}  // namespace nines::render
