// Splits texts at everything that is no letter or digit.
#include "domain/rca/analysis/shared_words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr std::size_t kShortestWord = 4, kShortestStem = 5, kLongestEnding = 3;

constexpr std::string_view kEmptyWords[] = {
    "about", "after",  "again",  "also",   "because", "been",  "before", "being",   "cannot",
    "could", "does",   "done",   "down",   "during",  "each",  "error",  "errors",  "every",
    "failed", "fails", "failure", "from",  "have",    "info",  "into",   "just",    "line",
    "made",  "make",   "many",   "more",   "most",    "much",  "none",   "null",    "only",
    "other", "over",   "same",   "since",  "some",    "than",  "that",   "their",   "them",
    "then",  "there",  "they",   "this",   "time",    "times", "true",   "under",   "until",
    "very",  "warn",   "warning", "were",  "what",    "when",  "which",  "while",   "will",
    "with",  "without", "would", "your"};

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_ending_apart(const std::string& one, const std::string& other) {
  const auto& shorter = one.size() <= other.size() ? one : other;
  const auto& longer = one.size() <= other.size() ? other : one;
  return shorter.size() >= kShortestStem && longer.size() - shorter.size() <= kLongestEnding &&
         longer.starts_with(shorter);
}

}  // namespace

std::set<std::string> telling_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  const auto take = [&] {
    const bool empty = std::find(std::begin(kEmptyWords), std::end(kEmptyWords), word) !=
                       std::end(kEmptyWords);
    const bool digits = word.find_first_not_of("0123456789") == std::string::npos;
    if (word.size() >= kShortestWord && !empty && !digits) words.insert(word);
    word.clear();
  };
  for (const char c : to_lower_ascii(text)) {
    if (is_word_byte(c))
      word += c;
    else
      take();
  }
  take();
  return words;
}

std::vector<std::string> shared_words(const std::set<std::string>& a,
                                      const std::set<std::string>& b) {
  std::vector<std::string> shared;
  for (const auto& word : a)
    if (b.contains(word) || std::any_of(b.begin(), b.end(), [&](const std::string& other) {
          return is_ending_apart(word, other);
        }))
      shared.push_back(word);
  return shared;
}

}  // namespace nines::rca
