// A new file beside the store, then one rename.
//
// A WAL belongs to a file by its name alone, so a file may only be renamed over another one while
// nobody has the old one open: a writer would go on with a file that has no name any more and lose
// what it acknowledged, and the old WAL would be read as the new file's. Every connection to a WAL
// holds a shared lock on the main file as long as it lives; the exclusive lock taken here therefore
// proves that there is no other, and keeps newcomers waiting until the new file is in place. One
// that had opened the old file by then, and not read it yet, looks after its first read (db.cpp)
// and opens the new one. When others do not leave within the time of the lock, the rebuild gives up
// with exit 75 and nothing is changed.
#include "store/rebuild.hpp"

#include <sqlite3.h>

#include <system_error>

#include "base/error.hpp"
#include "store/as_of.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/folder_lock.hpp"
#include "store/migrations.hpp"
#include "store/private_file.hpp"
#include "store/schema.hpp"
#include "store/search.hpp"
#include "store/shape.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTries = 3;

void remove_staged(const fs::path& staged, std::error_code& ec) {
  for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code one;
    fs::remove(staged.string() + suffix, one);
    if (one) ec = one;
  }
}

fs::path staged_for(const fs::path& store) { return store.string() + ".rebuild"; }

/// The file that is being made. Removed at the end, unless it has another name by then; and at the
/// start, where a crash left one.
class StagedFile {
 public:
  explicit StagedFile(const fs::path& store) : path_(staged_for(store)) {
    remove();
    create_private_file(path_);
  }
  ~StagedFile() { remove(); }
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code ec;
    remove_staged(path_, ec);
  }
  fs::path path_;
};

std::int64_t data_version(Db& db) { return db.integer("PRAGMA data_version").value_or(0); }

void reopen(Store& store) {
  auto& state = store.state();
  state.db = Db({}, Access::memory, state.options.busy_timeout);  // closes the old one first
  state.db = Db(state.options.path, Access::write, state.options.busy_timeout);
}

/// What no event can make again, as one moment of the store has it; then the projections.
Rebuilt rebuild_file(Store& store, const fs::path& path) {
  const auto& options = store.state().options;
  Db db(path, Access::write, options.busy_timeout);
  // Until it is whole, nothing of the file counts.
  db.script("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
  migrate(db, options.clock());
  db.attach_disk(store.path());
  db.script("BEGIN");
  for (const auto& table : table_names(log_tables() + content_tables()))
    db.run("INSERT INTO main.\"" + table + "\" SELECT * FROM disk.\"" + table + "\"");
  // The mark says that a file was not copied; what was a copy already stays one.
  if (local_fact(db, "mark") == file_mark(store.path()))
    set_local_fact(db, "mark", file_mark(path));
  note_shape(db);
  watch_texts(db);
  fold_everything(db);
  forget_changes(db);
  Rebuilt result{event_count(db), differing_tables(db)};  // makes the index of the texts, too
  db.script("COMMIT");
  return result;
}

void set_journal(const fs::path& path, const std::string& mode, const StoreOptions& options) {
  Db(path, Access::write, options.busy_timeout).script("PRAGMA journal_mode=" + mode);
  sync_path(path);
}

Error not_exchanged(const std::string& what, const std::error_code& why) {
  return Error(ExitCode::io, "cannot " + what + ": " + why.message(),
               "check the folder and its permissions; the store is as it was", "STORE_IO");
}

/// The connection holds the file alone. After the checkpoint the main file is all there is, and
/// says so by itself; the WAL must be gone for good before another file takes the name.
void exchange(Db& db, const fs::path& staged, const fs::path& store) {
  {
    auto checkpoint = db.query("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!checkpoint.step() || checkpoint.integer(0) != 0)
      throw Error(ExitCode::busy, "the store '" + store.string() + "' is busy", "try again",
                  "STORE_BUSY");
  }
  std::error_code ec;
  for (const auto* suffix : {"-wal", "-shm"}) {
    fs::remove(store.string() + suffix, ec);
    if (ec) throw not_exchanged("remove '" + store.string() + suffix + "'", ec);
  }
  sync_path(store.parent_path());
  fs::rename(staged, store, ec);
  if (ec) throw not_exchanged("rename to '" + store.string() + "'", ec);
  try {
    sync_path(store.parent_path());
  } catch (const Error& e) {
    throw Error(ExitCode::io,
                std::string("the tables are made anew and in place, but after a power cut the old "
                            "ones may be back: ") +
                    e.what(),
                "check the disk; nines doctor --full says which ones are there",
                "REBUILD_UNSYNCED");
  }
}

Error in_use(const fs::path& store, const std::string& why) {
  return Error(ExitCode::busy, "the store '" + store.string() + "' is in use: " + why,
               "its tables are made anew only when no other command has it open: try again when "
               "they have ended, or wait longer with --lock-timeout 1m",
               "STORE_IN_USE");
}

/// Keeps everybody else out until the connection is closed, also where that fails because others
/// are there: then newcomers only.
void hold_alone(Db& db) {
  // The locks now stay; in a WAL too, where the exclusive one is to be had only when no other
  // connection is open.
  db.script("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
  // By the time it is closed, the names beside the file may be those of its successor.
  sqlite3_db_config(static_cast<sqlite3*>(db.handle()), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                    nullptr);
}

/// False when somebody wrote since `version` was seen: what is staged is old already.
bool take_place(Store& store, std::int64_t version, const fs::path& staged) {
  auto& db = store.db();
  bool alone = false, current = false;
  try {
    hold_alone(db);
    alone = true;
    current = data_version(db) == version;
    if (current) exchange(db, staged, store.path());
  } catch (const Error& e) {
    reopen(store);  // gives back what was locked, also by the half of an attempt
    if (!alone && e.kind() == ExitCode::busy)
      throw in_use(store.path(), "another process has it open");
    throw;
  } catch (...) {
    reopen(store);
    throw;
  }
  reopen(store);
  return current;
}

}  // namespace

bool drop_unfinished_rebuild(const fs::path& store) {
  std::error_code ec;
  remove_staged(staged_for(store), ec);
  return !ec;
}

Rebuilt rebuild_projections(Store& store) {
  const auto folder = store.path().parent_path();
  const FolderLock lock(folder, store.state().options.busy_timeout);
  if (!lock.held())
    throw Error(ExitCode::busy, "another rebuild is running in '" + folder.string() + "'",
                "try again when it has ended", "REBUILD_RUNNING");
  for (int i = 0; i < kMostTries; ++i) {
    const auto version = data_version(store.db());
    const StagedFile staged(store.path());
    const auto result = rebuild_file(store, staged.path());
    set_journal(staged.path(), store.db().text("PRAGMA journal_mode").value_or("wal"),
                store.state().options);
    if (take_place(store, version, staged.path())) return result;
  }
  throw in_use(store.path(), "others keep writing to it");
}

}  // namespace nines::store
