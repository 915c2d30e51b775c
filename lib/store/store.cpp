// Opening a store: guarded, migrated, and with an identity.
#include "store/store.hpp"

#include <sys/stat.h>

#include <cassert>
#include <fstream>

#include "base/error.hpp"
#include "store/as_of.hpp"
#include "store/copies.hpp"
#include "store/event_log.hpp"
#include "store/migrations.hpp"
#include "store/private_file.hpp"
#include "store/shape.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

/// SQLite refuses symbolic links anywhere in the path; a linked folder above the file is no danger.
std::filesystem::path with_real_folder(const std::filesystem::path& path) {
  std::error_code ec;
  auto folder = std::filesystem::canonical(path.has_parent_path() ? path.parent_path() : ".", ec);
  return ec ? path : folder / path.filename();
}

bool exists_at_all(const std::filesystem::path& path) {
  return std::filesystem::symlink_status(path).type() != std::filesystem::file_type::not_found;
}

void create_identity(Db& db, const StoreOptions& options, Entropy& entropy) {
  db.script("BEGIN IMMEDIATE");
  if (!local_fact(db, "store")) {
    set_local_fact(db, "store", as_text(Uid::make(options.clock(), entropy).bytes));
    set_local_fact(db, "replica", as_text(Uid::make(options.clock(), entropy).bytes));
    set_local_fact(db, "mark", file_mark(db.path()));
    if (tables_fit(db)) note_shape(db);
  }
  db.script("COMMIT");
}

Uid required_uid(Db& db, std::string_view name) {
  const auto value = local_fact(db, name);
  Uid uid;
  if (!value || value->size() != uid.bytes.size())
    throw Error(ExitCode::bad_data, "the store has lost its " + std::string(name) + " identity",
                "take a backup with nines doctor restore", "STORE_DAMAGED");
  std::copy(value->begin(), value->end(), uid.bytes.begin());
  return uid;
}

/// Brings the file to the present schema; with `create` also an empty one.
void prepare(const std::filesystem::path& path, const StoreOptions& options, Entropy& entropy) {
  Db db(path, Access::write, options.busy_timeout);
  const auto state = check_schema(db);
  if (state == SchemaState::empty) db.script("PRAGMA journal_mode=WAL");
  if (state != SchemaState::current) migrate(db, options.clock());
  create_identity(db, options, entropy);
}

Db open_db(StoreOptions& options, Entropy& entropy) {
  if (options.mode == Mode::create) {
    create_private_folder(options.path.parent_path());
    options.path = with_real_folder(options.path);
    if (!exists_at_all(options.path)) create_private_file(options.path);
    check_private_file(options.path);
    prepare(options.path, options, entropy);
  }
  options.path = with_real_folder(options.path);
  check_private_file(options.path);
  const auto access = options.mode == Mode::read ? Access::read : Access::write;
  const auto ready = [&](Db& db) {
    if (access == Access::read) return;
    fit_tables(db);
    drop_noted_copies(db);
  };
  {
    Db db(options.path, access, options.busy_timeout);
    const auto state = check_schema(db);
    if (state == SchemaState::current) {
      ready(db);
      return db;
    }
    if (state == SchemaState::empty)
      throw Error(ExitCode::not_found, "the store '" + options.path.string() + "' is empty",
                  "make it with nines init", "NO_STORE");
  }
  prepare(options.path, options, entropy);
  Db db(options.path, access, options.busy_timeout);
  ready(db);
  return db;
}

}  // namespace

std::string file_mark(const std::filesystem::path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  std::string machine;
  std::getline(std::ifstream("/etc/machine-id") >> std::ws, machine);
  return to_hex(sha256("nines store mark\n" + machine + "\n" + std::to_string(info.st_ino)));
}

Store::Store(const StoreOptions& options) {
  assert(options.clock != nullptr && (!options.as_of || options.mode == Mode::read));
  auto resolved = options;
  SystemEntropy system;
  auto db = open_db(resolved, options.entropy != nullptr ? *options.entropy : system);
  const auto id = required_uid(db, "store");
  const auto replica = required_uid(db, "replica");
  if (options.as_of) db = replay_beside(resolved.path, *options.as_of);
  state_ = std::make_unique<State>(State{resolved, std::move(db), id, replica, {}});
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

Uid Store::id() const { return state_->id; }
Uid Store::replica() const { return state_->replica; }
const std::filesystem::path& Store::path() const { return state_->options.path; }
Db& Store::db() const { return state_->db; }

}  // namespace nines::store
