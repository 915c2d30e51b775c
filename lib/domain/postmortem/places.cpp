// Places in a text: lines and columns of its bytes.
#include <algorithm>

#include "domain/postmortem/prose.hpp"

namespace nines::postmortem {

Places::Places(std::string_view text) : text_(text), starts_{0} {
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    starts_.push_back(at + 1);
}

int Places::line_of(std::size_t offset) const {
  return static_cast<int>(std::upper_bound(starts_.begin(), starts_.end(), offset) -
                          starts_.begin());
}

Span Places::span(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  end = std::clamp(end, begin, text_.size());
  const auto column = [&](std::size_t offset, int line) {
    const auto from = starts_[static_cast<std::size_t>(line) - 1];
    const auto part = text_.substr(from, offset - from);
    return 1 + static_cast<int>(std::count_if(part.begin(), part.end(), [](char c) {
             return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
           }));
  };
  Span span;
  span.line = line_of(begin);
  span.column = column(begin, span.line);
  span.end_line = line_of(end);
  span.end_column = column(end, span.end_line);
  span.byte_begin = begin;
  span.byte_end = end;
  return span;
}

std::string Places::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > starts_.size()) return {};
  const auto begin = starts_[static_cast<std::size_t>(number) - 1];
  const auto end = std::min(text_.find('\n', begin), text_.size());
  auto line = text_.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.size() > 4096 ? std::string() : std::string(line);
}

}  // namespace nines::postmortem
