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

/// Moves 1 to 8 characters to the high end of the word; '0' fills it from the low end.
constexpr std::uint64_t filled_up(std::uint64_t word, std::size_t size) {
  const std::size_t shift = 64 - 8 * size;
  return shift == 0 ? word : (word << shift) | (0x3030303030303030 >> (64 - shift));
}

/// `text` must be followed by at least 8 readable bytes.
inline Number parse_number(std::string_view text) {
  const std::size_t size = text.size();
  if (size - 1 < 8) {  // 1..8 characters
    const std::uint64_t word = load8(text.data());
    const std::uint64_t digits = filled_up(word, size);
    if (all_digits(digits)) return {static_cast<std::int64_t>(eight_digits(digits)), 0};
    const std::uint64_t dots = word ^ 0x2E2E2E2E2E2E2E2E;
    const std::uint64_t zero = (dots - 0x0101010101010101) & ~dots & 0x8080808080808080;
    const auto dot = static_cast<std::size_t>(std::countr_zero(zero)) / 8;
    if (dot != 0 && dot + 1 < size) {  // "12.5": take the dot out; ".5" and "5." go the slow way
      const std::uint64_t low = (std::uint64_t{1} << (8 * dot)) - 1;
      const std::uint64_t rest = filled_up((word & low) | ((word >> 8) & ~low), size - 1);
      if (all_digits(rest))
        return {static_cast<std::int64_t>(eight_digits(rest)),
                static_cast<std::int8_t>(size - 1 - dot)};
    }
  }
  return parse_number_slowly(text);
}

/// Whether a column says over and over what it said in the row before, as a status does: then to
/// compare costs less than to read. Looks at the first few rows.
inline bool repeats(const std::string_view* texts, std::size_t rows) {
  constexpr std::size_t kLook = 32;
  if (rows < kLook) return false;
  std::size_t same = 0;
  for (std::size_t i = 1; i < kLook; ++i) same += texts[i] == texts[i - 1];
  return same > kLook / 2;
}

/// Reads a column that repeats itself.
class RepeatedNumber {
 public:
  /// As parse_number.
  Number operator()(std::string_view text) {
    const std::size_t size = text.size();
    if (size - 1 >= 8) return parse_number(text);
    const std::uint64_t word = load8(text.data()) << (64 - 8 * size);
    if (word != last_word_ || size != last_size_) {
      last_word_ = word;
      last_size_ = size;
      last_ = parse_number(text);
    }
    return last_;
  }

 private:
  std::uint64_t last_word_ = 0;
  std::size_t last_size_ = 0;
  Number last_;
};

}  // namespace nines::ingest
