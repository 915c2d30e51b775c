// Signatures by ssh-keygen: what holds, what does not, and the reason that is given.
#include "usecases/approval/ssh_keygen.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/process.hpp"
#include "domain/log/attestation.hpp"
#include "unit/usecases_approval/keys.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::Keys;
using nines::test::read_text;
using nines::test::write_text;

namespace {

const Instant kAt = *parse_rfc3339("2026-11-23T09:00:00Z");

std::string why_of(const SshCheck& check, std::string_view key) {
  auto why = check.why;
  const auto at = key.empty() ? std::string::npos : why.find(key);
  return at == std::string::npos ? why : why.replace(at, key.size(), "KEY");
}

}  // namespace

TEST_CASE("a signature holds for its text, its namespace, its principal", "[approval]") {
  if (!Keys::can()) return;
  Keys keys;
  for (const auto* type : {"ed25519", "ecdsa", "rsa"}) {
    const auto ada = keys.make(std::string("ada-") + type, type);
    keys.allow(keys.line(ada, "namespaces=\"approval@nines.dev\""));
    const auto signature = ssh_sign(ada, keys.rules, "yes\n");
    const auto check = ssh_verify(ada.principal, signature, "yes\n", kAt, keys.rules);
    CHECK(check.known);
    CHECK(check.key.starts_with("SHA256:"));
    CHECK(check.why.empty());

    const auto altered = ssh_verify(ada.principal, signature, "yes!\n", kAt, keys.rules);
    CHECK_FALSE(altered.holds);
    CHECK(altered.why.find("not one of what is on record") != std::string::npos);

    const auto other = ssh_verify("bo@shop.example", signature, "yes\n", kAt, keys.rules);
    CHECK(other.holds);
    CHECK_FALSE(other.known);
    CHECK(why_of(other, check.key) == "SSH key KEY is not one of bo@shop.example in signers");

    const auto file = keys.keygen({"-Y", "sign", "-f", ada.key.string(), "-n", "file"}, "yes\n");
    const auto begin = file.output.find("-----BEGIN");
    REQUIRE(begin != std::string::npos);
    const auto moved =
        ssh_verify(ada.principal, file.output.substr(begin), "yes\n", kAt, keys.rules);
    CHECK_FALSE(moved.holds);
    CHECK(moved.why.find("namespace does not match") != std::string::npos);
  }
}

TEST_CASE("the list says when a key counts, and which are revoked", "[approval]") {
  if (!Keys::can()) return;
  Keys keys;
  const auto ada = keys.make("ada", "ed25519");
  const auto signature = ssh_sign(ada, keys.rules, "yes\n");
  const auto why = [&](const std::string& options, Instant at) {
    keys.allow(keys.line(ada, options));
    const auto check = ssh_verify(ada.principal, signature, "yes\n", at, keys.rules);
    return why_of(check, check.key);
  };
  CHECK(why("valid-before=\"20261124\"", kAt).empty());
  CHECK(why("valid-before=\"20261123\"", kAt) ==
        "SSH key KEY was no longer valid at the time, says signers");
  CHECK(why("valid-after=\"20261123\"", kAt).empty());
  CHECK(why("valid-after=\"20261124\"", kAt) ==
        "SSH key KEY was not valid yet at the time, says signers");
  CHECK(why("namespaces=\"git\"", kAt) == "SSH key KEY is not one of ada@shop.example in signers");

  keys.rules.revoked_keys = keys.folder / "revoked";
  write_text(keys.rules.revoked_keys, read_text(ada.key.string() + ".pub"));
  CHECK(why("", kAt) == "SSH key KEY is revoked, says revoked");
  REQUIRE(
      keys.keygen({"-k", "-q", "-f", keys.rules.revoked_keys.string(), ada.key.string() + ".pub"})
          .exit_code == 0);
  CHECK(why("", kAt) == "SSH key KEY is revoked, says revoked");
}

TEST_CASE("without a list a signature proves a key, and no person", "[approval]") {
  if (!Keys::can()) return;
  Keys keys;
  const auto ada = keys.make("ada", "ed25519");
  const auto signature = ssh_sign(ada, keys.rules, "yes\n");
  const auto check = ssh_verify(ada.principal, signature, "yes\n", kAt, keys.rules);
  CHECK(check.holds);
  CHECK_FALSE(check.known);
  CHECK(check.why.empty());
  keys.rules.allowed_signers = keys.folder / "gone";
  CHECK(ssh_verify(ada.principal, signature, "yes\n", kAt, keys.rules)
            .why.starts_with("there is no file '"));
}

TEST_CASE("hostile signatures and lists end in a reason", "[approval]") {
  if (!Keys::can()) return;
  Keys keys;
  const auto ada = keys.make("ada", "ed25519");
  const auto signature = ssh_sign(ada, keys.rules, "yes\n");
  keys.allow(keys.line(ada));
  const std::string begin = "-----BEGIN SSH SIGNATURE-----\n",
                    end = "-----END SSH SIGNATURE-----\n";
  for (const auto& bad :
       {std::string(), std::string("yes"), begin, begin + end, begin + "AAAA\n" + end,
        begin + std::string(100000, 'A') + "\n" + end, begin + std::string(9, '\0') + end,
        signature.substr(0, signature.size() / 2)}) {
    const auto check = ssh_verify(ada.principal, bad, "yes\n", kAt, keys.rules);
    CHECK_FALSE(check.holds);
    CHECK_FALSE(check.why.empty());
  }
  for (const auto* principal : {"", "*", "-r", "ada@shop.example,bo", "ada@shop.example\nbo"})
    CHECK_FALSE(ssh_verify(principal, signature, "yes\n", kAt, keys.rules).known);
  for (const auto& list : {std::string(), std::string("what\n"), std::string(5000, '\0')}) {
    keys.allow(list);
    const auto check = ssh_verify(ada.principal, signature, "yes\n", kAt, keys.rules);
    CHECK_FALSE(check.known);
    CHECK_FALSE(check.why.empty());
  }
}

TEST_CASE("a key that cannot be used says so, and nothing waits for a passphrase", "[approval]") {
  if (!Keys::can()) return;
  Keys keys;
  const auto locked = keys.make("ada", "ed25519", "a secret");
  const auto problem = [&](const Identity& who) -> std::string {
    try {
      ssh_sign(who, keys.rules, "yes\n");
    } catch (const Error& error) {
      return error.code() + (error.notes().empty() ? "" : ": " + error.notes().front());
    }
    return "signed";
  };
  CHECK(problem(locked).find("incorrect passphrase") != std::string::npos);
  CHECK(problem({"ada", keys.folder / "gone"}).starts_with("CANNOT_SIGN: Couldn't load"));
  // The public half asks the agent, and there is none.
  CHECK(problem({"ada", locked.key.string() + ".pub"}).starts_with("CANNOT_SIGN: "));
  const auto open = keys.make("bo", "ed25519");
  ::chmod(open.key.c_str(), 0644);
  CHECK(problem(open).starts_with("CANNOT_SIGN: "));
  keys.rules.env["PATH"] = "/nowhere";
  CHECK(problem(locked) == "NO_SSH_KEYGEN");
  keys.allow("x\n");
  CHECK(ssh_verify("ada", "-----BEGIN SSH SIGNATURE-----\n", "yes\n", kAt, keys.rules).why ==
        "there is no ssh-keygen here");
}
