// Widths and escapes by utf8proc; distances by optimal string alignment.
#include "base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/core.h>

namespace nines {
namespace {

struct CodePoint {
  std::int32_t value;  ///< -1 when the bytes are not UTF-8
  std::size_t size;    ///< bytes taken, at least 1
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  utf8proc_int32_t value = -1;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  if (size <= 0) return {-1, 1};
  return {value, static_cast<std::size_t>(size)};
}

std::vector<std::int32_t> code_points(std::string_view text) {
  std::vector<std::int32_t> points;
  points.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    points.push_back(point.value);
    i += point.size;
  }
  return points;
}

/// Columns of one code point alone; bytes that are not UTF-8 show as one replacement mark.
int width_of(std::int32_t point) { return point < 0 ? 1 : utf8proc_charwidth(point); }

bool is_regional_indicator(std::int32_t point) { return point >= 0x1F1E6 && point <= 0x1F1FF; }

struct Cluster {
  std::size_t end;
  int width;
};

/// The grapheme cluster that begins at `at`: as wide as its widest member, and two columns when it
/// is a flag or asks for emoji form.
Cluster cluster_at(std::string_view text, std::size_t at) {
  constexpr std::int32_t kEmojiForm = 0xFE0F;
  auto point = code_point_at(text, at);
  Cluster cluster{at + point.size, width_of(point.value)};
  std::int32_t state = 0;
  while (cluster.end < text.size() && point.value >= 0) {
    const auto next = code_point_at(text, cluster.end);
    if (next.value < 0 || utf8proc_grapheme_break_stateful(point.value, next.value, &state)) break;
    const bool pair = is_regional_indicator(point.value) && is_regional_indicator(next.value);
    cluster.width = std::max({cluster.width, width_of(next.value),
                              pair || (next.value == kEmojiForm && cluster.width > 0) ? 2 : 0});
    cluster.end += next.size;
    point = next;
  }
  return cluster;
}

bool is_printable_ascii(char c) { return c >= 0x20 && c < 0x7F; }

struct Range {
  std::int32_t first;
  std::int32_t last;
};

/// Characters that draw nothing or turn the text around, so that what is read is not what is there.
constexpr std::array kMisleading{
    Range{0x00, 0x08},       Range{0x0B, 0x1F},       Range{0x7F, 0x9F},
    Range{0xAD, 0xAD},       Range{0x061C, 0x061C},   Range{0x115F, 0x1160},
    Range{0x180E, 0x180E},   Range{0x200B, 0x200B},   Range{0x200E, 0x200F},
    Range{0x2028, 0x202E},   Range{0x2060, 0x206F},   Range{0x3164, 0x3164},
    Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},   Range{0xFFF9, 0xFFFB},
    Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE007F},
};

bool is_joiner(std::int32_t point) { return point == 0x200C || point == 0x200D; }

/// Joiners belong inside emoji and several scripts; after plain ASCII they only hide.
bool misleads(std::int32_t point, std::int32_t before) {
  if (is_joiner(point)) return before < 0x80;
  return std::any_of(kMisleading.begin(), kMisleading.end(), [point](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

std::string visible_escape(std::int32_t point) {
  if (point < 0x100) return fmt::format("\\x{:02x}", point);
  if (point < 0x10000) return fmt::format("\\u{:04x}", point);
  return fmt::format("\\U{:08x}", point);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

int display_width(std::string_view utf8) {
  if (std::all_of(utf8.begin(), utf8.end(), is_printable_ascii))
    return static_cast<int>(utf8.size());
  int width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto cluster = cluster_at(utf8, i);
    width += cluster.width;
    i = cluster.end;
  }
  return width;
}

std::string fit_width(std::string_view utf8, int width) {
  if (display_width(utf8) <= width) return std::string(utf8);
  if (width <= 0) return {};
  std::size_t end = 0;
  for (int used = 0; end < utf8.size();) {
    const auto cluster = cluster_at(utf8, end);
    used += cluster.width;
    if (used > width - 1) break;
    end = cluster.end;
  }
  return std::string(utf8.substr(0, end)) + "…";
}

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const auto point = code_point_at(bytes, i);
    if (point.value < 0) return false;
    i += point.size;
  }
  return true;
}

std::string escape_controls(std::string_view utf8) {
  if (std::all_of(utf8.begin(), utf8.end(), is_printable_ascii)) return std::string(utf8);
  std::string safe;
  safe.reserve(utf8.size());
  std::int32_t before = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto point = code_point_at(utf8, i);
    const bool bad = point.value < 0;
    const bool shown = !bad && !misleads(point.value, before);
    if (shown)
      safe += utf8.substr(i, point.size);
    else
      safe += visible_escape(bad ? static_cast<unsigned char>(utf8[i]) : point.value);
    before = shown ? point.value : 0;  // what follows an escape follows plain text
    i += point.size;
  }
  return safe;
}

int edit_distance(std::string_view a, std::string_view b) {
  const auto x = code_points(a);
  const auto y = code_points(b);
  // Three rows of the table are enough: a transposition looks back two.
  std::vector<int> two_back(y.size() + 1), back(y.size() + 1), row(y.size() + 1);
  for (std::size_t j = 0; j <= y.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= x.size(); ++i) {
    std::swap(two_back, back);
    std::swap(back, row);
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= y.size(); ++j) {
      row[j] =
          std::min({back[j] + 1, row[j - 1] + 1, back[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
        row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
  }
  return row[y.size()];
}

std::vector<std::string> did_you_mean(std::string_view word,
                                      std::span<const std::string_view> known) {
  const auto wanted = to_lower_ascii(word);
  std::vector<std::pair<int, std::string_view>> close;
  for (const auto candidate : known) {
    const auto longer = std::max(wanted.size(), candidate.size());
    const int limit = std::max(1, std::min(2, static_cast<int>(longer / 3)));
    // A code point takes at most four bytes, so far longer names need no table.
    if (longer > 4 * (std::min(wanted.size(), candidate.size()) + 2)) continue;
    const int distance = edit_distance(wanted, to_lower_ascii(candidate));
    if (distance <= limit && distance < static_cast<int>(longer))
      close.emplace_back(distance, candidate);
  }
  std::stable_sort(close.begin(), close.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [distance, name] : close)
    if (names.size() < 3 && std::find(names.begin(), names.end(), name) == names.end())
      names.emplace_back(name);
  return names;
}

std::string did_you_mean_hint(std::string_view word, std::span<const std::string_view> known) {
  const auto names = did_you_mean(word, known);
  if (names.empty()) return {};
  std::string hint = "did you mean '" + names[0] + "'";
  for (std::size_t i = 1; i < names.size(); ++i)
    hint += (i + 1 == names.size() ? " or '" : ", '") + names[i] + "'";
  return hint + "?";
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string to_lower_ascii(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  return small;
}

std::string group_digits(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string count_of(std::uint64_t n, std::string_view singular, std::string_view plural) {
  if (n == 1) return fmt::format("1 {}", singular);
  if (!plural.empty()) return fmt::format("{} {}", group_digits(n), plural);
  return fmt::format("{} {}s", group_digits(n), singular);
}

}  // namespace nines
