// What a byte of a message is: part of a word, a mark of its own, or a blank.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace nines::rca {

/// What a byte is, one bit each, so that a whole word is judged by one OR over its bytes.
enum ByteBits : std::uint8_t {
  kBlankBit = 1,
  kMarkBit = 2,
  kDigitBit = 4,
  kSlashBit = 8,
  kDotBit = 16,
};
inline constexpr std::uint8_t kEndsWord = kBlankBit | kMarkBit;
inline constexpr std::uint8_t kMayBeValue = kDigitBit | kSlashBit | kDotBit;

constexpr std::array<std::uint8_t, 256> byte_bits() {
  std::array<std::uint8_t, 256> bits{};
  for (std::size_t i = 0; i <= 0x20; ++i) bits[i] = kBlankBit;
  bits[0x7F] = kBlankBit;
  for (const char c : {'=', ':', ',', ';', '(', ')', '[', ']', '{', '}', '"', '\'', '<', '>', '|'})
    bits[static_cast<unsigned char>(c)] = kMarkBit;
  for (char c = '0'; c <= '9'; ++c) bits[static_cast<unsigned char>(c)] = kDigitBit;
  bits[static_cast<unsigned char>('/')] = kSlashBit;
  bits[static_cast<unsigned char>('\\')] = kSlashBit;
  bits[static_cast<unsigned char>('.')] = kDotBit;
  return bits;
}
inline constexpr auto kBits = byte_bits();

inline std::uint8_t bits_of(char c) { return kBits[static_cast<unsigned char>(c)]; }
inline bool in_word(char c) { return (bits_of(c) & kEndsWord) == 0; }
inline bool is_blank_byte(char c) { return (bits_of(c) & kBlankBit) != 0; }

}  // namespace nines::rca
