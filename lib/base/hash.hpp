// Digests: SHA-256 for what must be provable, XXH3-128 for what must be fast.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nines {

using Hash256 = std::array<std::uint8_t, 32>;
using Hash128 = std::array<std::uint8_t, 16>;

std::string to_hex(std::span<const std::uint8_t> bytes);
/// Lower- or upper-case hex of exactly N bytes.
std::optional<Hash256> hash256_from_hex(std::string_view hex);
std::optional<Hash128> hash128_from_hex(std::string_view hex);

std::string to_base64(std::span<const std::uint8_t> bytes);
std::optional<std::string> from_base64(std::string_view text);

Hash256 sha256(std::string_view bytes);

/// Feeds several pieces into one SHA-256.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view bytes);
  Sha256& add(std::span<const std::uint8_t> bytes);
  Hash256 finish();

 private:
  alignas(16) std::array<unsigned char, 128> state_;  ///< holds libsodium's state; size asserted
};

/// XXH3-128 in canonical (big-endian) byte order: for import fingerprints, never for proofs.
Hash128 xxh3_128(std::string_view bytes);

/// Views raw bytes as text and back.
std::string_view as_text(std::span<const std::uint8_t> bytes);

}  // namespace nines
