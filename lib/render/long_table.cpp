// Appends, and measures what it appends.
#include "render/long_table.hpp"

#include <algorithm>

#include "render/lines.hpp"

namespace nines::render {

LongTable::LongTable(std::vector<Column> columns)
    : columns_(std::move(columns)), widths_(columns_.size(), 0) {}

void LongTable::add(std::string_view cell) {
  const bool plain = is_plain_ascii(cell);
  plain_ = plain_ && plain;
  const int width = plain ? static_cast<int>(cell.size()) : width_of(cell);
  widths_[next_] = std::max(widths_[next_], width);
  text_ += cell;
  ends_.push_back(text_.size());
  next_ = next_ + 1 == widths_.size() ? 0 : next_ + 1;
}

std::string_view LongTable::cell(std::size_t row, std::size_t column) const {
  const auto place = row * widths_.size() + column;
  const auto begin = place == 0 ? 0 : ends_[place - 1];
  return std::string_view(text_).substr(begin, ends_[place] - begin);
}

Table LongTable::table() const {
  Table table{columns_, {}};
  for (std::size_t i = 0; i < rows(); ++i) {
    auto& row = table.rows.emplace_back();
    for (std::size_t k = 0; k < columns_.size(); ++k) row.emplace_back(std::string(cell(i, k)));
  }
  return table;
}

}  // namespace nines::render
