// Sorts words digit by digit, and merges what is new into what was counted.
#include "ingest/latency_log.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace nines::ingest {
namespace {

constexpr std::size_t kFirstWords = 4096;
constexpr std::size_t kWordsAtOnce = std::size_t{1} << 18;  ///< a megabyte: they stay near the core

/// Bits of a digit. Larger ones need fewer passes, and more words than there are places to count
/// in.
constexpr unsigned kDigitBits = 11;
constexpr unsigned kSmallDigitBits = 8;
constexpr std::size_t kManyWords = 8192;
static_assert(4 * kSmallDigitBits >= 32 && 3 * kDigitBits >= 32);

/// One counting pass per digit, the lowest first; the result is in the vector that is named first.
template <unsigned kDigits>
void sort_by_digits(std::vector<std::uint32_t>& words, std::size_t size,
                    std::vector<std::uint32_t>& scratch, unsigned bits) {
  std::array<std::array<std::uint32_t, 1u << kDigitBits>, kDigits> starts;
  const std::uint32_t mask = (1u << bits) - 1;
  for (auto& digit : starts) std::fill_n(digit.begin(), mask + 1, 0);
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t word = words[i];
    for (unsigned d = 0; d < kDigits; ++d) ++starts[d][(word >> d * bits) & mask];
  }
  for (unsigned d = 0; d < kDigits; ++d) {
    std::uint32_t* const start = starts[d].data();
    std::uint32_t before = 0;
    for (std::uint32_t n = 0; n <= mask; ++n) before += std::exchange(start[n], before);
    const std::uint32_t* const from = words.data();
    std::uint32_t* const to = scratch.data();
    for (std::size_t i = 0; i < size; ++i) to[start[(from[i] >> d * bits) & mask]++] = from[i];
    words.swap(scratch);
  }
}

/// Sorts the first `size` words by the bits that are not the same in all of them.
void sort_words(std::vector<std::uint32_t>& words, std::size_t size,
                std::vector<std::uint32_t>& scratch) {
  constexpr std::size_t kFew = 64;
  if (size <= kFew) {
    std::sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size));
    return;
  }
  if (scratch.size() < words.size()) scratch.resize(words.size());
  std::uint32_t any = 0;
  std::uint32_t all = ~std::uint32_t{0};
  for (std::size_t i = 0; i < size; ++i) {
    any |= words[i];
    all &= words[i];
  }
  const auto width = static_cast<unsigned>(std::bit_width(any & ~all));
  const unsigned most = size >= kManyWords ? kDigitBits : kSmallDigitBits;
  const unsigned digits = (width + most - 1) / most;
  const auto bits = [&] { return (width + digits - 1) / digits; };
  switch (digits) {
    case 0:
      return;
    case 1:
      return sort_by_digits<1>(words, size, scratch, bits());
    case 2:
      return sort_by_digits<2>(words, size, scratch, bits());
    case 3:
      return sort_by_digits<3>(words, size, scratch, bits());
    default:
      return sort_by_digits<4>(words, size, scratch, bits());
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
