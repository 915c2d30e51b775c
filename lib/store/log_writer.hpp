// Appends rows to the log and keeps its Merkle tree, inside a transaction of the caller.
#pragma once

#include <optional>
#include <string>

#include "domain/log/event.hpp"
#include "domain/log/merkle.hpp"

namespace nines::store {

class Db;

/// Levels of the tree whose nodes are kept: 256 leaves, 256 of those, and so on.
constexpr bool is_tile_level(int level) { return level > 0 && level % 8 == 0; }

/// The leaf of an event in the tree.
Hash256 leaf_of(const Hash256& event_hash);

/// What this file itself remembers of the tree's right edge. Throws Error{bad_data} when lost.
log::MerkleFrontier stored_frontier(Db& db);

/// Nodes of the tree, from the kept tiles and the leaves below them.
log::MerkleNodes stored_nodes(Db& db);

class LogWriter {
 public:
  explicit LogWriter(Db& db);
  /// Stores the event as the next leaf; `body` is null when it was erased before it came here.
  void append(const log::EventHeader& header, const Hash256& hash, const log::Salt& salt,
              const std::optional<std::string>& body);
  void finish();  ///< remembers the right edge; call before COMMIT

 private:
  Db& db_;
  log::MerkleFrontier frontier_;
};

}  // namespace nines::store
