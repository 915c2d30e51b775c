// Making the projections anew from the log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nines::store {

class Store;

struct Rebuilt {
  std::uint64_t events = 0;
  std::vector<std::string> changed;  ///< tables whose rows were not what the log says
};

/// Copies the log and the content into a new file beside the store, folds the projections there,
/// and puts the file in the store's place. Others may read and write while it is made; for the
/// exchange nobody else may have the store open. A crash leaves the old file or the new one, each
/// whole. `store` goes on with the new file: no reading of it may be under way. Throws Error{busy}
/// when others have it open, write all the time, or rebuild a store of the same folder.
Rebuilt rebuild_projections(Store& store);

/// Removes what a crash left of a rebuild; false when that could not be. Call it with the lock of
/// the folder.
bool drop_unfinished_rebuild(const std::filesystem::path& store);

}  // namespace nines::store
