// What is taken out of output before it is kept, and what is left alone.
#include "base/secrets.hpp"

#include <catch2/catch.hpp>

using nines::redact_secrets;

namespace {

struct Case {
  const char* text;
  const char* kept;
};

}  // namespace

TEST_CASE("secrets are taken out, and what stands around them stays") {
  // The tokens are put together here so that no scanner takes this file for a leak.
  const std::string forge = std::string("gh") + "p_" + std::string(36, 'a');
  const std::string cloud = std::string("AK") + "IA" + "ABCDEFGHIJKLMNOP";
  const std::string jwt = std::string("ey") + "JhbGciOiJI.eyJzdWIiOiIx.c2ln";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"key " + cloud + " used", "key [redacted: cloud key] used"},
      {"origin " + forge, "origin [redacted: forge token]"},
      {"seen " + jwt + ".", "seen [redacted: signed token]."},
      {"Authorization: Bearer abc.def", "Authorization: [redacted: authorization]"},
      {"authorization: Basic dXNlcjpwYXNz\nnext", "authorization: [redacted: authorization]\nnext"},
      {"curl -H 'Bearer 0123456789abcdefg'", "curl -H 'Bearer [redacted: authorization]'"},
      {"postgres://shop:hunter2@db/orders", "postgres://shop:[redacted: password]@db/orders"},
      {"DB_PASSWORD=hunter2 PORT=1", "DB_PASSWORD=[redacted: secret value] PORT=1"},
      {"  password: \"two words\"", "  password: [redacted: secret value]"},
      {"{\"api_key\": \"abc\", \"port\": 1}",
       "{\"api_key\": [redacted: secret value], \"port\": 1}"},
      {"aws_secret_access_key = abc/def+g", "aws_secret_access_key = [redacted: secret value]"},
      {"https://h/p?token=abc&page=2", "https://h/p?token=[redacted: secret value]&page=2"},
      {"mysql --password hunter2 shop", "mysql --password [redacted: password] shop"},
      {"Set-Cookie: sid=1; Path=/\nok", "Set-Cookie: [redacted: cookie]\nok"},
      {"-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nafter",
       "[redacted: private key]\nafter"},
      {"-----BEGIN PRIVATE KEY-----\nabc", "[redacted: private key]"},
  };
  for (const auto& [text, kept] : cases) {
    INFO(text);
    const auto redacted = redact_secrets(text);
    CHECK(redacted.text == kept);
    CHECK(redacted.kinds.size() == 1);
    CHECK_FALSE(nines::secret_in(text).empty());
    CHECK(redact_secrets(redacted.text).text == redacted.text);
  }
}

TEST_CASE("ordinary output is left as it is") {
  for (const char* text :
       {"/dev/sda1  41152736  31000000  75% /", "secretName: db-credentials",
        "kubernetes.io/service-account-token   3      5d", "3 tokens left", "token_count=5",
        "password file is missing", "passwordless: yes", "https://example.org:8443/path",
        "ssh://git@example.org/repo", "-----BEGIN CERTIFICATE-----\nabc",
        "deadbeefdeadbeefdeadbeefdeadbeef", "the bearer of this", "key=value", "\x1b[31mred\x1b[0m",
        "git_AKIA", "see ghp_short"}) {
    INFO(text);
    const auto redacted = redact_secrets(text);
    CHECK(redacted.text == text);
    CHECK(redacted.kinds.empty());
  }
}

TEST_CASE("the last line of output that was cut goes, for it may hold half of a secret") {
  CHECK(redact_secrets("one\ntwo\nAKI", true).text == "one\ntwo\n");
  CHECK(redact_secrets("one long line", true).text.empty());
  CHECK(redact_secrets("one\ntwo\nAKI", false).text == "one\ntwo\nAKI");
}
