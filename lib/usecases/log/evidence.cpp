// Reading and making notes for the audit's use cases.
#include "usecases/log/evidence.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "store/log_writer.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"

namespace nines::usecases {

std::string_view to_string(SignatureState state) {
  switch (state) {
    case SignatureState::none:
      return "unsigned";
    case SignatureState::valid:
      return "valid";
    case SignatureState::unknown_key:
      return "unknown-key";
    case SignatureState::bad:
      return "bad";
  }
  return "";
}

void require_present(const Session& session) {
  if (session.options().as_of)
    throw Error(ExitCode::usage, "the log is checked and exported whole, not as of an instant",
                "leave --as-of out");
}

log::SignedNote read_note(const std::filesystem::path& file) {
  const auto note = log::signed_note_from(read_file(file));
  if (!note)
    throw Error(ExitCode::bad_data, "'" + file.string() + "' is no signed note",
                "nines audit checkpoint writes one; keep its empty line and its last line feed",
                "BAD_CHECKPOINT");
  return *note;
}

std::vector<PublicKey> known_keys(const store::Store& store,
                                  const std::optional<std::filesystem::path>& key_file) {
  std::vector<PublicKey> keys;
  for (const auto& published : store::published_keys(store)) keys.push_back(published.key);
  if (key_file)
    if (const auto own = store::read_key_file(*key_file)) keys.push_back(own->public_key());
  return keys;
}

SignatureState check_signatures(const log::SignedNote& note, const std::vector<PublicKey>& known,
                                std::string& signer) {
  if (note.signatures.empty()) return SignatureState::none;
  auto state = SignatureState::unknown_key;
  for (const auto& key : known) {
    const auto name = log::key_name(key);
    if (log::signed_by(note, key)) {
      signer = name;
      return SignatureState::valid;
    }
    for (const auto& signature : note.signatures)
      if (signature.name == name) state = SignatureState::bad;
  }
  return state;
}

log::Checkpoint present_checkpoint(const store::Store& store) {
  const auto frontier = store::stored_frontier(store.db());
  log::Checkpoint checkpoint{log::origin_of(store.id()), frontier.size(), frontier.root(), {}};
  for (const auto& [replica, head] : store::all_heads(store.db()))
    checkpoint.heads.push_back({replica, head.seq, head.hash});
  return checkpoint;
}

log::SignedNote present_note(const store::Store& store, const std::filesystem::path& key_file) {
  log::SignedNote note{log::to_string(present_checkpoint(store)), {}};
  if (const auto key = store::read_key_file(key_file))
    note.signatures.push_back(log::sign_note(note.text, *key));
  return note;
}

}  // namespace nines::usecases
