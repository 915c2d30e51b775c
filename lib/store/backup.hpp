// A consistent copy of a store in use.
#pragma once

#include <filesystem>

namespace nines::store {

class Db;

/// Writes everything `db` holds to the new file `target` (mode 0600) by VACUUM INTO, and syncs it and
/// its folder. Throws Error{cannot_create} when `target` exists or cannot be made; nothing is left.
void copy_store(Db& db, const std::filesystem::path& target);

}  // namespace nines::store
