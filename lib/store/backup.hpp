// A consistent copy of a store in use, and the way back.
#pragma once

#include <filesystem>

#include "store/store.hpp"

namespace nines::store {

class Db;

/// Writes everything `db` holds to the new file `target` (mode 0600) by VACUUM INTO, and syncs it
/// and its folder. Throws Error{cannot_create} when `target` exists or cannot be made; nothing is
/// left.
void copy_store(Db& db, const std::filesystem::path& target);

/// Copies `backup` to the new file `target.path`, which becomes a replica of its own.
void restore_store(const std::filesystem::path& backup, const StoreOptions& target);

}  // namespace nines::store
