// Texts that only who has their key can read, by libsodium's secretbox.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/entropy.hpp"

namespace nines {

using SealKey = std::array<std::uint8_t, 32>;

SealKey make_seal_key(Entropy& entropy);
/// A random nonce, then the box: XSalsa20 and Poly1305, 40 bytes more than `text`.
std::string seal(const SealKey& key, std::string_view text, Entropy& entropy);
/// Empty when it was sealed with another key, or changed.
std::optional<std::string> unseal(const SealKey& key, std::string_view sealed);

}  // namespace nines
