// Tokens of shapes by number, and what kind of word each is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nines::rca {

using Token = std::uint32_t;

enum class TokenClass : std::uint8_t {
  punctuation,
  value,    ///< known by its look
  nothing,  ///< the place of a value that is empty
  literal,  ///< true, false, null and their kin
  unit,     ///< of time or size
  symbol,   ///< in capitals: a state, a method, a code
  word,
};

TokenClass token_class(std::string_view text);

/// Names tokens by numbers; a token behind blanks is another than the same without.
class TokenNumbers {
 public:
  Token number(std::string_view text, bool apart) {
    key_.assign(1, apart ? ' ' : '.');
    key_ += text;
    const auto [found, fresh] = numbers_.try_emplace(key_, static_cast<Token>(classes_.size()));
    if (fresh) {
      classes_.push_back(token_class(text));
      texts_.push_back(key_);
    }
    return found->second;
  }
  TokenClass kind(Token token) const { return classes_[token]; }
  bool apart(Token token) const { return texts_[token][0] == ' '; }
  std::string_view text(Token token) const { return std::string_view(texts_[token]).substr(1); }

 private:
  std::string key_;
  std::unordered_map<std::string, Token> numbers_;
  std::vector<TokenClass> classes_;
  std::vector<std::string> texts_;
};

}  // namespace nines::rca
