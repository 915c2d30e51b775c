// Words that can only be values, by their look.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace nines::rca {

enum class WordLook : std::uint8_t {
  word,     ///< may be part of a message's wording
  value,    ///< a number, an identifier
  address,  ///< of a host, or a path
  mixed,    ///< a word around numbers
};

inline bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// Marks that end a sentence and are no part of a value.
inline bool is_sentence_mark(char c) { return c == '.' || c == '!' || c == '?'; }

/// For a word with a digit, a dot, or a slash in it. `mixed` receives the word with kValue in the
/// place of its numbers when it is mixed.
WordLook look_of(std::string_view word, std::string& mixed);

/// Three letters that name a weekday or a month: "Sat", "Jul".
bool is_calendar_word(std::string_view word);
/// A unit of time or of size: "ms", "sec", "KB".
bool is_unit(std::string_view word);

}  // namespace nines::rca
