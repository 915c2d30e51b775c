// Making the projections anew from the log.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nines::store {

class Store;

struct Rebuilt {
  std::uint64_t events = 0;
  std::vector<std::string> changed;  ///< tables whose rows were not what the log says
};

/// Folds the log into a private staging database, without a lock; then replaces the tables' rows in
/// one short commit, with whatever was appended meanwhile folded in. The log is not touched.
Rebuilt rebuild_projections(Store& store);

}  // namespace nines::store
