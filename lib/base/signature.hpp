// Ed25519 signatures, by libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/entropy.hpp"

namespace nines {

using PublicKey = std::array<std::uint8_t, 32>;
using SigningSeed = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// A private key; wiped when it goes.
class SigningKey {
 public:
  explicit SigningKey(const SigningSeed& seed);
  static SigningKey make(Entropy& entropy);
  ~SigningKey();
  SigningKey(SigningKey&&) = default;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  const SigningSeed& seed() const { return seed_; }
  const PublicKey& public_key() const { return public_; }
  Signature sign(std::string_view message) const;

 private:
  SigningSeed seed_;
  PublicKey public_;
  std::array<std::uint8_t, 64> secret_;
};

bool signature_holds(const PublicKey& key, std::string_view message, const Signature& signature);

}  // namespace nines
