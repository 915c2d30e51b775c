// Line-oriented reading and writing of checkpoints, notes and proofs.
#include "domain/log/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.hpp"
#include "domain/log/merkle.hpp"

namespace nines::log {
namespace {

constexpr std::string_view kOriginPrefix = "nines.dev/log/";
constexpr std::string_view kProofTitle = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kSignatureMark = "\xE2\x80\x94 ";  // an em dash and a space
constexpr char kEd25519 = '\1';

std::optional<std::uint64_t> number_from(std::string_view text) {
  std::uint64_t n = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  const bool plain = !text.empty() && (text == "0" || text.front() != '0');
  if (ec != std::errc{} || end != text.data() + text.size() || !plain) return std::nullopt;
  return n;
}

std::optional<Hash256> hash_from(std::string_view base64) {
  const auto bytes = from_base64(base64);
  Hash256 hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

std::array<std::uint8_t, 4> key_hash_of(std::string_view name, const PublicKey& key) {
  const auto hash =
      Sha256().add(name).add("\n").add(std::string_view(&kEd25519, 1)).add(key).finish();
  return {hash[0], hash[1], hash[2], hash[3]};
}

/// Takes the next line off `text`, without its line feed.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<NoteSignature> signature_from(std::string_view line) {
  if (!line.starts_with(kSignatureMark)) return std::nullopt;
  line.remove_prefix(kSignatureMark.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || space == 0) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  NoteSignature signature{std::string(line.substr(0, space)), {}, {}};
  std::memcpy(signature.key_hash.data(), bytes->data(), 4);
  // A signature of another algorithm is somebody else's; it stays, and verifies with no key here.
  if (bytes->size() == 4 + signature.signature.size())
    std::memcpy(signature.signature.data(), bytes->data() + 4, signature.signature.size());
  return signature;
}

std::optional<ChainHead> head_from(std::string_view line) {
  const auto words = split(line, ' ');
  if (words.size() != 4 || words[0] != "head") return std::nullopt;
  const auto replica = Uid::parse(words[1]);
  const auto seq = number_from(words[2]);
  const auto hash = hash_from(words[3]);
  if (!replica || !seq || !hash) return std::nullopt;
  return ChainHead{*replica, *seq, *hash};
}

}  // namespace

std::string origin_of(const Uid& store) { return std::string(kOriginPrefix) + store.to_string(); }

std::string key_name(const PublicKey& key) {
  return "nines/" + to_hex(sha256(as_text(key))).substr(0, 8);
}

NoteSignature sign_note(std::string_view text, const SigningKey& key) {
  const auto name = key_name(key.public_key());
  return {name, key_hash_of(name, key.public_key()), key.sign(text)};
}

bool signed_by(const SignedNote& note, const PublicKey& key) {
  const auto name = key_name(key);
  return std::any_of(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& s) {
    return s.name == name && s.key_hash == key_hash_of(name, key) &&
           signature_holds(key, note.text, s.signature);
  });
}

std::string to_string(const SignedNote& note) {
  std::string out = note.text + "\n";
  for (const auto& s : note.signatures) {
    std::string bytes(as_text(s.key_hash));
    bytes += as_text(s.signature);
    out += std::string(kSignatureMark) + s.name + " " +
           to_base64(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size())) +
           "\n";
  }
  return out;
}

std::optional<SignedNote> signed_note_from(std::string_view text) {
  const auto gap = text.rfind("\n\n");
  if (gap == std::string_view::npos) return std::nullopt;
  SignedNote note{std::string(text.substr(0, gap + 1)), {}};
  text.remove_prefix(gap + 2);
  while (const auto line = take_line(text)) {
    const auto signature = signature_from(*line);
    if (!signature) return std::nullopt;
    note.signatures.push_back(*signature);
  }
  if (!text.empty()) return std::nullopt;
  return note;
}

std::string to_string(const Checkpoint& c) {
  std::string out = c.origin + "\n" + std::to_string(c.size) + "\n" + to_base64(c.root) + "\n";
  for (const auto& head : c.heads)
    out += "head " + head.replica.to_string() + " " + std::to_string(head.seq) + " " +
           to_base64(head.hash) + "\n";
  return out;
}

std::optional<Checkpoint> checkpoint_from(std::string_view text) {
  Checkpoint c;
  const auto origin = take_line(text);
  const auto size = take_line(text);
  const auto root = take_line(text);
  if (!origin || origin->empty() || !size || !root) return std::nullopt;
  const auto n = number_from(*size);
  const auto hash = hash_from(*root);
  if (!n || !hash) return std::nullopt;
  c.origin = *origin;
  c.size = *n;
  c.root = *hash;
  while (const auto line = take_line(text))
    if (const auto head = head_from(*line))
      c.heads.push_back(*head);  // other lines are others' own
  if (!text.empty()) return std::nullopt;
  return c;
}

std::string to_string(const Proof& proof) {
  const auto header =
      std::span(reinterpret_cast<const std::uint8_t*>(proof.header.data()), proof.header.size());
  std::string out = std::string(kProofTitle) + "\nextra " + to_base64(header) + "\nindex " +
                    std::to_string(proof.index) + "\n";
  for (const auto& hash : proof.path) out += to_base64(hash) + "\n";
  return out + "\n" + to_string(proof.checkpoint);
}

std::optional<Proof> proof_from(std::string_view text) {
  Proof proof;
  auto line = take_line(text);
  if (line != kProofTitle) return std::nullopt;
  line = take_line(text);
  if (!line || !line->starts_with("extra ")) return std::nullopt;
  const auto header = from_base64(line->substr(6));
  line = take_line(text);
  if (!header || !line || !line->starts_with("index ")) return std::nullopt;
  const auto index = number_from(line->substr(6));
  if (!index) return std::nullopt;
  while ((line = take_line(text)) && !line->empty()) {
    const auto hash = hash_from(*line);
    if (!hash || proof.path.size() >= 64) return std::nullopt;
    proof.path.push_back(*hash);
  }
  const auto note = signed_note_from(text);
  if (!line || !note) return std::nullopt;
  proof.header = *header;
  proof.index = *index;
  proof.checkpoint = *note;
  return proof;
}

bool holds(const Proof& proof) {
  const auto checkpoint = checkpoint_from(proof.checkpoint.text);
  if (!checkpoint) return false;
  const auto leaf = merkle_leaf(as_text(sha256(proof.header)));
  return proves_inclusion(leaf, proof.index, checkpoint->size, proof.path, checkpoint->root);
}

}  // namespace nines::log
