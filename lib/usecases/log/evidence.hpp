// Shared by the audit's use cases: notes, known keys, and the present checkpoint.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/log/checkpoint.hpp"
#include "usecases/log/audit.hpp"

namespace nines::store {
class Store;
}

namespace nines::usecases {

/// Evidence is about the whole log. Throws Error{usage} for a session that reads the past.
void require_present(const Session& session);

/// Throws Error{not_found}, Error{bad_data}.
log::SignedNote read_note(const std::filesystem::path& file);

/// Published keys of the log, and the user's own.
std::vector<PublicKey> known_keys(const store::Store& store,
                                  const std::optional<std::filesystem::path>& key_file);

/// `signer` gets the name of the key that holds.
SignatureState check_signatures(const log::SignedNote& note, const std::vector<PublicKey>& known,
                                std::string& signer);

/// The log as it stands, unsigned.
log::Checkpoint present_checkpoint(const store::Store& store);

/// The checkpoint as a note, signed when there is a key.
log::SignedNote present_note(const store::Store& store, const std::filesystem::path& key_file);

}  // namespace nines::usecases
