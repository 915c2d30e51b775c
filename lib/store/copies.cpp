// A fact of the file says that copies are to go, from the erasure until they are gone.
//
// Copies are made under the lock of the folder, and by nobody who has not seen, under that lock,
// that no erasure came between. Who has the lock after an erasure therefore finds all that are
// older than it, also what a crash left.
#include "store/copies.hpp"

#include <string>

#include "base/error.hpp"
#include "store/event_log.hpp"
#include "store/folder_lock.hpp"
#include "store/past_base.hpp"
#include "store/private_file.hpp"
#include "store/rebuild.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kCopiesUnclean = "copies unclean";

/// Not what another erasure has noted since.
void clear_note(Db& db, const std::string& seen) {
  db.run("UPDATE local SET value = x'' WHERE name = ? AND CAST(value AS TEXT) = ?", kCopiesUnclean,
         seen);
}

}  // namespace

void note_copies(Db& db) {
  if (db.path().empty()) return;
  const auto newest = db.integer("SELECT max(position) FROM event").value_or(0);
  set_local_fact(db, kCopiesUnclean, std::to_string(newest));
}

void drop_noted_copies(Db& db, std::chrono::milliseconds wait) {
  try {
    const auto noted = local_fact(db, kCopiesUnclean).value_or("");
    if (noted.empty()) return;
    const auto folder = db.path().parent_path();
    const FolderLock lock(folder, wait);
    if (!lock.held()) return;
    const bool no_bases = drop_bases(db.path());
    const bool no_rebuild = drop_unfinished_rebuild(db.path());
    sync_path(folder);  // else a power cut may bring the names back
    if (no_bases && no_rebuild) clear_note(db, noted);
  } catch (const Error&) {
    // The erasure itself is on disk; the fact stays, and the next writer tries again.
  }
}

}  // namespace nines::store
