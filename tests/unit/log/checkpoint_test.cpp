// Checkpoints and proofs survive the mail, and nothing else passes for them.
#include "domain/log/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "domain/log/merkle.hpp"

using namespace nines;
using namespace nines::log;

namespace {

Checkpoint sample() {
  return {origin_of(*Uid::parse("01939e2c-7c00-7abc-8def-0123456789ab")),
          3,
          sha256("root"),
          {{*Uid::parse("01939e2c-7c00-7abc-8def-0000000000aa"), 3, sha256("head")}}};
}

SigningKey key_from(std::uint64_t seed) {
  SeededEntropy entropy(seed);
  return SigningKey::make(entropy);
}

}  // namespace

TEST_CASE("a signed checkpoint reads back and names its signer", "[log]") {
  const auto key = key_from(1);
  SignedNote note{to_string(sample()), {}};
  CHECK(checkpoint_from(note.text) == sample());
  CHECK_FALSE(signed_by(note, key.public_key()));
  note.signatures.push_back(sign_note(note.text, key));
  const auto text = to_string(note);
  const auto read = signed_note_from(text);
  REQUIRE(read);
  CHECK(signed_by(*read, key.public_key()));
  CHECK_FALSE(signed_by(*read, key_from(2).public_key()));
  CHECK(to_string(*read) == text);
}

TEST_CASE("no flipped bit of a signed checkpoint passes", "[log]") {
  const auto key = key_from(1);
  SignedNote note{to_string(sample()), {sign_note(to_string(sample()), key)}};
  const auto text = to_string(note);
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    auto bad = text;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
    const auto read = signed_note_from(bad);
    if (read && signed_by(*read, key.public_key())) CHECK(read->text == note.text);
  }
}

TEST_CASE("a proof file holds for its header only", "[log]") {
  const std::vector<std::string> headers = {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"};
  const MerkleNodes nodes = [&](int level, std::uint64_t number) -> Hash256 {
    const auto leaf = [&](std::uint64_t i) { return merkle_leaf(as_text(sha256(headers[i]))); };
    return level == 0 ? leaf(number) : merkle_node(leaf(2 * number), leaf(2 * number + 1));
  };
  auto checkpoint = sample();
  checkpoint.root = merkle_root(3, nodes);
  Proof proof{headers[1], 1, inclusion_proof(1, 3, nodes), {to_string(checkpoint), {}}};
  auto read = proof_from(to_string(proof));
  REQUIRE(read);
  CHECK(holds(*read));
  read->header = headers[2];
  CHECK_FALSE(holds(*read));
}

TEST_CASE("malformed evidence is refused", "[log]") {
  for (const char* bad :
       {"", "\n", "origin\n", "origin\n1\n", "origin\n01\nAAAA\n", "origin\n-1\nAAAA\n"})
    CHECK_FALSE(checkpoint_from(bad).has_value());
  for (const char* bad : {"", "text\n", "text\n\nno signature\n", "text\n\n\xE2\x80\x94 name\n"})
    CHECK_FALSE(signed_note_from(bad).has_value());
  for (const char* bad :
       {"", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nextra AA==\nindex x\n\n"})
    CHECK_FALSE(proof_from(bad).has_value());
}
