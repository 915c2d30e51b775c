// The text of one file, and the way from byte offsets to lines and columns.
#include "yaml/source.hpp"

#include <algorithm>

namespace nines::yaml {

namespace {

constexpr std::size_t kLongestExcerpt = 4096;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

int count_code_points(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

/// Length of the well-formed sequence at the front of `text`, 0 when there is none (RFC 3629).
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continued = [&](std::size_t n) {
    if (text.size() < n) return false;
    for (std::size_t i = 1; i < n; ++i) {
      if (!is_continuation(text[i])) return false;
    }
    return true;
  };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continued(2) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!continued(3) || (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xED && at(1) > 0x9F)) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!continued(4) || (lead == 0xF0 && at(1) < 0x90) || (lead == 0xF4 && at(1) > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

Source::Source(std::string_view bytes, std::string_view file) : bytes_(bytes), file_(file) {}

const std::vector<std::uint32_t>& Source::lines() const {
  if (!lines_.empty()) return lines_;
  lines_.push_back(0);
  const auto add = [this](std::size_t end) {
    lines_.push_back(static_cast<std::uint32_t>(end + 1));
  };
  if (bytes_.find('\r') == std::string_view::npos) {
    for (auto i = bytes_.find('\n'); i != std::string_view::npos; i = bytes_.find('\n', i + 1))
      add(i);
    return lines_;
  }
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool lone_cr = bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n');
    if (bytes_[i] == '\n' || lone_cr) add(i);
  }
  return lines_;
}

std::size_t Source::line_index(std::size_t offset) const {
  const auto& starts = lines();
  return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), offset) -
                                  starts.begin()) -
         1;
}

Span Source::span(std::size_t begin, std::size_t end) const {
  Span span;
  if (bytes_.empty()) return span;
  begin = std::min(begin, bytes_.size());
  end = std::clamp(end, begin, bytes_.size());
  const auto& starts = lines();
  const auto place = [&](std::size_t offset, int& line, int& column) {
    const std::size_t index = line_index(offset);
    const std::size_t from = std::max<std::size_t>(
        starts[index], bytes_.starts_with("\xEF\xBB\xBF") && index == 0 ? 3 : 0);
    line = static_cast<int>(index) + 1;
    column = offset < from ? 1 : count_code_points(bytes_.substr(from, offset - from)) + 1;
  };
  place(begin, span.line, span.column);
  place(end, span.end_line, span.end_column);
  span.byte_begin = begin;
  span.byte_end = end;
  return span;
}

std::string Source::line(int number) const {
  const auto& starts = lines();
  if (number < 1 || static_cast<std::size_t>(number) > starts.size() || bytes_.empty()) return {};
  const std::size_t index = static_cast<std::size_t>(number) - 1;
  std::size_t begin = starts[index];
  std::size_t end = index + 1 < starts.size() ? starts[index + 1] : bytes_.size();
  while (end > begin && (bytes_[end - 1] == '\n' || bytes_[end - 1] == '\r')) --end;
  if (number == 1 && bytes_.starts_with("\xEF\xBB\xBF")) begin += 3;
  if (end < begin || end - begin > kLongestExcerpt) return {};
  return std::string(bytes_.substr(begin, end - begin));
}

std::size_t Source::line_begin(std::size_t offset) const { return lines()[line_index(offset)]; }

std::size_t Source::line_end(std::size_t offset) const {
  const std::size_t next = line_index(offset) + 1;
  return next < lines().size() ? lines()[next] : bytes_.size();
}

std::size_t find_bad_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t n = sequence_length(bytes.substr(i));
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

}  // namespace nines::yaml
