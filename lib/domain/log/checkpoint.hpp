// Texts that leave the store as evidence: checkpoints (C2SP tlog-checkpoint, signed-note) and
// proofs of one event (C2SP tlog-proof). Plain lines, for git, mail or a ticket.
//
//   nines.dev/log/01939e2c-…            origin: the log
//   12                                  events
//   <base64>                            root
//   head <replica> <seq> <base64>       where each replica's chain ended, one line each
//
//   — nines/4f2a91c0 <base64>           signatures, if any
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/signature.hpp"
#include "base/uid.hpp"

namespace nines::log {

struct ChainHead {
  Uid replica;
  std::uint64_t seq = 0;
  Hash256 hash{};

  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash256 root{};
  std::vector<ChainHead> heads;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string origin_of(const Uid& store);  ///< "nines.dev/log/<uid>"

struct NoteSignature {
  std::string name;                        ///< of the key: "nines/4f2a91c0"
  std::array<std::uint8_t, 4> key_hash{};  ///< tells keys of one name apart
  Signature signature{};
};

/// A text, ending with a line feed, and who signed it.
struct SignedNote {
  std::string text;
  std::vector<NoteSignature> signatures;
};

std::string key_name(const PublicKey& key);  ///< "nines/" and 8 hex digits of its hash
NoteSignature sign_note(std::string_view text, const SigningKey& key);
/// The signature is by this key, under the key's own name.
bool signed_by(const SignedNote& note, const PublicKey& key);
std::string to_string(const SignedNote& note);
std::optional<SignedNote> signed_note_from(std::string_view text);

std::string to_string(const Checkpoint& checkpoint);  ///< without signatures
std::optional<Checkpoint> checkpoint_from(std::string_view note_text);

/// One event's place under a checkpoint. `header` is its canonical text: SHA-256 of it is what the
/// leaf holds.
struct Proof {
  std::string header;
  std::uint64_t index = 0;
  std::vector<Hash256> path;
  SignedNote checkpoint;
};

std::string to_string(const Proof& proof);
std::optional<Proof> proof_from(std::string_view text);
/// The path leads from the header to the checkpoint's root. Says nothing about signatures.
bool holds(const Proof& proof);

}  // namespace nines::log
