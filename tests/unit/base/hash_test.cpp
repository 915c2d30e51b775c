// Digests and encodings against published vectors.
#include "base/hash.hpp"

#include <sodium.h>

#include "support/property.hpp"

using namespace nines;

TEST_CASE("SHA-256 gives the vectors of FIPS 180-4") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("pieces hash like the whole") {
  test::holds([](const std::string& a, const std::string& b) {
    RC_ASSERT(Sha256().add(a).add(b).finish() == sha256(a + b));
  });
}

TEST_CASE("a digest is libsodium's, whatever the length and the pieces") {
  std::string text;
  for (std::size_t length = 0; length < 300; ++length) {
    Hash256 expected;
    crypto_hash_sha256(expected.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
    CHECK(sha256(text) == expected);
    const std::string_view whole = text;
    for (std::size_t cut = 0; cut <= length; cut += 7) {
      const std::size_t next = cut + (length - cut) / 3;
      Sha256 digest;
      digest.add(whole.substr(0, cut)).add(whole.substr(cut, next - cut));
      Sha256 copy = digest;  // goes on by itself
      CHECK(digest.add(whole.substr(next)).finish() == expected);
      CHECK(copy.add(whole.substr(next)).finish() == expected);
    }
    text += static_cast<char>(length * 7 + 3);
  }
}

TEST_CASE("XXH3-128 is in canonical byte order") {
  CHECK(to_hex(xxh3_128("")) == "99aa06d3014798d86001c324468d497f");
}

TEST_CASE("base64 gives the vectors of RFC 4648 and refuses the rest") {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : rows) {
    const std::string_view text = plain;
    CHECK(to_base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}) == coded);
    CHECK(from_base64(coded) == std::string(plain));
  }
  for (const auto* bad : {"Zg", "Zg=", "Zg===", "Z", "Zm9v\n", "Zm-_", " Zg==", "Zh=="})
    CHECK_FALSE(from_base64(bad).has_value());
}

TEST_CASE("hex and base64 round trip any bytes") {
  test::holds([](const std::vector<std::uint8_t>& bytes) {
    RC_ASSERT(from_base64(to_base64(bytes)) == std::string(as_text(bytes)));
    const auto digest = sha256(as_text(bytes));
    RC_ASSERT(hash256_from_hex(to_hex(digest)) == digest);
  });
}

TEST_CASE("hex of another length or alphabet is no digest") {
  const auto good = to_hex(sha256(""));
  CHECK(hash256_from_hex(good).has_value());
  CHECK_FALSE(hash256_from_hex(good.substr(1)).has_value());
  CHECK_FALSE(hash256_from_hex(good + "0").has_value());
  CHECK_FALSE(hash256_from_hex("g" + good.substr(1)).has_value());
  CHECK_FALSE(hash256_from_hex("").has_value());
  CHECK(hash128_from_hex("00112233445566778899AABBCCDDEEFF").has_value());
  CHECK_FALSE(hash128_from_hex(good).has_value());
}
