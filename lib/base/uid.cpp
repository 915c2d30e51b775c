// UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits.
#include "base/uid.hpp"

#include <algorithm>
#include <span>

namespace nines {

Uid Uid::make(Instant now, Entropy& entropy) {
  Uid uid;
  entropy.fill(uid.bytes);
  const auto ms = static_cast<std::uint64_t>(epoch_micros(now) / 1000);
  for (int i = 0; i < 6; ++i)
    uid.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  uid.bytes[6] = static_cast<std::uint8_t>((uid.bytes[6] & 0x0F) | 0x70);
  uid.bytes[8] = static_cast<std::uint8_t>((uid.bytes[8] & 0x3F) | 0x80);
  return uid;
}

std::optional<Uid> Uid::parse(std::string_view text) {
  std::string hex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = text.size() == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
    if (dash && text[i] != '-') return std::nullopt;
    if (!dash) hex += text[i];
  }
  const auto bytes = hash128_from_hex(hex);
  if (!bytes) return std::nullopt;
  return Uid{*bytes};
}

std::string Uid::to_string() const {
  std::string text = to_hex(bytes);
  for (int at : {20, 16, 12, 8}) text.insert(static_cast<std::size_t>(at), 1, '-');
  return text;
}

std::string Uid::suffix(int length) const {
  static constexpr char kDigits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  // The last seven bytes are random to the last bit; eleven digits use 55 of their 56 bits.
  std::uint64_t random = 0;
  for (std::size_t i = 9; i < 16; ++i) random = random << 8 | bytes[i];
  std::string text;
  for (int i = 0; i < std::min(length, 11); ++i) {
    text += kDigits[random & 31];
    random >>= 5;
  }
  return text;
}

}  // namespace nines
