// A table of very many rows: its texts lie in one buffer, so that no cell is an object of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/table.hpp"

namespace nines::render {

/// Filled cell by cell, row by row; without tones.
class LongTable {
 public:
  explicit LongTable(std::vector<Column> columns);

  void add(std::string_view cell);

  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const { return ends_.size() / widths_.size(); }
  std::string_view cell(std::size_t row, std::size_t column) const;
  /// In columns of a terminal: the widest cell of each column, without its title.
  const std::vector<int>& widths() const { return widths_; }
  /// Whether every cell is printable ASCII: as wide as it is long, and nothing to escape.
  bool plain() const { return plain_; }
  Table table() const;

 private:
  std::vector<Column> columns_;
  std::vector<int> widths_;
  std::string text_;
  std::vector<std::size_t> ends_;
  std::size_t next_ = 0;  ///< column of the next cell
  bool plain_ = true;
};

}  // namespace nines::render
