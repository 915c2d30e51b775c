// Ed25519 by the detached signatures of libsodium.
#include "base/signature.hpp"

#include <sodium.h>

#include "base/raw_bytes.hpp"

namespace nines {
SigningKey::SigningKey(const SigningSeed& seed) : seed_(seed) {
  crypto_sign_seed_keypair(public_.data(), secret_.data(), seed_.data());
}

SigningKey SigningKey::make(Entropy& entropy) {
  SigningSeed seed;
  entropy.fill(seed);
  return SigningKey(seed);
}

SigningKey::~SigningKey() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

Signature SigningKey::sign(std::string_view message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, raw_bytes(message), message.size(),
                       secret_.data());
  return signature;
}

bool signature_holds(const PublicKey& key, std::string_view message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), raw_bytes(message), message.size(),
                                     key.data()) == 0;
}

}  // namespace nines
