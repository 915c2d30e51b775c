// The key file and the fold of published keys.
#include "store/keys.hpp"

#include <sys/stat.h>

#include <array>
#include <cstring>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/log/checkpoint.hpp"
#include "store/db.hpp"
#include "store/log_aggregates.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kFileTitle = "nines-ed25519-seed ";

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> bytes_from(std::string_view base64) {
  const auto bytes = from_base64(base64);
  std::array<std::uint8_t, N> out;
  if (!bytes || bytes->size() != N) return std::nullopt;
  std::memcpy(out.data(), bytes->data(), N);
  return out;
}

/// What the old key signs to vouch for the new one.
std::string endorsement_text(const PublicKey& key) {
  return "nines key rotation\n" + to_hex(key) + "\n";
}

void apply_published(Db& db, const log::Event& event) {
  const auto key = bytes_from<32>(event.body.text("public"));
  if (!key) return;
  db.run(
      "INSERT OR REPLACE INTO signing_key (name, public, actor, published_at, previous, "
      "endorsement) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      log::key_name(*key), *key, event.header.actor, event.header.recorded_at,
      event.body.text("previous"), event.body.text("endorsement"));
}

void clear_key(Db& db, std::string_view subject) {
  db.run("DELETE FROM signing_key WHERE name = ?", subject.substr(subject.find('/') + 1));
}

bool endorsed(const std::vector<PublishedKey>& keys, const PublishedKey& key,
              std::string_view endorsement) {
  const auto signature = bytes_from<64>(endorsement);
  if (!signature) return false;
  for (const auto& other : keys)
    if (other.name == key.previous)
      return signature_holds(other.key, endorsement_text(key.key), *signature);
  return false;
}

}  // namespace

const Aggregate& key_aggregate() {
  static const std::array kKinds{
      Projection{"key.published", apply_published, nullptr, "others may hold what the key signed"}};
  static const Aggregate kAggregate{"key/", kKinds, clear_key, R"sql(
CREATE TABLE signing_key (
  name TEXT PRIMARY KEY,
  public BLOB NOT NULL,
  actor BLOB NOT NULL,
  published_at INTEGER NOT NULL,
  previous TEXT NOT NULL,
  endorsement TEXT NOT NULL
) WITHOUT ROWID;
)sql"};
  return kAggregate;
}

std::optional<SigningKey> read_key_file(const std::filesystem::path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return std::nullopt;
  if ((info.st_mode & 077) != 0)
    throw Error(ExitCode::config, "other users may read the signing key '" + path.string() + "'",
                "chmod 600 " + path.string() + ", and make a new key if they did", "KEY_UNSAFE");
  const auto text = read_file(path);
  const auto seed = std::string_view(text).starts_with(kFileTitle)
                        ? bytes_from<32>(trim(std::string_view(text).substr(kFileTitle.size())))
                        : std::nullopt;
  if (!seed)
    throw Error(ExitCode::config, "'" + path.string() + "' holds no signing key",
                "move it away and make a new one with nines audit checkpoint --new-key",
                "KEY_DAMAGED");
  return SigningKey(*seed);
}

SigningKey rotate_key_file(const std::filesystem::path& path, Entropy& entropy) {
  create_private_folder(path.parent_path());
  auto key = SigningKey::make(entropy);
  if (const auto old = read_key_file(path)) {
    auto name = log::key_name(old->public_key());
    name = name.substr(name.find('/') + 1);
    write_file_atomically(path.string() + "." + name, read_file(path));
  }
  write_file_atomically(path, std::string(kFileTitle) + to_base64(key.seed()) + "\n");
  return key;
}

void publish_key(Transaction& tx, const Store& store, const SigningKey& key,
                 const std::optional<SigningKey>& previous) {
  const auto name = log::key_name(key.public_key());
  for (const auto& known : published_keys(store))
    if (known.name == name) return;
  log::NewEvent event{.kind = "key.published", .subject = "key/" + name};
  event.body.set("public", to_base64(key.public_key()));
  if (previous) {
    event.body.set("previous", log::key_name(previous->public_key()));
    event.body.set("endorsement", to_base64(previous->sign(endorsement_text(key.public_key()))));
  }
  tx.append(event);
}

std::vector<PublishedKey> published_keys(const Store& store) {
  std::vector<PublishedKey> keys;
  std::vector<std::string> endorsements;
  auto rows = store.db().query(
      "SELECT name, public, actor, published_at, previous, endorsement "
      "FROM signing_key ORDER BY published_at, name");
  while (rows.step()) {
    keys.push_back({rows.text(0), rows.hash256(1), actor_name(store.db(), rows.uid(2)),
                    rows.instant(3), rows.text(4), false});
    endorsements.push_back(rows.text(5));
  }
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i].endorsed = endorsed(keys, keys[i], endorsements[i]);
  return keys;
}

}  // namespace nines::store
