// What an open store holds; for the units of lib/store that implement it.
#pragma once

#include <string>

#include "store/db.hpp"
#include "store/store.hpp"

namespace nines::store {

struct Store::State {
  StoreOptions options;
  Db db;
  Uid id;
  Uid replica;
  SystemEntropy system_entropy;

  Entropy& entropy() { return options.entropy != nullptr ? *options.entropy : system_entropy; }
  Instant now() const { return options.clock(); }
};

/// Marks the very file on this very machine: a copy of the file has another mark.
std::string file_mark(const std::filesystem::path& path);

}  // namespace nines::store
