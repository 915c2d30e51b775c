// Sorts words digit by digit, and merges what is new into what was counted.
#include "ingest/latency_log.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nines::ingest {
namespace {

constexpr std::size_t kFirstWords = 4096;
constexpr std::size_t kWordsAtOnce = std::size_t{1} << 18;  ///< a megabyte: they stay near the core

/// Sorts `size` words by one counting pass per byte that is not the same in all of them; the
/// result is in the vector that is named first.
void sort_words(std::vector<std::uint32_t>& words, std::size_t size,
                std::vector<std::uint32_t>& scratch) {
  constexpr std::size_t kFew = 64;
  if (size <= kFew) {
    std::sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size));
    return;
  }
  if (scratch.size() < words.size()) scratch.resize(words.size());
  constexpr std::size_t kDigits = 4;
  std::array<std::array<std::uint32_t, 256>, kDigits> starts{};
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t word = words[i];
    for (std::size_t d = 0; d < kDigits; ++d) ++starts[d][(word >> (8 * d)) & 255u];
  }
  for (std::size_t d = 0; d < kDigits; ++d) {
    auto& start = starts[d];
    const auto shift = static_cast<unsigned>(8 * d);
    if (start[(words[0] >> shift) & 255u] == size) continue;
    std::uint32_t before = 0;
    for (std::uint32_t& s : start) before += std::exchange(s, before);
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t word = words[i];
      scratch[start[(word >> shift) & 255u]++] = word;
    }
    words.swap(scratch);
  }
}

/// Calls `each(word, times)` for ascending words.
template <class Each>
void for_each_run(const std::uint32_t* words, std::size_t size, const Each& each) {
  for (std::size_t i = 0; i < size;) {
    std::size_t j = i + 1;
    while (j < size && words[j] == words[i]) ++j;
    each(words[i], static_cast<std::uint32_t>(j - i));
    i = j;
  }
}

}  // namespace

void LatencyLog::make_room(std::size_t words, LatencyScratch& scratch) {
  // What was counted is walked once more each time: the more there is, the rarer.
  const std::size_t most = std::max(kWordsAtOnce, 2 * counts_.size()) + words;
  if (words_.size() < most && used_ + words <= most) {
    const std::size_t wanted = std::max({kFirstWords, 2 * words_.size(), used_ + words});
    words_.resize(std::min(most, wanted));
    return;
  }
  count(scratch);
  if (words_.size() < words) words_.resize(words);
}

void LatencyLog::count(LatencyScratch& scratch) {
  sort_words(words_, used_, scratch.words);
  if (counts_.empty()) {
    for_each_run(words_.data(), used_, [&](std::uint32_t word, std::uint32_t times) {
      counts_.push_back({word, times});
    });
  } else {
    auto& merged = scratch.counts;
    merged.clear();
    auto old = counts_.begin();
    for_each_run(words_.data(), used_, [&](std::uint32_t word, std::uint32_t times) {
      while (old != counts_.end() && old->code < word) merged.push_back(*old++);
      if (old != counts_.end() && old->code == word) times += (old++)->count;
      merged.push_back({word, times});
    });
    merged.insert(merged.end(), old, counts_.end());
    counts_.assign(merged.begin(), merged.end());
  }
  used_ = 0;
}

const std::vector<CodedCount>& LatencyLog::counted(LatencyScratch& scratch) {
  if (used_ > 0) count(scratch);
  return counts_;
}

void LatencyLog::clear() {
  used_ = 0;
  counts_.clear();
}

}  // namespace nines::ingest
