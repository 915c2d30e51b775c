// VACUUM INTO with the right mode and a synced folder.
#include "store/backup.hpp"

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/private_file.hpp"

namespace nines::store {

void copy_store(Db& db, const std::filesystem::path& target) {
  create_private_file(target);
  try {
    db.run("VACUUM INTO ?", target.string());
    sync_path(target);
    sync_path(target.parent_path());
  } catch (...) {
    std::error_code ec;
    std::filesystem::remove(target, ec);
    throw;
  }
}

}  // namespace nines::store
