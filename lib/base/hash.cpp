// SHA-256 and base64 by libsodium, XXH3 by libxxhash.
#include "base/hash.hpp"

#include <sodium.h>
#include <xxhash.h>

#include <cstring>
#include <new>
#include <type_traits>

#include "base/raw_bytes.hpp"
#include "base/sha256_hardware.hpp"

namespace nines {
namespace {

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> from_hex(std::string_view hex) {
  std::array<std::uint8_t, N> bytes;
  std::size_t length = 0;
  const char* end = nullptr;
  if (hex.size() != 2 * N) return std::nullopt;
  if (sodium_hex2bin(bytes.data(), N, hex.data(), hex.size(), nullptr, &length, &end) != 0 ||
      length != N || end != hex.data() + hex.size())
    return std::nullopt;
  return bytes;
}

static_assert(sizeof(crypto_hash_sha256_state) <= 128 && sizeof(Sha256InHardware) <= 128);
static_assert(std::is_trivially_copyable_v<Sha256InHardware>);

}  // namespace

std::string to_hex(std::span<const std::uint8_t> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (auto byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<Hash256> hash256_from_hex(std::string_view hex) { return from_hex<32>(hex); }
std::optional<Hash128> hash128_from_hex(std::string_view hex) { return from_hex<16>(hex); }

std::string to_base64(std::span<const std::uint8_t> bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(length);
  return bytes;
}

Hash256 sha256(std::string_view bytes) {
  if (Sha256InHardware::possible()) return Sha256InHardware().add(bytes).finish();
  Hash256 digest;
  crypto_hash_sha256(digest.data(), raw_bytes(bytes), bytes.size());
  return digest;
}

// The processor decides once and for all whose state the bytes hold.
Sha256::Sha256() {
  if (Sha256InHardware::possible())
    new (state_.data()) Sha256InHardware;
  else
    crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()));
}

Sha256& Sha256::add(std::string_view bytes) {
  if (Sha256InHardware::possible())
    reinterpret_cast<Sha256InHardware*>(state_.data())->add(bytes);
  else
    crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()),
                              raw_bytes(bytes), bytes.size());
  return *this;
}

Sha256& Sha256::add(std::span<const std::uint8_t> bytes) { return add(as_text(bytes)); }

Hash256 Sha256::finish() {
  if (Sha256InHardware::possible())
    return reinterpret_cast<Sha256InHardware*>(state_.data())->finish();
  Hash256 digest;
  crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()),
                           digest.data());
  return digest;
}

Hash128 xxh3_128(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  Hash128 digest;
  std::memcpy(digest.data(), canonical.digest, digest.size());
  return digest;
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace nines
