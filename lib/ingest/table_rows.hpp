// Rows of a small or wide CSV held in memory, one at a time, each cell with its place.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace nines::ingest {

/// Walks RFC 4180 records. Cells are views that are valid until the next record; surrounding blanks
/// and a CR are not part of them.
class TableRows {
 public:
  TableRows(std::string_view text, std::string_view file);

  /// The next record that is not blank. Throws Error{bad_data} for a quote that is never closed.
  bool next();
  const std::vector<std::string_view>& cells() const { return cells_; }
  int line() const { return line_; }
  char separator() const { return separator_; }
  Place place(std::size_t cell) const;

 private:
  std::string_view quoted();

  std::string_view text_;
  std::string file_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t record_ = 0;  ///< where the record began
  int line_ = 0, next_line_ = 1;
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> starts_;   ///< offset of each cell
  std::deque<std::string> unquoted_;  ///< grows without moving what is in it
};

/// A cell that stands for "not measured": empty, NaN, null, NA, none, -, and infinities.
bool is_missing(std::string_view cell);
/// A decimal number in its whole length, as strtod reads it in the C locale; nothing for others.
bool read_number(std::string_view cell, double& value);

}  // namespace nines::ingest
