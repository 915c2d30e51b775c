// The class of a token follows from its letters, and from two short lists.
#include "domain/rca/logs/template_tokens.hpp"

#include "domain/rca/logs/shape.hpp"
#include "domain/rca/logs/value_words.hpp"

namespace nines::rca {

TokenClass token_class(std::string_view text) {
  if (text.size() == 1 && text[0] == kValue) return TokenClass::value;
  if (text.size() == 1 && text[0] == kNothing) return TokenClass::nothing;
  std::size_t letters = 0, capitals = 0, wide = 0;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    letters += capital || (c >= 'a' && c <= 'z');
    capitals += capital;
    wide += static_cast<unsigned char>(c) >= 0x80;
  }
  if (letters + wide == 0) return TokenClass::punctuation;
  if (is_unit(text)) return TokenClass::unit;
  for (const auto literal : {"true", "false", "null", "none", "nil", "None", "True", "False"})
    if (text == literal) return TokenClass::literal;
  // With a number in it, it is a name (MSRA-SA-39), no state.
  const bool numbered = text.find(kValue) != text.npos;
  if (capitals == letters && letters >= 2 && wide == 0 && !numbered) return TokenClass::symbol;
  return TokenClass::word;
}

}  // namespace nines::rca
