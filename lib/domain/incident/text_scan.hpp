// A place in a text that moves only when something was read: numbers, marks and words.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace nines::incident {

inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_word(char c) {
  return is_digit(c) || is_letter(c) || (static_cast<unsigned char>(c) & 0x80);
}
/// What the names of people and machines are written with.
inline bool is_name_char(char c) { return is_word(c) || c == '_'; }

struct Scan {
  std::string_view text;
  std::size_t at = 0;

  char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool ended() const { return !is_word(peek()); }
  bool take(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  bool take_any(std::string_view set) {
    if (at >= text.size() || set.find(peek()) == std::string_view::npos) return false;
    ++at;
    return true;
  }
  void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n') ++at;  // prose wraps anywhere
  }
  /// Between `least` and `most` digits, and no digit after them.
  std::optional<int> number(int least, int most) {
    int count = 0, value = 0;
    while (count < most && is_digit(peek(static_cast<std::size_t>(count)))) {
      value = value * 10 + (peek(static_cast<std::size_t>(count)) - '0');
      ++count;
    }
    if (count < least || is_digit(peek(static_cast<std::size_t>(count)))) return std::nullopt;
    at += static_cast<std::size_t>(count);
    return value;
  }
  std::string_view letters() const {
    std::size_t length = 0;
    while (is_letter(peek(length))) ++length;
    return text.substr(at, length);
  }
  bool word(std::string_view lower) {
    const auto here = letters();
    if (here.size() != lower.size() || to_lower_ascii(here) != lower) return false;
    at += here.size();
    return true;
  }
};

}  // namespace nines::incident
