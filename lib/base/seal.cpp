// The nonce is random: a key may seal several texts.
#include "base/seal.hpp"

#include <sodium.h>

#include "base/raw_bytes.hpp"

namespace nines {
namespace {

static_assert(std::tuple_size_v<SealKey> == crypto_secretbox_KEYBYTES);

}  // namespace

SealKey make_seal_key(Entropy& entropy) {
  SealKey key;
  entropy.fill(key);
  return key;
}

std::string seal(const SealKey& key, std::string_view text, Entropy& entropy) {
  std::array<std::uint8_t, crypto_secretbox_NONCEBYTES> nonce;
  entropy.fill(nonce);
  std::string sealed(nonce.begin(), nonce.end());
  sealed.resize(nonce.size() + crypto_secretbox_MACBYTES + text.size());
  crypto_secretbox_easy(reinterpret_cast<unsigned char*>(sealed.data()) + nonce.size(),
                        raw_bytes(text), text.size(), nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> unseal(const SealKey& key, std::string_view sealed) {
  if (sealed.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
  const auto box = sealed.substr(crypto_secretbox_NONCEBYTES);
  std::string text(box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()), raw_bytes(box),
                                 box.size(), raw_bytes(sealed), key.data()) != 0)
    return std::nullopt;
  return text;
}

}  // namespace nines
