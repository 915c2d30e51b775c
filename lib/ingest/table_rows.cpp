// Splits records into cells, and tells numbers from what is missing.
#include "ingest/table_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace nines::ingest {
namespace {

/// The separator that the first line holds most of; a comma when it holds none.
char table_separator(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char c : {',', ';', '\t'}) {
    const auto count = std::count(first.begin(), first.end(), c);
    if (count > most) {
      most = count;
      best = c;
    }
  }
  return best;
}

}  // namespace

TableRows::TableRows(std::string_view text, std::string_view file)
    : text_(text), file_(file), separator_(',') {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  separator_ = table_separator(text_);
}

/// The cell that begins with the quote at `at_`.
std::string_view TableRows::quoted() {
  const std::size_t begin = ++at_;
  bool doubled = false;
  while (true) {
    const auto end = text_.find('"', at_);
    if (end == std::string_view::npos)
      throw Error(ExitCode::bad_data, "a quote is never closed", "close it, or take it out",
                  "BAD_TABLE")
          .at(place(cells_.size()));
    if (text_.substr(end + 1, 1) != "\"") {
      at_ = end + 1;
      break;
    }
    doubled = true;
    at_ = end + 2;
  }
  const auto raw = text_.substr(begin, at_ - 1 - begin);
  next_line_ += static_cast<int>(std::count(raw.begin(), raw.end(), '\n'));
  if (!doubled) return raw;
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  unquoted_.push_back(std::move(text));
  return unquoted_.back();
}

bool TableRows::next() {
  while (at_ < text_.size()) {
    cells_.clear();
    starts_.clear();
    unquoted_.clear();
    record_ = at_;
    line_ = next_line_;
    bool more = true, blank = true;
    while (more) {
      starts_.push_back(at_);
      std::string_view cell;
      if (at_ < text_.size() && text_[at_] == '"') cell = quoted();
      const std::size_t from = at_;
      while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
      if (cell.empty()) cell = trim(text_.substr(from, at_ - from));
      blank = blank && cell.empty();
      cells_.push_back(cell);
      more = at_ < text_.size() && text_[at_] == separator_;
      if (more) ++at_;
    }
    ++at_;
    ++next_line_;
    if (!blank) return true;
  }
  return false;
}

Place TableRows::place(std::size_t cell) const {
  int column = 1;
  const auto end = cell < starts_.size() ? starts_[cell] : record_;
  auto from = text_.rfind('\n', end == 0 ? 0 : end - 1);
  from = from == std::string_view::npos || end == 0 ? record_ : std::max(from + 1, record_);
  for (std::size_t i = from; i < end; ++i)
    column += (static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80 ? 1 : 0;
  return {file_, line_, column};
}

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 10> kWords = {"",    "-",    "nan", "null", "na",
                                                       "n/a", "none", "inf", "+inf", "-inf"};
  if (cell.size() > 4) return false;
  return std::find(kWords.begin(), kWords.end(), to_lower_ascii(cell)) != kWords.end();
}

bool read_number(std::string_view cell, double& value) {
  if (cell.starts_with('+')) cell.remove_prefix(1);
  const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return problem == std::errc() && end == cell.data() + cell.size() && std::isfinite(value);
}

}  // namespace nines::ingest
