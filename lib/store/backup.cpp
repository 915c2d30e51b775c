// VACUUM INTO with the right mode and a synced folder.
#include "store/backup.hpp"

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/migrations.hpp"
#include "store/private_file.hpp"

namespace nines::store {

// Under another name until it is whole: a copy that was cut short must not look like one.
void copy_store(Db& db, const std::filesystem::path& target) {
  if (std::filesystem::exists(std::filesystem::symlink_status(target)))
    create_private_file(target);  // says that it is there
  const std::filesystem::path staged = target.string() + ".partial";
  std::error_code ec;
  std::filesystem::remove(staged, ec);
  create_private_file(staged);
  try {
    db.run("VACUUM INTO ?", staged.string());
    sync_path(staged);
    std::filesystem::rename(staged, target);
    sync_path(std::filesystem::absolute(target).parent_path());
  } catch (...) {
    std::filesystem::remove(staged, ec);
    throw;
  }
}

// The copy is made under another name: a crash half way leaves no store that looks whole.
void restore_store(const std::filesystem::path& backup, const StoreOptions& target) {
  create_private_folder(target.path.parent_path());
  const auto staged = target.path.string() + ".restoring";
  std::error_code ec;
  std::filesystem::remove(staged, ec);
  {
    Db source(std::filesystem::canonical(backup), Access::read, target.busy_timeout);
    copy_store(source, staged);
  }
  {
    // Without a mark the file knows that it is a copy, and its first writer makes a new replica.
    Db copy(std::filesystem::canonical(staged), Access::write, target.busy_timeout);
    set_local_fact(copy, "mark", "");
    copy.script("PRAGMA journal_mode=WAL");
  }
  std::filesystem::rename(staged, target.path);
  sync_path(target.path.parent_path());
}

}  // namespace nines::store
