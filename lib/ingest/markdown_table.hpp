// Tables of a Markdown text as timeline lines: any with a time column, and those nines has written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/timeline_line.hpp"

namespace nines::ingest {

/// What a row of a table says; the texts are its own.
struct TableEntry {
  incident::WrittenTime time;
  std::optional<incident::WrittenTime> until = {};
  std::string written;  ///< the time as it stands there
  std::string text;
  std::string author = {};
  std::string kind = {};
  bool readable = true;  ///< the cell is a time
};

/// Reads the rows of one document in turn; a header says what the columns below it are.
class TableReader {
 public:
  /// Nothing for headers, rules, rows without a time, and the lines that nines itself had written.
  std::optional<TableEntry> row(std::string_view content);

 private:
  bool read_header(const std::vector<std::string_view>& cells);
  std::optional<TableEntry> entry_of(const std::vector<std::string_view>& cells) const;
  std::string text_of(const std::vector<std::string_view>& cells) const;
  std::string cell(const std::vector<std::string_view>& cells, std::string_view meaning) const;

  std::vector<std::string> columns_;  ///< meanings; empty before the first header
  std::string zone_;                  ///< in brackets behind the name of the time column
  bool exported_ = false;             ///< by nines incident timeline -o md: cells are escaped
};

/// The text of a cell as it was before it became Markdown.
std::string unescape_cell(std::string_view cell);

}  // namespace nines::ingest
