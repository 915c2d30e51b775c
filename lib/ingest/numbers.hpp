// Exact decimal numbers from log fields, eight characters at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "domain/series/batch.hpp"

namespace nines::ingest {

inline std::uint64_t load8(const char* p) {
  std::uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

/// True when all eight bytes are '0'..'9'.
constexpr bool all_digits(std::uint64_t word) {
  return (((word & 0xF0F0F0F0F0F0F0F0) |
           (((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333);
}

/// Value of eight digits, the first character in the lowest byte.
constexpr std::uint64_t eight_digits(std::uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16;
  return (word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32;
}

struct Number {
  std::int64_t units = 0;
  std::int8_t scale = 0;  ///< kMissing for "" and "-"; kBad below
};
inline constexpr std::int8_t kBadNumber = -2;

/// Signs, decimals and exponents; up to 18 significant digits.
Number parse_number_slowly(std::string_view text);

/// `text` must be followed by at least 8 readable bytes.
inline Number parse_number(std::string_view text) {
  std::size_t size = text.size();
  if (size - 1 < 8) {  // 1..8 characters
    std::uint64_t word = load8(text.data());
    std::int8_t scale = 0;
    const std::uint64_t dots = word ^ 0x2E2E2E2E2E2E2E2E;
    const std::uint64_t zero = (dots - 0x0101010101010101) & ~dots & 0x8080808080808080;
    const auto dot = static_cast<std::size_t>(std::countr_zero(zero)) / 8;
    if (dot != 0 && dot + 1 < size) {  // "12.5": take the dot out; ".5" and "5." go the slow way
      const std::uint64_t low = (std::uint64_t{1} << (8 * dot)) - 1;
      word = (word & low) | ((word >> 8) & ~low);
      --size;
      scale = static_cast<std::int8_t>(size - dot);
    }
    // Digits move to the high end; '0' fills from the low end.
    const std::size_t shift = 64 - 8 * size;
    word = shift == 0 ? word : (word << shift) | (0x3030303030303030 >> (64 - shift));
    if (all_digits(word)) return {static_cast<std::int64_t>(eight_digits(word)), scale};
  }
  return parse_number_slowly(text);
}

}  // namespace nines::ingest
