// Counts what two incidents share.
#include "domain/incident/similar.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nines::incident {
namespace {

constexpr std::size_t kMostWords = 6;

// Words that every incident has say nothing about any of them.
constexpr std::array<std::string_view, 58> kCommon = {
    "the",   "and",   "for",     "with",    "from",   "was",  "were",     "are",   "not",
    "has",   "have",  "had",     "that",    "this",   "its",  "all",      "any",   "but",
    "after", "into",  "out",     "off",     "down",   "slow", "errors",   "error", "failed",
    "fails", "issue", "issues",  "problem", "outage", "high", "incident", "alert", "again",
    "when",  "users", "service", "does",    "while",  "over", "still",    "some",  "how",
    "many",  "why",   "what",    "who",     "which",  "can",  "could",    "would", "than",
    "then",  "there", "their",   "they"};

std::vector<std::string> shared(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> both;
  for (const auto& one : a)
    if (std::find(b.begin(), b.end(), one) != b.end()) both.push_back(one);
  return both;
}

std::string counted(std::string_view one, const std::vector<std::string>& names) {
  return std::string(one) + (names.size() == 1 ? " " : "s ") + join(names, ", ");
}

}  // namespace

std::set<std::string> telling_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  const auto take = [&] {
    const bool digits = word.find_first_not_of("0123456789") == std::string::npos;
    if (word.size() >= 3 && !digits && std::ranges::find(kCommon, word) == kCommon.end())
      words.insert(word);
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter =
        byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter)
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    else
      take();
  }
  take();
  return words;
}

std::string Similar::why() const {
  std::vector<std::string> parts;
  if (!services.empty()) parts.push_back(counted("same service", services));
  if (!tags.empty()) parts.push_back(counted("same tag", tags));
  if (!words.empty()) parts.push_back("words: " + join(words, ", "));
  return join(parts, "; ");
}

std::vector<Similar> similar_to(const Incident& incident, const std::vector<Incident>& past,
                                const std::map<std::string, std::set<std::string>>& words_in) {
  const auto mine = telling_words(incident.title);
  std::vector<Similar> found;
  for (const auto& other : past) {
    if (other.uid == incident.uid || !other.counts() || other.opened_at > incident.opened_at)
      continue;
    Similar similar{
        other, 0, shared(incident.services, other.services), shared(incident.tags, other.tags), {}};
    auto words = telling_words(other.title);
    std::erase_if(words, [&](const std::string& word) { return !mine.contains(word); });
    if (const auto lines = words_in.find(other.name); lines != words_in.end())
      words.insert(lines->second.begin(), lines->second.end());
    for (const auto& word : words)
      if (similar.words.size() < kMostWords) similar.words.push_back(word);
    similar.score = 4 * static_cast<int>(similar.services.size()) +
                    2 * static_cast<int>(similar.tags.size()) +
                    static_cast<int>(similar.words.size());
    if (similar.score > 0) found.push_back(std::move(similar));
  }
  std::stable_sort(found.begin(), found.end(), [](const Similar& a, const Similar& b) {
    return std::pair(a.score, a.incident.opened_at) > std::pair(b.score, b.incident.opened_at);
  });
  return found;
}

}  // namespace nines::incident
