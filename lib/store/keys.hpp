// Signing keys: the private half in one file of the user's, the public half and its rotations in
// the log.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/signature.hpp"
#include "store/projection.hpp"

namespace nines::store {

class Store;
class Transaction;

const Aggregate& key_aggregate();  ///< "key/<name>": key.published

/// Reads the private key; empty when there is no file. Throws Error{config} when others may read
/// the file or it holds no key.
std::optional<SigningKey> read_key_file(const std::filesystem::path& path);
/// Makes a new key file, mode 0600; an old one is kept beside it as "<path>.<old name>". Throws
/// Error{cannot_create} or Error{io}.
SigningKey rotate_key_file(const std::filesystem::path& path, Entropy& entropy);

/// Records the public half, endorsed by the key it replaces; nothing when it is known already.
void publish_key(Transaction& tx, const Store& store, const SigningKey& key,
                 const std::optional<SigningKey>& previous);

struct PublishedKey {
  std::string name;
  PublicKey key{};
  std::string actor;  ///< name of who published it
  Instant published_at{};
  std::string previous;   ///< name of the key it replaces, else empty
  bool endorsed = false;  ///< the replaced key signed this one
};
std::vector<PublishedKey> published_keys(const Store& store);

}  // namespace nines::store
