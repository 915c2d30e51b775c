// Separator search: AVX2 bit masks chosen at run time, else eight bytes at a time.
#include "ingest/separators.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace nines::ingest {
namespace {

constexpr std::uint64_t kLow = 0x0101010101010101;
constexpr std::uint64_t kHigh = 0x8080808080808080;

/// High bit of each byte that is zero, exactly.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return ~(((word & ~kHigh) + ~kHigh) | word | ~kHigh);
}

#if defined(__x86_64__)
/// A bit for each of 64 bytes, set where all of its byte are.
__attribute__((target("avx2"))) inline std::uint64_t bits_of(__m256i low, __m256i high) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32;
}

__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))) Separators find_separators_avx2(
    const char* data, std::size_t size, char delimiter, std::uint32_t* out) {
  const __m256i delimiters = _mm256_set1_epi8(delimiter);
  const __m256i newlines = _mm256_set1_epi8('\n');
  std::uint32_t* const begin = out;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < size; at += 64) {
    const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + at));
    const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + at + 32));
    const __m256i a_ends = _mm256_cmpeq_epi8(a, newlines);
    const __m256i b_ends = _mm256_cmpeq_epi8(b, newlines);
    std::uint64_t ends = bits_of(a_ends, b_ends);
    std::uint64_t mask = bits_of(_mm256_or_si256(_mm256_cmpeq_epi8(a, delimiters), a_ends),
                                 _mm256_or_si256(_mm256_cmpeq_epi8(b, delimiters), b_ends));
    if (size - at < 64) {
      const std::uint64_t inside = (std::uint64_t{1} << (size - at)) - 1;
      mask &= inside;
      ends &= inside;
    }
    lines += static_cast<std::size_t>(_mm_popcnt_u64(ends));
    const auto count = static_cast<std::size_t>(_mm_popcnt_u64(mask));
    // Eight at once without a branch per bit: what is written too much is overwritten next.
    std::uint32_t* to = out;
    const auto base = static_cast<std::uint32_t>(at);
    for (std::size_t done = 0; done < count; done += 8) {
      for (int i = 0; i < 8; ++i) {
        *to++ = base + static_cast<std::uint32_t>(_tzcnt_u64(mask));
        mask = _blsr_u64(mask);
      }
    }
    out += count;
  }
  return {static_cast<std::size_t>(out - begin), lines};
}

__attribute__((target("avx2,popcnt"))) std::size_t count_bytes_avx2(const char* data,
                                                                    std::size_t size, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  std::size_t count = 0;
  std::size_t at = 0;
  for (; size - at >= 32; at += 32) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + at));
    const auto hits =
        static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, wanted)));
    count += static_cast<std::size_t>(_mm_popcnt_u32(hits));
  }
  for (; at < size; ++at) count += data[at] == c;
  return count;
}
#endif

}  // namespace

Separators find_separators_portable(const char* data, std::size_t size, char delimiter,
                                    std::uint32_t* out) {
  const std::uint64_t delimiters = kLow * static_cast<unsigned char>(delimiter);
  const std::uint64_t newlines = kLow * static_cast<unsigned char>('\n');
  std::uint32_t* const begin = out;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < size; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, data + at, 8);
    const std::uint64_t inside =
        size - at < 8 ? (std::uint64_t{1} << (8 * (size - at))) - 1 : ~std::uint64_t{0};
    const std::uint64_t ends = zero_bytes(word ^ newlines) & inside;
    std::uint64_t hits = (zero_bytes(word ^ delimiters) & inside) | ends;
    lines += static_cast<std::size_t>(std::popcount(ends));
    for (; hits != 0; hits &= hits - 1) {
      *out++ =
          static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(hits)) / 8;
    }
  }
  return {static_cast<std::size_t>(out - begin), lines};
}

FindSeparators find_separators() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2")) {
    return find_separators_avx2;
  }
#endif
  return find_separators_portable;
}

std::size_t count_bytes(const char* data, std::size_t size, char c) {
#if defined(__x86_64__)
  static const bool fast = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
  if (fast) return count_bytes_avx2(data, size, c);
#endif
  return static_cast<std::size_t>(std::count(data, data + size, c));
}

}  // namespace nines::ingest
