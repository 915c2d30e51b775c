// Shapes taken apart again, and as people see them.
#include "domain/rca/logs/byte_bits.hpp"
#include "domain/rca/logs/shape.hpp"
#include "domain/rca/logs/value_words.hpp"

namespace nines::rca {

bool is_mixed(std::string_view token) {
  return token.size() > 1 && token.find(kValue) != token.npos;
}

std::vector<ShapeToken> tokens_of(std::string_view shape) {
  std::vector<ShapeToken> tokens;
  bool apart = false;
  const auto part_of_word = [](char c) { return in_word(c) || c == kValue; };
  for (std::size_t i = 0; i < shape.size();) {
    if (shape[i] == ' ') {
      apart = true;
      ++i;
      continue;
    }
    auto end = i + 1;
    if (part_of_word(shape[i]))
      while (end < shape.size() && part_of_word(shape[end])) ++end;
    tokens.push_back({shape.substr(i, end - i), apart});
    apart = false;
    i = end;
  }
  return tokens;
}

std::string shape_text(std::string_view shape, const std::vector<std::string>& spellings) {
  std::string text;
  std::size_t mixed = 0;
  for (const auto& token : tokens_of(shape)) {
    if (token.apart) text += ' ';
    if (is_mixed(token.text) && mixed++ < spellings.size() && !spellings[mixed - 1].empty()) {
      text += spellings[mixed - 1];
      // What stands behind the spelling, such as the full stop of the sentence.
      auto marks = token.text;
      while (!marks.empty() && is_sentence_mark(marks.back())) marks.remove_suffix(1);
      text += token.text.substr(marks.size());
      continue;
    }
    for (const char c : token.text) {
      if (c == kValue)
        text += kWildcard;
      else if (c != kNothing)
        text += c;
    }
  }
  return text;
}

}  // namespace nines::rca
